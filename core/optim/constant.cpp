#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct ConstantConfig {
    double warmup = 100;
    static constexpr auto fields = std::tuple{
        schema::field<&ConstantConfig::warmup>(fields::warmup),
    };
};

class Constant final : public Schedule {
  public:
    explicit Constant(const ConstantConfig& config) : warmup_(config.warmup) {}
    double factor(double step, double total) const override { return warm_up(step, warm_up_steps(warmup_, total)); }

  private:
    double warmup_;
};

}  // namespace

ScheduleKind constant_kind() {
    return kind_of<ScheduleKind, ConstantConfig>(
        {.id = "constant",
         .title = "Constant",
         .summary = "The peak rate from the end of the warm-up to the end of the run.",
         .source = ""},
        [](const ConstantConfig& config) -> std::unique_ptr<Schedule> { return std::make_unique<Constant>(config); });
}

}  // namespace gw
