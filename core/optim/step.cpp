#include <algorithm>
#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct StepConfig {
    double warmup = 100;
    std::int64_t falls = 2;
    double by = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&StepConfig::warmup>(fields::warmup),
        schema::field<&StepConfig::falls>({.key = "falls",
                                           .label = "Falls",
                                           .help = "How often the rate falls, at even distances.",
                                           .min = 1,
                                           .max = 100}),
        schema::field<&StepConfig::by>(
            {.key = "by", .label = "Falls to", .help = "Share of the rate that a fall leaves.", .min = 0.01, .max = 1}),
    };
};

class Step final : public Schedule {
  public:
    explicit Step(const StepConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(config_.warmup, total);
        const auto parts = static_cast<double>(config_.falls + 1);
        const double fallen = std::min(std::floor(after_warm_up(step, warmup, total) * parts), parts - 1);
        return warm_up(step, warmup) * std::pow(config_.by, fallen);
    }

  private:
    StepConfig config_;
};

}  // namespace

ScheduleKind step_kind() {
    return kind_of<ScheduleKind, StepConfig>(
        {.id = "step",
         .title = "Step decay",
         .summary = "The rate stays and falls by turns.",
         .source = "He et al. 2016, arXiv:1512.03385, section 4.2"},
        [](const StepConfig& config) -> std::unique_ptr<Schedule> { return std::make_unique<Step>(config); });
}

}  // namespace gw
