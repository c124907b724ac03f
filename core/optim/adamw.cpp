#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "optim/catalog.h"
#include "optim/flat_loop.h"

namespace gw {

namespace {

struct AdamWConfig {
    double lr = 1e-3, beta1 = 0.9, beta2 = 0.95, epsilon = 1e-8, weight_decay = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&AdamWConfig::lr>({.key = "lr", .label = "Learning rate", .help = "Peak step size, before the schedule scales it.", .min = 0,
                                         .max = 10, .scale = schema::Scale::log, .was = "learning_rate"}),
        schema::field<&AdamWConfig::weight_decay>({.key = "weight_decay", .label = "Weight decay",
                                                   .help = "Decoupled shrinkage per unit of learning rate; matrices only.", .min = 0, .max = 10}),
        schema::field<&AdamWConfig::beta1>({.key = "beta1", .label = "Beta 1", .help = "Decay of the running mean of gradients.", .min = 0,
                                            .max = 0.9999, .audience = schema::Audience::expert}),
        schema::field<&AdamWConfig::beta2>({.key = "beta2", .label = "Beta 2", .help = "Decay of the running mean of squared gradients.", .min = 0,
                                            .max = 0.99999, .audience = schema::Audience::expert}),
        schema::field<&AdamWConfig::epsilon>({.key = "epsilon", .label = "Epsilon", .help = "Added to the divisor, against division by zero.",
                                              .min = 1e-16, .max = 1, .scale = schema::Scale::log, .audience = schema::Audience::expert}),
    };
};

struct Coefficients {
    float lr, beta1, beta2, epsilon, decay, correction1, correction2_root, scale;
};

/// One pass over [first, last): w -= lr decay w, then w -= lr m^ / (sqrt(v^) + eps).
GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v, std::int64_t count,
                          Coefficients c) {
    const float shrink = 1.0f - c.lr * c.decay, rate = c.lr / c.correction1, inverse_root = 1.0f / c.correction2_root;
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale;
        m[i] = c.beta1 * m[i] + (1.0f - c.beta1) * gradient;
        v[i] = c.beta2 * v[i] + (1.0f - c.beta2) * gradient * gradient;
        w[i] = w[i] * shrink - rate * m[i] / (std::sqrt(v[i]) * inverse_root + c.epsilon);
    }
}

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2, arXiv:1711.05101), bias-corrected moments.
class AdamW final : public Optimizer {
  public:
    AdamW(const AdamWConfig& config, ParameterBank& bank)
        : config_(config), bank_(bank), m_(torch::zeros_like(bank.weights())), v_(torch::zeros_like(bank.weights())) {}

    void step(const Update& update) override {
        const torch::NoGradGuard no_grad;
        if (bank_.weights().is_cpu()) on_cpu(update);
        else on_device(update);
    }

    std::vector<std::pair<std::string, torch::Tensor>> state() override { return {{"first_moment", m_}, {"second_moment", v_}}; }
    std::int64_t updates() const override { return updates_; }
    void set_updates(std::int64_t updates) override { updates_ = updates; }

  private:
    /// Of values whose updates began after `since` others.
    double correction(double beta, std::int64_t since) const { return 1.0 - std::pow(beta, static_cast<double>(std::max<std::int64_t>(updates_ - since, 1))); }

    void on_cpu(const Update& update) {
        if (!update.finite.item<bool>()) return;
        ++updates_;
        Coefficients c{static_cast<float>(update.lr),         static_cast<float>(config_.beta1),
                       static_cast<float>(config_.beta2),     static_cast<float>(config_.epsilon),
                       static_cast<float>(config_.weight_decay), 1.0f, 1.0f, update.gradient_scale.item<float>()};
        float *w = bank_.weights().data_ptr<float>(), *g = bank_.gradients().data_ptr<float>(), *m = m_.data_ptr<float>(), *v = v_.data_ptr<float>();
        const std::int64_t decayed = bank_.decayed();
        for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
            c.lr = static_cast<float>(update.lr * stretch.pace.rate);
            c.correction1 = static_cast<float>(correction(config_.beta1, stretch.pace.since));
            c.correction2_root = static_cast<float>(std::sqrt(correction(config_.beta2, stretch.pace.since)));
            over_flat(stretch.first, stretch.last, [=](std::int64_t first, std::int64_t last) {
                const std::int64_t cut = std::clamp(decayed, first, last);
                update_slice(w + first, g + first, m + first, v + first, cut - first, c);
                Coefficients plain = c;
                plain.decay = 0.0f;
                update_slice(w + cut, g + cut, m + cut, v + cut, last - cut, plain);
            });
        }
    }

    /// The same without waiting for the device: a gradient that is not finite changes nothing.
    void on_device(const Update& update) {
        ++updates_;
        for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
            const std::int64_t count = stretch.last - stretch.first, matrices = std::clamp<std::int64_t>(bank_.decayed() - stretch.first, 0, count);
            torch::Tensor weights = bank_.weights().narrow(0, stretch.first, count), first_moment = m_.narrow(0, stretch.first, count),
                          second_moment = v_.narrow(0, stretch.first, count);
            const double lr = update.lr * stretch.pace.rate;
            const torch::Tensor gradient = bank_.gradients().narrow(0, stretch.first, count) * update.gradient_scale;
            const torch::Tensor m = torch::lerp(first_moment, gradient, 1.0 - config_.beta1);
            const torch::Tensor v = torch::lerp(second_moment, gradient.square(), 1.0 - config_.beta2);
            torch::Tensor w = weights.clone();
            w.narrow(0, 0, matrices).mul_(1.0 - lr * config_.weight_decay);
            const torch::Tensor divisor = v.sqrt().div_(std::sqrt(correction(config_.beta2, stretch.pace.since))).add_(config_.epsilon);
            w.addcdiv_(m, divisor, -lr / correction(config_.beta1, stretch.pace.since));
            weights.copy_(torch::where(update.finite, w, weights));
            first_moment.copy_(torch::where(update.finite, m, first_moment));
            second_moment.copy_(torch::where(update.finite, v, second_moment));
        }
    }

    AdamWConfig config_;
    ParameterBank& bank_;
    torch::Tensor m_, v_;
    std::int64_t updates_ = 0;
};

}  // namespace

OptimizerKind adamw_kind() {
    auto kind = kind_of<OptimizerKind, AdamWConfig>(
        {.id = "adamw", .title = "AdamW", .summary = "Adam with decoupled weight decay.", .source = "Loshchilov and Hutter 2019, arXiv:1711.05101"},
        [](const AdamWConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> { return std::make_unique<AdamW>(config, bank); });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
