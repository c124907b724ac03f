#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct LionConfig {
    double lr = 1e-4, beta1 = 0.9, beta2 = 0.99, weight_decay = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&LionConfig::lr>(fields::lr),
        schema::field<&LionConfig::weight_decay>(fields::decoupled_decay),
        schema::field<&LionConfig::beta1>(
            {.key = "beta1",
             .label = "Beta 1",
             .help = "Share of the momentum in the direction of a step; the rest is the gradient.",
             .min = 0,
             .max = 0.9999,
             .audience = schema::Audience::expert}),
        schema::field<&LionConfig::beta2>({.key = "beta2",
                                           .label = "Beta 2",
                                           .help = "Decay of the momentum.",
                                           .min = 0,
                                           .max = 0.99999,
                                           .audience = schema::Audience::expert}),
    };
};

struct LionCoefficients {
    float lr, beta1, rest1, beta2, rest2, decay, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, std::int64_t count,
                          LionCoefficients c) {
    const float shrink = 1.0f - c.lr * c.decay;
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale, towards = c.beta1 * m[i] + c.rest1 * gradient;
        w[i] = w[i] * shrink - (towards > 0 ? c.lr : towards < 0 ? -c.lr : 0.0f);
        m[i] = c.beta2 * m[i] + c.rest2 * gradient;
    }
}

/// w -= lr (sign(b1 m + (1 - b1) g) + decay w), m = b2 m + (1 - b2) g (Chen et al. 2023, algorithm 2,
/// arXiv:2302.06675).
class Lion final : public FlatOptimizer {
  public:
    Lion(const LionConfig& config, ParameterBank& bank) : FlatOptimizer(bank, {"momentum"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const LionCoefficients c{.lr = static_cast<float>(rule.lr),
                                 .beta1 = static_cast<float>(config_.beta1),
                                 .rest1 = static_cast<float>(1.0 - config_.beta1),
                                 .beta2 = static_cast<float>(config_.beta2),
                                 .rest2 = static_cast<float>(1.0 - config_.beta2),
                                 .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                 .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0];
        const torch::Tensor rate = rule.go * rule.lr;
        if (rule.decays) w.mul_(1.0 - rate * config_.weight_decay);
        w.addcmul_((m * config_.beta1).add_(g, 1.0 - config_.beta1).sign_(), rate, -1.0);
        m.lerp_(g, rule.go * (1.0 - config_.beta2));
    }

    LionConfig config_;
};

}  // namespace

OptimizerKind lion_kind() {
    auto kind = kind_of<OptimizerKind, LionConfig>(
        {.id = "lion",
         .title = "Lion",
         .summary = "Steps of one size in every weight, by the sign of a momentum; wants a third to a tenth of the "
                    "rate of AdamW.",
         .source = "Chen et al. 2023, arXiv:2302.06675"},
        [](const LionConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Lion>(config, bank);
        });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
