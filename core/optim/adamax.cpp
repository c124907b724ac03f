#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct AdamaxConfig {
    double lr = 2e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&AdamaxConfig::lr>(fields::lr),
        schema::field<&AdamaxConfig::weight_decay>(fields::gradient_decay),
        schema::field<&AdamaxConfig::beta1>(fields::beta1),
        schema::field<&AdamaxConfig::beta2>(fields::beta2),
        schema::field<&AdamaxConfig::epsilon>(fields::epsilon),
    };
};

struct AdamaxCoefficients {
    float rate, beta1, rest1, beta2, epsilon, decay, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict u,
                          std::int64_t count, AdamaxCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        m[i] = c.beta1 * m[i] + c.rest1 * gradient;
        const float faded = c.beta2 * u[i], size = __builtin_fabsf(gradient) + c.epsilon;
        u[i] = faded > size ? faded : size;
        w[i] -= c.rate * m[i] / u[i];
    }
}

/// Adam by the largest gradient instead of the squares: u = max(b2 u, |g| + eps), w -= lr / (1 - b1^t) m / u (Kingma
/// and Ba 2015, algorithm 2, arXiv:1412.6980; the eps keeps u above zero).
class Adamax final : public FlatOptimizer {
  public:
    Adamax(const AdamaxConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "largest"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const AdamaxCoefficients c{
            .rate = static_cast<float>(rule.lr / (1.0 - std::pow(config_.beta1, static_cast<double>(rule.updates)))),
            .beta1 = static_cast<float>(config_.beta1),
            .rest1 = static_cast<float>(1.0 - config_.beta1),
            .beta2 = static_cast<float>(config_.beta2),
            .epsilon = static_cast<float>(config_.epsilon),
            .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
            .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &u = values.state[1];
        if (rule.decays) g.add_(w, config_.weight_decay);
        m.lerp_(g, rule.go * (1.0 - config_.beta1));
        at::maximum_out(u, u * (1.0 - rule.go * (1.0 - config_.beta2)), g.abs_().add_(config_.epsilon).mul_(rule.go));
        const torch::Tensor rate = rule.go * rule.lr / (1.0 - torch::pow(config_.beta1, rule.updates));
        // Only where nothing was updated yet is u below eps.
        at::div_out(g, m, u.clamp_min(config_.epsilon));
        w.addcmul_(g, rate.to(torch::kFloat32), -1.0);
    }

    AdamaxConfig config_;
};

}  // namespace

OptimizerKind adamax_kind() {
    auto kind = kind_of<OptimizerKind, AdamaxConfig>(
        {.id = "adamax",
         .title = "Adamax",
         .summary = "Adam measured by the largest of past gradients, which fades.",
         .source = "Kingma and Ba 2015, arXiv:1412.6980, section 7.1"},
        [](const AdamaxConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Adamax>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
