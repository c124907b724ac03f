#include <cmath>
#include <numbers>

#include "optim/catalog.h"

namespace gw {

namespace {

struct CosineConfig {
    double warmup = 100;
    double final = 0.1;
    static constexpr auto fields = std::tuple{
        schema::field<&CosineConfig::warmup>(
            {.key = "warmup",
             .label = "Warm-up",
             .help = "Steps over which the rate climbs from near 0 to its peak; below 1: this share of the run.",
             .unit = "steps",
             .min = 0,
             .max = 1e9}),
        schema::field<&CosineConfig::final>({.key = "final",
                                             .label = "Final rate",
                                             .help = "Share of the peak rate that is left at the end.",
                                             .min = 0,
                                             .max = 1}),
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
