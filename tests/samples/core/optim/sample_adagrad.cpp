#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct SampleAdagradConfig {
    double lr = 0.01, epsilon = 1e-10;

    static constexpr auto fields = std::tuple{
        schema::field<&SampleAdagradConfig::lr>({.key = "lr",
                                                 .label = "Learning rate",
                                                 .help = "Peak step size, before the schedule scales it.",
                                                 .min = 0,
                                                 .max = 10,
                                                 .scale = schema::Scale::log}),
        schema::field<&SampleAdagradConfig::epsilon>({.key = "epsilon",
                                                      .label = "Epsilon",
                                                      .help = "Added to the divisor, against division by zero.",
                                                      .min = 1e-16,
                                                      .max = 1,
                                                      .scale = schema::Scale::log,
                                                      .audience = schema::Audience::expert}),
    };
};

struct SampleAdagradCoefficients {
    float lr, epsilon, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict squares, std::int64_t count,
                          SampleAdagradCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale;
        squares[i] += gradient * gradient;
        w[i] -= c.lr * gradient / (std::sqrt(squares[i]) + c.epsilon);
    }
}

/// s += g^2; w -= lr g / (sqrt(s) + eps).
class SampleAdagrad final : public FlatOptimizer {
  public:
    SampleAdagrad(const SampleAdagradConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"sum_of_squares"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const SampleAdagradCoefficients c{.lr = static_cast<float>(rule.lr),
                                          .epsilon = static_cast<float>(config_.epsilon),
                                          .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        // The gradients are zero where nothing may change, so that neither sum nor weights move then.
        torch::Tensor &w = values.weights, &g = values.gradients, &squares = values.state[0];
        squares.addcmul_(g, g);
        w.addcdiv_(g, squares.sqrt().add_(config_.epsilon), -rule.lr);
    }

    SampleAdagradConfig config_;
};

}  // namespace

OptimizerKind sample_adagrad_kind() {
    auto kind = kind_of<OptimizerKind, SampleAdagradConfig>(
        {.id = "sample_adagrad",
         .title = "AdaGrad",
         .summary = "Rates that fall with the gradients seen so far.",
         .source = "Duchi, Hazan and Singer 2011, jmlr.org/papers/v12/duchi11a"},
        [](const SampleAdagradConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<SampleAdagrad>(config, bank);
        });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
