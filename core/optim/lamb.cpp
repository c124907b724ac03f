#include <torch/types.h>

#include <cmath>

#include "model/kernels/scratch_floats.h"
#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_optimizer.h"
#include "optim/flat_sums.h"
#include "optim/moments.h"
#include "util/wide.h"

namespace gw {

namespace {

struct LambConfig {
    double lr = 2e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-6, weight_decay = 0.01;

    static constexpr auto fields = std::tuple{
        schema::field<&LambConfig::lr>(fields::lr),
        schema::field<&LambConfig::weight_decay>(fields::decoupled_decay),
        schema::field<&LambConfig::beta1>(fields::beta1),
        schema::field<&LambConfig::beta2>(fields::beta2),
        schema::field<&LambConfig::epsilon>(fields::epsilon),
    };
};

/// A direction that is shorter has faded away, as without gradients, and is not drawn out to the length of the weights.
constexpr double faded_away = 1e-30;

struct LambCoefficients {
    float beta1, rest1, beta2, rest2, epsilon, decay, correction1, inverse_root, scale;
};

/// The direction of the step before it is given its length.
GW_WIDE void direct(const float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v,
                    std::int64_t count, LambCoefficients c, float* __restrict direction) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale;
        m[i] = c.beta1 * m[i] + c.rest1 * gradient;
        v[i] = c.beta2 * v[i] + c.rest2 * gradient * gradient;
        direction[i] = m[i] * c.correction1 / (std::sqrt(v[i]) * c.inverse_root + c.epsilon) + c.decay * w[i];
    }
}

GW_WIDE void go_along(float* __restrict w, const float* __restrict direction, std::int64_t count, float rate) {
    for (std::int64_t i = 0; i < count; ++i) w[i] -= rate * direction[i];
}

/// With d = m^ / (sqrt(v^) + eps) + decay w: w -= lr |w| / |d| d for each matrix by itself, and w -= lr d for vectors
/// and where either norm is zero (You et al. 2020, algorithm 2, arXiv:1904.00962; vectors apart as in the authors'
/// program).
class Lamb final : public FlatOptimizer {
  public:
    Lamb(const LambConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "second_moment"}, Walk::parameters), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const auto made = static_cast<double>(rule.updates);
        const LambCoefficients c{
            .beta1 = static_cast<float>(config_.beta1),
            .rest1 = static_cast<float>(1.0 - config_.beta1),
            .beta2 = static_cast<float>(config_.beta2),
            .rest2 = static_cast<float>(1.0 - config_.beta2),
            .epsilon = static_cast<float>(config_.epsilon),
            .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
            .correction1 = static_cast<float>(1.0 / (1.0 - std::pow(config_.beta1, made))),
            .inverse_root = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(config_.beta2, made))),
            .scale = rule.gradient_scale};
        const kernels::ScratchFloats direction(values.count);
        direct(values.weights, values.gradients, values.state[0], values.state[1], values.count, c, direction.data());
        double trust = 1;
        if (rule.decays) {
            const double weight = std::sqrt(sum_of_squares(values.weights, values.count)),
                         length = std::sqrt(sum_of_squares(direction.data(), values.count));
            if (weight > 0 && length > faded_away) trust = weight / length;
        }
        go_along(values.weights, direction.data(), values.count, static_cast<float>(rule.lr * trust));
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &v = values.state[1];
        const torch::Tensor correction1 = 1.0 - torch::pow(config_.beta1, rule.updates);
        Moments{config_.beta1, config_.beta2, config_.epsilon}.direct(g, m, v, rule.updates, rule.go);
        g.div_(correction1.to(torch::kFloat32));
        torch::Tensor rate = rule.go * rule.lr;
        if (rule.decays) {
            g.add_(w, config_.weight_decay);
            const torch::Tensor weight = w.norm(), length = g.norm();
            rate = rate * torch::where((weight > 0).logical_and(length > faded_away), weight / length,
                                       torch::ones_like(length));
        }
        w.addcmul_(g, rate, -1.0);
    }

    LambConfig config_;
};

}  // namespace

OptimizerKind lamb_kind() {
    auto kind = kind_of<OptimizerKind, LambConfig>(
        {.id = "lamb",
         .title = "LAMB",
         .summary = "AdamW whose step in each matrix is as long as the matrix is large: for very large batches.",
         .source = "You et al. 2020, arXiv:1904.00962"},
        [](const LambConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Lamb>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
