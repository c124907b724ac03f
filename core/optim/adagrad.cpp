#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct AdaGradConfig {
    double lr = 1e-2, epsilon = 1e-10, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&AdaGradConfig::lr>(fields::lr),
        schema::field<&AdaGradConfig::weight_decay>(fields::gradient_decay),
        schema::field<&AdaGradConfig::epsilon>(fields::epsilon),
    };
};

struct AdaGradCoefficients {
    float lr, epsilon, decay, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict squares, std::int64_t count,
                          AdaGradCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        squares[i] += gradient * gradient;
        w[i] -= c.lr * gradient / (std::sqrt(squares[i]) + c.epsilon);
    }
}

/// s += g^2, w -= lr g / (sqrt(s) + eps) (Duchi, Hazan and Singer 2011, jmlr.org/papers/v12/duchi11a, figure 1).
class AdaGrad final : public FlatOptimizer {
  public:
    AdaGrad(const AdaGradConfig& config, ParameterBank& bank) : FlatOptimizer(bank, {"square_sum"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const AdaGradCoefficients c{.lr = static_cast<float>(rule.lr),
                                    .epsilon = static_cast<float>(config_.epsilon),
                                    .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                    .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &squares = values.state[0];
        if (rule.decays) g.add_(w, config_.weight_decay).mul_(rule.go);
        squares.addcmul_(g, g);
        w.addcdiv_(g, squares.sqrt().add_(config_.epsilon), -rule.lr);
    }

    AdaGradConfig config_;
};

}  // namespace

OptimizerKind adagrad_kind() {
    auto kind = kind_of<OptimizerKind, AdaGradConfig>(
        {.id = "adagrad",
         .title = "AdaGrad",
         .summary = "Rates that fall with the gradients seen so far; for sparse ones.",
         .source = "Duchi, Hazan and Singer 2011, jmlr.org/papers/v12/duchi11a"},
        [](const AdaGradConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<AdaGrad>(config, bank);
        });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
