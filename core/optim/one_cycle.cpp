#include <cmath>
#include <numbers>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct OneCycleConfig {
    double rise = 0.3, first = 0.04, final = 0.0001;

    static constexpr auto fields = std::tuple{
        schema::field<&OneCycleConfig::rise>({.key = "rise",
                                              .label = "Rise",
                                              .help = "Share of the run over which the rate climbs.",
                                              .min = 0.01,
                                              .max = 0.99}),
        schema::field<&OneCycleConfig::first>({.key = "first",
                                               .label = "First rate",
                                               .help = "Share of the peak rate that the run begins with.",
                                               .min = 0,
                                               .max = 1}),
        schema::field<&OneCycleConfig::final>(fields::final_rate),
    };
};

/// Half a cosine up, half a cosine down (Smith and Topin 2018, arXiv:1708.07120, in the shape of common
/// implementations; the momentum stays as it is).
class OneCycle final : public Schedule {
  public:
    explicit OneCycle(const OneCycleConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double top = config_.rise * total;
        const auto between = [](double from, double to, double way) {
            return to + (from - to) * 0.5 * (1.0 + std::cos(std::numbers::pi * way));
        };
        return step < top ? between(config_.first, 1.0, step / top)
                          : between(1.0, config_.final, after_warm_up(step, top, total));
    }

  private:
    OneCycleConfig config_;
};

}  // namespace

ScheduleKind one_cycle_kind() {
    return kind_of<ScheduleKind, OneCycleConfig>(
        {.id = "one_cycle",
         .title = "One cycle",
         .summary = "Up to the peak and far down again, for short runs at high rates.",
         .source = "Smith and Topin 2018, arXiv:1708.07120"},
        [](const OneCycleConfig& config) -> std::unique_ptr<Schedule> { return std::make_unique<OneCycle>(config); });
}

}  // namespace gw
