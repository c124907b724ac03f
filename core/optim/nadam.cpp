#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct NAdamConfig {
    double lr = 2e-3, beta1 = 0.9, beta2 = 0.999, momentum_decay = 4e-3, epsilon = 1e-8, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&NAdamConfig::lr>(fields::lr),
        schema::field<&NAdamConfig::weight_decay>(fields::gradient_decay),
        schema::field<&NAdamConfig::beta1>(fields::beta1),
        schema::field<&NAdamConfig::beta2>(fields::beta2),
        schema::field<&NAdamConfig::momentum_decay>(
            {.key = "momentum_decay",
             .label = "Momentum decay",
             .help = "How fast beta 1 climbs from half its value to the whole; 0 leaves it at half.",
             .min = 0,
             .max = 1,
             .audience = schema::Audience::expert}),
        schema::field<&NAdamConfig::epsilon>(fields::epsilon),
    };
};

/// What the momentum is at update t, and the product of all up to it, for t = 0, 1, ... until the product is too small
/// to be told from nothing beside 1.
struct MomentumTable {
    explicit MomentumTable(const NAdamConfig& c) {
        constexpr double nothing = 1e-9;
        products.push_back(1.0);
        for (double t = 1; products.back() > nothing; ++t) products.push_back(products.back() * momentum(c, t));
    }
    static double momentum(const NAdamConfig& c, double t) {
        return c.beta1 * (1.0 - 0.5 * std::pow(0.96, t * c.momentum_decay));
    }
    double product(std::int64_t t) const {
        return products[std::min(static_cast<std::size_t>(t), products.size() - 1)];
    }
    std::vector<double> products;
};

struct NAdamCoefficients {
    float by_gradient, by_moment, beta1, rest1, beta2, rest2, epsilon, decay, inverse_root, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v,
                          std::int64_t count, NAdamCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        m[i] = c.beta1 * m[i] + c.rest1 * gradient;
        v[i] = c.beta2 * v[i] + c.rest2 * gradient * gradient;
        w[i] -= (c.by_gradient * gradient + c.by_moment * m[i]) / (std::sqrt(v[i]) * c.inverse_root + c.epsilon);
    }
}

/// Adam with Nesterov's look-ahead: with the momentum mu_t = b1 (1 - 0.96^(t decay) / 2) and p_t the product of all up
/// to t, w -= lr ((1 - mu_t) / (1 - p_t) g + mu_{t+1} / (1 - p_{t+1}) m) / (sqrt(v^) + eps) (Dozat 2016, algorithm 2,
/// openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ).
class NAdam final : public FlatOptimizer {
  public:
    NAdam(const NAdamConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "second_moment"}),
          config_(config),
          table_(config),
          products_(torch::tensor(table_.products, torch::kFloat64).to(bank.weights().device())) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const auto made = static_cast<double>(rule.updates);
        const NAdamCoefficients c{
            .by_gradient = static_cast<float>(rule.lr * (1.0 - MomentumTable::momentum(config_, made)) /
                                              (1.0 - table_.product(rule.updates))),
            .by_moment = static_cast<float>(rule.lr * MomentumTable::momentum(config_, made + 1) /
                                            (1.0 - table_.product(rule.updates + 1))),
            .beta1 = static_cast<float>(config_.beta1),
            .rest1 = static_cast<float>(1.0 - config_.beta1),
            .beta2 = static_cast<float>(config_.beta2),
            .rest2 = static_cast<float>(1.0 - config_.beta2),
            .epsilon = static_cast<float>(config_.epsilon),
            .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
            .inverse_root = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(config_.beta2, made))),
            .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &v = values.state[1];
        const auto momentum = [&](const torch::Tensor& t) {
            return (1.0 - 0.5 * torch::pow(0.96, t * config_.momentum_decay)) * config_.beta1;
        };
        const auto left = [&](const torch::Tensor& t) {  // 1 - the product of the momenta up to t
            const torch::Tensor at = t.to(torch::kInt64).clamp_max(products_.numel() - 1).reshape({1});
            return 1.0 - products_.index_select(0, at).squeeze(0);
        };
        const torch::Tensor next = rule.updates + 1.0, rate = rule.go * rule.lr,
                            by_gradient = rate * (1.0 - momentum(rule.updates)) / left(rule.updates),
                            by_moment = rate * momentum(next) / left(next),
                            root = (1.0 - torch::pow(config_.beta2, rule.updates)).sqrt();
        if (rule.decays) g.add_(w, config_.weight_decay);
        m.lerp_(g, rule.go * (1.0 - config_.beta1));
        v.lerp_(g.square(), rule.go * (1.0 - config_.beta2));
        const torch::Tensor divisor = v.sqrt().div_(root).add_(config_.epsilon);
        g.mul_(by_gradient.to(torch::kFloat32)).addcmul_(m, by_moment.to(torch::kFloat32));
        w.addcdiv_(g, divisor, -1.0);
    }

    NAdamConfig config_;
    MomentumTable table_;
    torch::Tensor products_;  ///< the same on the device, which is never waited for
};

}  // namespace

OptimizerKind nadam_kind() {
    auto kind = kind_of<OptimizerKind, NAdamConfig>(
        {.id = "nadam",
         .title = "NAdam",
         .summary = "Adam with Nesterov's look-ahead along the momentum.",
         .source = "Dozat 2016, openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ"},
        [](const NAdamConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<NAdam>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
