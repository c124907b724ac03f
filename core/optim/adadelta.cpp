#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct AdaDeltaConfig {
    double lr = 1, rho = 0.9, epsilon = 1e-6, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&AdaDeltaConfig::lr>(fields::lr),
        schema::field<&AdaDeltaConfig::weight_decay>(fields::gradient_decay),
        schema::field<&AdaDeltaConfig::rho>(
            {.key = "rho",
             .label = "Rho",
             .help = "Decay of both running means, of squared gradients and squared steps.",
             .min = 0,
             .max = 0.9999,
             .audience = schema::Audience::expert}),
        schema::field<&AdaDeltaConfig::epsilon>(fields::epsilon),
    };
};

struct AdaDeltaCoefficients {
    float lr, rho, rest, epsilon, decay, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict squares,
                          float* __restrict steps, std::int64_t count, AdaDeltaCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        squares[i] = c.rho * squares[i] + c.rest * gradient * gradient;
        const float step = std::sqrt(steps[i] + c.epsilon) / std::sqrt(squares[i] + c.epsilon) * gradient;
        steps[i] = c.rho * steps[i] + c.rest * step * step;
        w[i] -= c.lr * step;
    }
}

/// s = rho s + (1 - rho) g^2, d = sqrt(u + eps) / sqrt(s + eps) g, u = rho u + (1 - rho) d^2, w -= lr d (Zeiler 2012,
/// algorithm 1, arXiv:1212.5701, where lr is 1).
class AdaDelta final : public FlatOptimizer {
  public:
    AdaDelta(const AdaDeltaConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"square_mean", "step_mean"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const AdaDeltaCoefficients c{.lr = static_cast<float>(rule.lr),
                                     .rho = static_cast<float>(config_.rho),
                                     .rest = static_cast<float>(1.0 - config_.rho),
                                     .epsilon = static_cast<float>(config_.epsilon),
                                     .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                     .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &squares = values.state[0], &steps = values.state[1];
        const torch::Tensor share = rule.go * (1.0 - config_.rho);
        if (rule.decays) g.add_(w, config_.weight_decay);
        squares.lerp_(g.square(), share);
        g.mul_((steps + config_.epsilon).sqrt_().div_((squares + config_.epsilon).sqrt_()));
        steps.lerp_(g.square(), share);
        w.addcmul_(g, rule.go * rule.lr, -1.0);
    }

    AdaDeltaConfig config_;
};

}  // namespace

OptimizerKind adadelta_kind() {
    auto kind = kind_of<OptimizerKind, AdaDeltaConfig>(
        {.id = "adadelta",
         .title = "AdaDelta",
         .summary = "Steps in the units of the weights: the means of past steps over those of gradients.",
         .source = "Zeiler 2012, arXiv:1212.5701"},
        [](const AdaDeltaConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<AdaDelta>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
