#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct PolynomialConfig {
    double warmup = 100, final = 0.1, power = 2;

    static constexpr auto fields = std::tuple{
        schema::field<&PolynomialConfig::warmup>(fields::warmup),
        schema::field<&PolynomialConfig::final>(fields::final_rate),
        schema::field<&PolynomialConfig::power>({.key = "power",
                                                 .label = "Power",
                                                 .help = "1 is a straight line; larger ones fall early and end flat.",
                                                 .min = 0.5,
                                                 .max = 20,
                                                 .scale = schema::Scale::log}),
    };
};

class Polynomial final : public Schedule {
  public:
    explicit Polynomial(const PolynomialConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double warmup = warm_up_steps(config_.warmup, total);
        const double left = std::pow(1.0 - after_warm_up(step, warmup, total), config_.power);
        return warm_up(step, warmup) * (config_.final + (1.0 - config_.final) * left);
    }

  private:
    PolynomialConfig config_;
};

}  // namespace

ScheduleKind polynomial_kind() {
    return kind_of<ScheduleKind, PolynomialConfig>(
        {.id = "polynomial",
         .title = "Polynomial decay",
         .summary = "A power of what is left of the run, from the peak to the final rate.",
         .source = ""},
        [](const PolynomialConfig& config) -> std::unique_ptr<Schedule> {
            return std::make_unique<Polynomial>(config);
        });
}

}  // namespace gw
