#include <torch/types.h>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct SgdConfig {
    double lr = 0.1, momentum = 0.9, weight_decay = 0.0;
    bool nesterov = false;

    static constexpr auto fields = std::tuple{
        schema::field<&SgdConfig::lr>({.key = "lr",
                                       .label = "Learning rate",
                                       .help = "Peak step size, before the schedule scales it.",
                                       .min = 0,
                                       .max = 1000,
                                       .scale = schema::Scale::log,
                                       .was = "learning_rate"}),
        schema::field<&SgdConfig::momentum>(fields::momentum),
        schema::field<&SgdConfig::nesterov>(
            {.key = "nesterov", .label = "Nesterov", .help = "Look ahead along the momentum before each step."}),
        schema::field<&SgdConfig::weight_decay>(fields::gradient_decay),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (nesterov && momentum == 0.0) out.push_back({at + ".nesterov", "needs a momentum above 0"});
    }
};

struct SgdCoefficients {
    float lr, momentum, decay, scale;
    bool nesterov;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict velocity,
                          std::int64_t count, SgdCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        velocity[i] = c.momentum * velocity[i] + gradient;
        w[i] -= c.lr * (c.nesterov ? gradient + c.momentum * velocity[i] : velocity[i]);
    }
}

/// Stochastic gradient descent: v = momentum v + g; w -= lr v, or with Nesterov's look-ahead w -= lr (g + momentum v)
/// (Sutskever et al. 2013, section 2, in the form of Bengio et al. 2013).
class Sgd final : public FlatOptimizer {
  public:
    Sgd(const SgdConfig& config, ParameterBank& bank) : FlatOptimizer(bank, {"velocity"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const SgdCoefficients c{.lr = static_cast<float>(rule.lr),
                                .momentum = static_cast<float>(config_.momentum),
                                .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                .scale = rule.gradient_scale,
                                .nesterov = config_.nesterov};
        update_slice(values.weights, values.gradients, values.state[0], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &velocity = values.state[0];
        if (rule.decays) g.add_(w, config_.weight_decay).mul_(rule.go);
        velocity.mul_(1.0 - rule.go * (1.0 - config_.momentum)).add_(g);
        const torch::Tensor rate = rule.go * rule.lr;
        if (config_.nesterov) w.addcmul_(g, rate, -1.0);
        w.addcmul_(velocity, rate, config_.nesterov ? -config_.momentum : -1.0);
    }

    SgdConfig config_;
};

}  // namespace

OptimizerKind sgd_kind() {
    auto kind = kind_of<OptimizerKind, SgdConfig>(
        {.id = "sgd",
         .title = "SGD",
         .summary = "Stochastic gradient descent with momentum, plain or Nesterov's.",
         .source = "Sutskever et al. 2013, proceedings.mlr.press/v28/sutskever13"},
        [](const SgdConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Sgd>(config, bank);
        });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
