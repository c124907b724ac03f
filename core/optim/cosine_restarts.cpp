#include <algorithm>
#include <cmath>
#include <numbers>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct CosineRestartsConfig {
    double warmup = 100;
    std::int64_t cycles = 3;
    double longer = 2, final = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&CosineRestartsConfig::warmup>(fields::warmup),
        schema::field<&CosineRestartsConfig::cycles>({.key = "cycles",
                                                      .label = "Cycles",
                                                      .help = "How often the rate falls from its peak.",
                                                      .min = 1,
                                                      .max = 50}),
        schema::field<&CosineRestartsConfig::longer>({.key = "longer",
                                                      .label = "Times as long",
                                                      .help = "How many times as long as the one before a cycle is.",
                                                      .min = 1,
                                                      .max = 4}),
        schema::field<&CosineRestartsConfig::final>(fields::final_rate),
    };
};

/// Warm restarts: cycles of half a cosine, each `longer` times the one before (Loshchilov and Hutter 2017, section 3,
/// arXiv:1608.03983); together they fill the run.
class CosineRestarts final : public Schedule {
  public:
    explicit CosineRestarts(const CosineRestartsConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(config_.warmup, total);
        double way = after_warm_up(step, warmup, total), length = 1, all = 0;
        for (std::int64_t i = 0; i < config_.cycles; ++i) all += std::pow(config_.longer, static_cast<double>(i));
        way *= all;  // in units of the first cycle
        for (std::int64_t i = 1; i < config_.cycles && way >= length; ++i, length *= config_.longer) way -= length;
        const double falling = 0.5 * (1.0 + std::cos(std::numbers::pi * std::min(way / length, 1.0)));
        return warm_up(step, warmup) * (config_.final + (1.0 - config_.final) * falling);
    }

  private:
    CosineRestartsConfig config_;
};

}  // namespace

ScheduleKind cosine_restarts_kind() {
    return kind_of<ScheduleKind, CosineRestartsConfig>(
        {.id = "cosine_restarts",
         .title = "Cosine with restarts",
         .summary = "Half cosines one behind the other, each from the peak.",
         .source = "Loshchilov and Hutter 2017, arXiv:1608.03983"},
        [](const CosineRestartsConfig& config) -> std::unique_ptr<Schedule> {
            return std::make_unique<CosineRestarts>(config);
        });
}

}  // namespace gw
