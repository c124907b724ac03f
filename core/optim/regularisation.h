#pragma once
#include <cstdint>

#include "optim/parameter_bank.h"
#include "schema/kind.h"

namespace gw {

/// What is done to gradients and weights besides the optimizer's own weight decay.
struct RegularisationSettings {
    double l1 = 0, gradient_noise = 0, weight_limit = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&RegularisationSettings::l1>(
            {.key = "l1",
             .label = "L1 penalty",
             .help = "Pulls every weight towards zero by the same amount, so that many come near it: this times the "
                     "sum of absolute values, matrices only. With weight decay it is an elastic net. Figures of the "
                     "loss leave it out; 0 = off.",
             .min = 0,
             .max = 10}),
        schema::field<&RegularisationSettings::gradient_noise>(
            {.key = "gradient_noise",
             .label = "Gradient noise",
             .help = "Variance of the Gaussian noise that is added to every gradient, before clipping, in the first "
                     "step; it fades as 1 / (1 + step)^0.55. 0 = off.",
             .min = 0,
             .max = 10,
             .audience = schema::Audience::expert}),
        schema::field<&RegularisationSettings::weight_limit>(
            {.key = "weight_limit",
             .label = "Largest weight",
             .help = "After each update every weight that is trained is cut to this absolute value at most; 0 = off.",
             .min = 0,
             .max = 1e6,
             .audience = schema::Audience::expert}),
    };
};

const Sheet& regularisation_sheet();

/// Carries the settings out on a bank.
class Regularisation {
  public:
    explicit Regularisation(const RegularisationSettings& settings) : settings_(settings) {}
    /// Whether before_update() does anything: then a norm that was known before is none.
    bool changes_gradients() const { return settings_.l1 > 0 || settings_.gradient_noise > 0; }
    /// Adds the L1 penalty's gradient (Tibshirani 1996; the sign of each weight) and the noise of Neelakantan et al.
    /// 2015, arXiv:1511.06807, equation 1, drawn from `seed`. `step`: updates made before.
    void before_update(ParameterBank& bank, std::int64_t step, std::uint64_t seed) const;
    /// Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1, line 7.
    void after_update(ParameterBank& bank) const;

  private:
    RegularisationSettings settings_;
};

}  // namespace gw
