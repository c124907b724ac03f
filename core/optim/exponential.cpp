#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct ExponentialConfig {
    double warmup = 100, final = 0.01;

    static constexpr auto fields = std::tuple{
        schema::field<&ExponentialConfig::warmup>(fields::warmup),
        schema::field<&ExponentialConfig::final>(
            {.key = "final",
             .label = "Final rate",
             .help = "Share of the peak rate that is left at the end; each step takes the same share of the rate.",
             .min = 1e-9,
             .max = 1,
             .scale = schema::Scale::log}),
    };
};

class Exponential final : public Schedule {
  public:
    explicit Exponential(const ExponentialConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(config_.warmup, total);
        return warm_up(step, warmup) * std::pow(config_.final, after_warm_up(step, warmup, total));
    }

  private:
    ExponentialConfig config_;
};

}  // namespace

ScheduleKind exponential_kind() {
    return kind_of<ScheduleKind, ExponentialConfig>(
        {.id = "exponential",
         .title = "Exponential decay",
         .summary = "The same share is lost in every step: fast at first, then ever more slowly.",
         .source = ""},
        [](const ExponentialConfig& config) -> std::unique_ptr<Schedule> {
            return std::make_unique<Exponential>(config);
        });
}

}  // namespace gw
