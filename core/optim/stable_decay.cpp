#include <algorithm>
#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct StableDecayConfig {
    double warmup = 100, decay = 0.2, final = 0.1;
    std::string shape = "root";

    static constexpr auto fields = std::tuple{
        schema::field<&StableDecayConfig::warmup>(fields::warmup),
        schema::field<&StableDecayConfig::decay>({.key = "decay",
                                                  .label = "Decay share",
                                                  .help = "Share of the run, at its end, over which the rate falls.",
                                                  .min = 0.01,
                                                  .max = 1}),
        schema::field<&StableDecayConfig::final>(fields::final_rate),
        schema::field<&StableDecayConfig::shape>({.key = "shape",
                                                  .label = "Shape of the fall",
                                                  .help = "One minus the root falls early, a straight line evenly.",
                                                  .choices = "root=One minus the root|linear=Straight line"}),
    };
};

class StableDecay final : public Schedule {
  public:
    explicit StableDecay(const StableDecayConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(config_.warmup, total),
                     begin = std::max(warmup, total * (1.0 - config_.decay));
        const double way = after_warm_up(step, begin, total), fallen = config_.shape == "root" ? std::sqrt(way) : way;
        return warm_up(step, warmup) * (1.0 - (1.0 - config_.final) * fallen);
    }

  private:
    StableDecayConfig config_;
};

}  // namespace

ScheduleKind stable_decay_kind() {
    return kind_of<ScheduleKind, StableDecayConfig>(
        {.id = "stable_decay",
         .title = "Warm-up, stable, decay",
         .summary = "The peak rate for most of the run, then a fall: a checkpoint before the fall can be trained on as "
                    "long as wished.",
         .source = "Hu et al. 2024, arXiv:2404.06395; the root: Hägele et al. 2024, arXiv:2405.18392"},
        [](const StableDecayConfig& config) -> std::unique_ptr<Schedule> {
            return std::make_unique<StableDecay>(config);
        });
}

}  // namespace gw
