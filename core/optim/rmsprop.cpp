#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct RmsPropConfig {
    double lr = 1e-2, momentum = 0, beta2 = 0.99, epsilon = 1e-8, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&RmsPropConfig::lr>(fields::lr),
        schema::field<&RmsPropConfig::momentum>(fields::momentum),
        schema::field<&RmsPropConfig::weight_decay>(fields::gradient_decay),
        schema::field<&RmsPropConfig::beta2>(fields::beta2),
        schema::field<&RmsPropConfig::epsilon>(fields::epsilon),
    };
};

struct RmsPropCoefficients {
    float lr, momentum, beta2, rest2, epsilon, decay, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict squares,
                          float* __restrict velocity, std::int64_t count, RmsPropCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        squares[i] = c.beta2 * squares[i] + c.rest2 * gradient * gradient;
        velocity[i] = c.momentum * velocity[i] + gradient / (std::sqrt(squares[i]) + c.epsilon);
        w[i] -= c.lr * velocity[i];
    }
}

/// s = b2 s + (1 - b2) g^2, v = momentum v + g / (sqrt(s) + eps), w -= lr v (Tieleman and Hinton 2012, lecture 6.5,
/// with the momentum of Graves 2013, arXiv:1308.0850, section 2.2).
class RmsProp final : public FlatOptimizer {
  public:
    RmsProp(const RmsPropConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"square_mean", "velocity"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const RmsPropCoefficients c{.lr = static_cast<float>(rule.lr),
                                    .momentum = static_cast<float>(config_.momentum),
                                    .beta2 = static_cast<float>(config_.beta2),
                                    .rest2 = static_cast<float>(1.0 - config_.beta2),
                                    .epsilon = static_cast<float>(config_.epsilon),
                                    .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                    .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &squares = values.state[0],
                      &velocity = values.state[1];
        if (rule.decays) g.add_(w, config_.weight_decay);
        squares.lerp_(g.square(), rule.go * (1.0 - config_.beta2));
        g.div_(squares.sqrt().add_(config_.epsilon)).mul_(rule.go);
        velocity.mul_(1.0 - rule.go * (1.0 - config_.momentum)).add_(g);
        w.addcmul_(velocity, rule.go * rule.lr, -1.0);
    }

    RmsPropConfig config_;
};

}  // namespace

OptimizerKind rmsprop_kind() {
    auto kind = kind_of<OptimizerKind, RmsPropConfig>(
        {.id = "rmsprop",
         .title = "RMSprop",
         .summary = "Gradients divided by the root of the running mean of their squares, with momentum if wished.",
         .source = "Tieleman and Hinton 2012, cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf"},
        [](const RmsPropConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<RmsProp>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
