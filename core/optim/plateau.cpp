#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct PlateauConfig {
    double warmup = 100, by = 0.1, least = 0.001;
    std::int64_t patience = 3;

    static constexpr auto fields = std::tuple{
        schema::field<&PlateauConfig::warmup>(fields::warmup),
        schema::field<&PlateauConfig::patience>(
            {.key = "patience",
             .label = "Patience",
             .help = "Evaluations in a row without a better figure after which the rate falls. It is the figure that "
                     "the best checkpoint goes by; better by evaluation.least_gain, if that is set.",
             .min = 1,
             .max = 10000}),
        schema::field<&PlateauConfig::by>({.key = "by",
                                           .label = "Falls to",
                                           .help = "Share of the rate that a fall leaves.",
                                           .min = 0.01,
                                           .max = 0.99}),
        schema::field<&PlateauConfig::least>({.key = "least",
                                              .label = "Least rate",
                                              .help = "Share of the peak rate that it never falls below.",
                                              .min = 0,
                                              .max = 1}),
    };
};

class OnPlateau final : public Schedule {
  public:
    explicit OnPlateau(const PlateauConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        return warm_up(step, warm_up_steps(config_.warmup, total));
    }
    std::optional<Plateau> plateau() const override { return Plateau{config_.patience, config_.by, config_.least}; }

  private:
    PlateauConfig config_;
};

}  // namespace

ScheduleKind plateau_kind() {
    return kind_of<ScheduleKind, PlateauConfig>(
        {.id = "plateau",
         .title = "On plateau",
         .summary = "The rate stays, and falls whenever evaluations get no better.",
         .source = "Bengio 2012, \"Practical recommendations for gradient-based training\", section 3.1"},
        [](const PlateauConfig& config) -> std::unique_ptr<Schedule> { return std::make_unique<OnPlateau>(config); });
}

}  // namespace gw
