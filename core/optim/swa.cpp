#include "optim/catalog.h"

namespace gw {

namespace {

struct SwaConfig {
    double start = 0.75;
    std::int64_t every = 1;

    static constexpr auto fields = std::tuple{
        schema::field<&SwaConfig::start>({.key = "start",
                                          .label = "From",
                                          .help = "Share of the run after which the average begins.",
                                          .min = 0,
                                          .max = 1}),
        schema::field<&SwaConfig::every>({.key = "every",
                                          .label = "Every",
                                          .help = "Updates between two weights that are taken into the average.",
                                          .unit = "steps",
                                          .min = 1,
                                          .max = 1e9}),
    };
};

/// The plain mean of the weights after the first update since the start and after all later ones whose number `every`
/// divides: a += (w - a) / (n + 1) with n in it so far.
class Swa final : public Averaging {
  public:
    explicit Swa(const SwaConfig& config) : config_(config) {}
    std::optional<double> pace(const Stand& at) const override {
        if (at.taken == 0 && at.fraction < config_.start) return std::nullopt;
        if (at.taken > 0 && at.step % config_.every != 0) return 0.0;
        return 1.0 / static_cast<double>(at.taken + 1);
    }

  private:
    SwaConfig config_;
};

}  // namespace

AveragingKind swa_kind() {
    return kind_of<AveragingKind, SwaConfig>(
        {.id = "swa",
         .title = "Average of the end (SWA)",
         .summary = "The mean of the weights over the last part of the run, best with a rate that stays high: it is "
                    "what the run is then judged by, writes with and saves.",
         .source = "Izmailov et al. 2018, arXiv:1803.05407"},
        [](const SwaConfig& config) -> std::unique_ptr<Averaging> { return std::make_unique<Swa>(config); });
}

}  // namespace gw
