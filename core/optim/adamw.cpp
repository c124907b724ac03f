#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"
#include "optim/moments.h"

namespace gw {

namespace {

struct AdamWConfig {
    double lr = 1e-3, beta1 = 0.9, beta2 = 0.95, epsilon = 1e-8, weight_decay = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&AdamWConfig::lr>(fields::lr),
        schema::field<&AdamWConfig::weight_decay>(fields::decoupled_decay),
        schema::field<&AdamWConfig::beta1>(fields::beta1),
        schema::field<&AdamWConfig::beta2>(fields::beta2),
        schema::field<&AdamWConfig::epsilon>(fields::epsilon),
    };
};

struct AdamWCoefficients {
    float lr, beta1, beta2, epsilon, decay, correction1, correction2_root, scale;
};

/// One pass over `count` values: w -= lr decay w, then w -= lr m^ / (sqrt(v^) + eps).
GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v,
                          std::int64_t count, AdamWCoefficients c) {
    const float shrink = 1.0f - c.lr * c.decay, rate = c.lr / c.correction1, inverse_root = 1.0f / c.correction2_root;
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale;
        m[i] = c.beta1 * m[i] + (1.0f - c.beta1) * gradient;
        v[i] = c.beta2 * v[i] + (1.0f - c.beta2) * gradient * gradient;
        w[i] = w[i] * shrink - rate * m[i] / (std::sqrt(v[i]) * inverse_root + c.epsilon);
    }
}

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2, arXiv:1711.05101), bias-corrected
/// moments.
class AdamW final : public FlatOptimizer {
  public:
    AdamW(const AdamWConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "second_moment"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const auto made = static_cast<double>(rule.updates);
        const double correction1 = 1.0 - std::pow(config_.beta1, made),
                     correction2 = 1.0 - std::pow(config_.beta2, made);
        const AdamWCoefficients c{.lr = static_cast<float>(rule.lr),
                                  .beta1 = static_cast<float>(config_.beta1),
                                  .beta2 = static_cast<float>(config_.beta2),
                                  .epsilon = static_cast<float>(config_.epsilon),
                                  .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                  .correction1 = static_cast<float>(correction1),
                                  .correction2_root = static_cast<float>(std::sqrt(correction2)),
                                  .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &v = values.state[1];
        const torch::Tensor correction1 = 1.0 - torch::pow(config_.beta1, rule.updates);
        Moments{config_.beta1, config_.beta2, config_.epsilon}.direct(g, m, v, rule.updates, rule.go);
        if (rule.decays) w.mul_(1.0 - rule.go * (rule.lr * config_.weight_decay));
        w.addcmul_(g, (rule.go * rule.lr / correction1).to(torch::kFloat32), -1.0);
    }

    AdamWConfig config_;
};

}  // namespace

OptimizerKind adamw_kind() {
    auto kind = kind_of<OptimizerKind, AdamWConfig>(
        {.id = "adamw",
         .title = "AdamW",
         .summary = "Adam with decoupled weight decay.",
         .source = "Loshchilov and Hutter 2019, arXiv:1711.05101"},
        [](const AdamWConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<AdamW>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
