#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"
#include "optim/moments.h"

namespace gw {

namespace {

struct AdamConfig {
    double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&AdamConfig::lr>(fields::lr),
        schema::field<&AdamConfig::weight_decay>(fields::gradient_decay),
        schema::field<&AdamConfig::beta1>(fields::beta1),
        schema::field<&AdamConfig::beta2>(fields::beta2),
        schema::field<&AdamConfig::epsilon>(fields::epsilon),
    };
};

struct AdamCoefficients {
    float rate, beta1, rest1, beta2, rest2, epsilon, decay, inverse_root, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v,
                          std::int64_t count, AdamCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        m[i] = c.beta1 * m[i] + c.rest1 * gradient;
        v[i] = c.beta2 * v[i] + c.rest2 * gradient * gradient;
        w[i] -= c.rate * m[i] / (std::sqrt(v[i]) * c.inverse_root + c.epsilon);
    }
}

/// m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= lr m^ / (sqrt(v^) + eps) with the bias corrections
/// m^ = m / (1 - b1^t), v^ = v / (1 - b2^t) (Kingma and Ba 2015, algorithm 1, arXiv:1412.6980). Weight decay is added
/// to the gradient, as a penalty on the squared weights would be.
class Adam final : public FlatOptimizer {
  public:
    Adam(const AdamConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "second_moment"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const auto made = static_cast<double>(rule.updates);
        const double correction1 = 1.0 - std::pow(config_.beta1, made),
                     correction2 = 1.0 - std::pow(config_.beta2, made);
        const AdamCoefficients c{.rate = static_cast<float>(rule.lr / correction1),
                                 .beta1 = static_cast<float>(config_.beta1),
                                 .rest1 = static_cast<float>(1.0 - config_.beta1),
                                 .beta2 = static_cast<float>(config_.beta2),
                                 .rest2 = static_cast<float>(1.0 - config_.beta2),
                                 .epsilon = static_cast<float>(config_.epsilon),
                                 .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                 .inverse_root = static_cast<float>(1.0 / std::sqrt(correction2)),
                                 .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &v = values.state[1];
        const torch::Tensor correction1 = 1.0 - torch::pow(config_.beta1, rule.updates);
        if (rule.decays) g.add_(w, config_.weight_decay);
        Moments{config_.beta1, config_.beta2, config_.epsilon}.direct(g, m, v, rule.updates, rule.go);
        w.addcmul_(g, (rule.go * rule.lr / correction1).to(torch::kFloat32), -1.0);
    }

    AdamConfig config_;
};

}  // namespace

OptimizerKind adam_kind() {
    auto kind = kind_of<OptimizerKind, AdamConfig>(
        {.id = "adam",
         .title = "Adam",
         .summary = "Steps by the running mean of gradients, measured by that of their squares.",
         .source = "Kingma and Ba 2015, arXiv:1412.6980"},
        [](const AdamConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Adam>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
