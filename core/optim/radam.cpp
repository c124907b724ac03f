#include <torch/types.h>

#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct RAdamConfig {
    double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&RAdamConfig::lr>(fields::lr),
        schema::field<&RAdamConfig::weight_decay>(fields::gradient_decay),
        schema::field<&RAdamConfig::beta1>(fields::beta1),
        schema::field<&RAdamConfig::beta2>(fields::beta2),
        schema::field<&RAdamConfig::epsilon>(fields::epsilon),
    };
};

/// Above this length of the averaged past the variance of the adaptive rate can be told.
constexpr double tractable = 5;

struct RAdamCoefficients {
    float rate, beta1, rest1, beta2, rest2, epsilon, decay, scale;
    bool adaptive;  ///< else by momentum alone
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v,
                          std::int64_t count, RAdamCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        m[i] = c.beta1 * m[i] + c.rest1 * gradient;
        v[i] = c.beta2 * v[i] + c.rest2 * gradient * gradient;
        w[i] -= c.rate * (c.adaptive ? m[i] / (std::sqrt(v[i]) + c.epsilon) : m[i]);
    }
}

/// Adam whose rate waits for enough gradients: with rho_inf = 2 / (1 - b2) - 1 and
/// rho_t = rho_inf - 2 t b2^t / (1 - b2^t), w -= lr m^ while rho_t <= 5, and w -= lr r m^ / sqrt(v^) after that,
/// r^2 = (rho_t - 4) (rho_t - 2) rho_inf / ((rho_inf - 4) (rho_inf - 2) rho_t) (Liu et al. 2020, algorithm 2,
/// arXiv:1908.03265; 5 where the paper has 4, and eps, as in common implementations).
class RAdam final : public FlatOptimizer {
  public:
    RAdam(const RAdamConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "second_moment"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const auto made = static_cast<double>(rule.updates);
        const double power = std::pow(config_.beta2, made), correction2 = 1.0 - power,
                     whole = 2.0 / (1.0 - config_.beta2) - 1.0, length = whole - 2.0 * made * power / correction2;
        const bool adaptive = length > tractable;
        const double known =
            adaptive
                ? std::sqrt((length - 4) * (length - 2) * whole * correction2 / ((whole - 4) * (whole - 2) * length))
                : 1.0;
        const RAdamCoefficients c{.rate = static_cast<float>(rule.lr * known / (1.0 - std::pow(config_.beta1, made))),
                                  .beta1 = static_cast<float>(config_.beta1),
                                  .rest1 = static_cast<float>(1.0 - config_.beta1),
                                  .beta2 = static_cast<float>(config_.beta2),
                                  .rest2 = static_cast<float>(1.0 - config_.beta2),
                                  .epsilon = static_cast<float>(config_.epsilon),
                                  .decay = rule.decays ? static_cast<float>(config_.weight_decay) : 0.0f,
                                  .scale = rule.gradient_scale,
                                  .adaptive = adaptive};
        update_slice(values.weights, values.gradients, values.state[0], values.state[1], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &v = values.state[1];
        const double whole = 2.0 / (1.0 - config_.beta2) - 1.0;
        const torch::Tensor power = torch::pow(config_.beta2, rule.updates), correction2 = 1.0 - power,
                            length = whole - 2.0 * rule.updates * power / correction2, adaptive = length > tractable,
                            known = ((length - 4) * (length - 2) * whole * correction2 /
                                     ((whole - 4) * (whole - 2) * length))
                                        .clamp_min(0)  // where it is not adaptive this may be anything
                                        .sqrt();
        if (rule.decays) g.add_(w, config_.weight_decay);
        m.lerp_(g, rule.go * (1.0 - config_.beta1));
        v.lerp_(g.square_(), rule.go * (1.0 - config_.beta2));
        const torch::Tensor rate = rule.go * rule.lr * torch::where(adaptive, known, torch::ones_like(known)) /
                                   (1.0 - torch::pow(config_.beta1, rule.updates));
        at::sqrt_out(g, v).add_(config_.epsilon).masked_fill_(adaptive.logical_not(), 1.0);
        at::div_out(g, m, g);
        w.addcmul_(g, rate.to(torch::kFloat32), -1.0);
    }

    RAdamConfig config_;
};

}  // namespace

OptimizerKind radam_kind() {
    auto kind = kind_of<OptimizerKind, RAdamConfig>(
        {.id = "radam",
         .title = "RAdam",
         .summary = "Adam that goes by momentum alone until its adaptive rate is known well enough: no warm-up needed.",
         .source = "Liu et al. 2020, arXiv:1908.03265"},
        [](const RAdamConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<RAdam>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
