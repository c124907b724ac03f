#include <algorithm>

#include "optim/catalog.h"

namespace gw {

namespace {

struct EmaConfig {
    double decay = 0.999;

    static constexpr auto fields = std::tuple{
        schema::field<&EmaConfig::decay>(
            {.key = "decay",
             .label = "Decay",
             .help =
                 "Share of the average that an update leaves: 0.999 looks back over about 1,000 updates. It is less "
                 "in the first updates, so that the first weights are soon forgotten.",
             .min = 0,
             .max = 0.999999}),
    };
};

/// a = d a + (1 - d) w, d = min(decay, (1 + t) / (10 + t)) after the update t = 1, 2, ... (the warm-up is that of
/// TensorFlow's ExponentialMovingAverage).
class Ema final : public Averaging {
  public:
    explicit Ema(const EmaConfig& config) : decay_(config.decay) {}
    std::optional<double> pace(const Stand& at) const override {
        const auto t = static_cast<double>(at.step);
        return 1.0 - std::min(decay_, (1.0 + t) / (10.0 + t));
    }

  private:
    double decay_;
};

}  // namespace

AveragingKind ema_kind() {
    return kind_of<AveragingKind, EmaConfig>(
        {.id = "ema",
         .title = "Moving average (EMA)",
         .summary = "An average of the weights in which older ones fade: it is what the run is judged by, writes with "
                    "and saves.",
         .source = "Polyak and Juditsky 1992, doi:10.1137/0330046; Tarvainen and Valpola 2017, arXiv:1703.01780"},
        [](const EmaConfig& config) -> std::unique_ptr<Averaging> { return std::make_unique<Ema>(config); });
}

}  // namespace gw
