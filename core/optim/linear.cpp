#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct LinearConfig {
    double warmup = 100;
    double final = 0.1;
    static constexpr auto fields = std::tuple{
        schema::field<&LinearConfig::warmup>(fields::warmup),
        schema::field<&LinearConfig::final>(fields::final_rate),
    };
};

class Linear final : public Schedule {
  public:
    explicit Linear(const LinearConfig& config) : warmup_(config.warmup), final_(config.final) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(warmup_, total);
        return warm_up(step, warmup) * (1.0 - (1.0 - final_) * after_warm_up(step, warmup, total));
    }

  private:
    double warmup_, final_;
};

}  // namespace

ScheduleKind linear_kind() {
    return kind_of<ScheduleKind, LinearConfig>(
        {.id = "linear",
         .title = "Linear decay",
         .summary = "A straight line from the peak to the final rate.",
         .source = ""},
        [](const LinearConfig& config) -> std::unique_ptr<Schedule> { return std::make_unique<Linear>(config); });
}

}  // namespace gw
