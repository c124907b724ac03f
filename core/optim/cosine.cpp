#include <cmath>
#include <numbers>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct CosineConfig {
    double warmup = 100;
    double final = 0.1;
    static constexpr auto fields = std::tuple{
        schema::field<&CosineConfig::warmup>(fields::warmup),
        schema::field<&CosineConfig::final>(fields::final_rate),
    };
};

class Cosine final : public Schedule {
  public:
    explicit Cosine(const CosineConfig& config) : warmup_(config.warmup), final_(config.final) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(warmup_, total), warm = warm_up(step, warmup);
        const double falling = 0.5 * (1.0 + std::cos(std::numbers::pi * after_warm_up(step, warmup, total)));
        return warm * (final_ + (1.0 - final_) * falling);
    }

  private:
    double warmup_, final_;
};

}  // namespace

ScheduleKind cosine_kind() {
    return kind_of<ScheduleKind, CosineConfig>(
        {.id = "cosine",
         .title = "Cosine decay",
         .summary = "Half a cosine from the peak to the final rate.",
         .source = "Loshchilov and Hutter 2017, arXiv:1608.03983"},
        [](const CosineConfig& config) -> std::unique_ptr<Schedule> { return std::make_unique<Cosine>(config); });
}

}  // namespace gw
