#include <torch/torch.h>

#include "optim/catalog.h"
#include "optim/flat_loop.h"

namespace gw {

namespace {

struct SgdConfig {
    double lr = 0.1, momentum = 0.9, weight_decay = 0.0;
    bool nesterov = false;

    static constexpr auto fields = std::tuple{
        schema::field<&SgdConfig::lr>({.key = "lr", .label = "Learning rate", .help = "Peak step size, before the schedule scales it.", .min = 0,
                                       .max = 1000, .scale = schema::Scale::log, .was = "learning_rate"}),
        schema::field<&SgdConfig::momentum>({.key = "momentum", .label = "Momentum", .help = "Share of the last step that is kept.", .min = 0,
                                             .max = 0.9999}),
        schema::field<&SgdConfig::nesterov>({.key = "nesterov", .label = "Nesterov", .help = "Look ahead along the momentum before each step."}),
        schema::field<&SgdConfig::weight_decay>({.key = "weight_decay", .label = "Weight decay", .help = "Shrinkage added to the gradient; matrices only.",
                                                 .min = 0, .max = 10}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (nesterov && momentum == 0.0) out.push_back({at + ".nesterov", "needs a momentum above 0"});
    }
};

struct Coefficients {
    float lr, momentum, decay, scale;
    bool nesterov;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict velocity, std::int64_t count, Coefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * c.scale + c.decay * w[i];
        velocity[i] = c.momentum * velocity[i] + gradient;
        w[i] -= c.lr * (c.nesterov ? gradient + c.momentum * velocity[i] : velocity[i]);
    }
}

/// Stochastic gradient descent: v = momentum v + g; w -= lr v, or with Nesterov's look-ahead w -= lr (g + momentum v)
/// (Sutskever et al. 2013, section 2, in the form of Bengio et al. 2013).
class Sgd final : public Optimizer {
  public:
    Sgd(const SgdConfig& config, ParameterBank& bank) : config_(config), bank_(bank), velocity_(torch::zeros_like(bank.weights())) {}

    void step(const Update& update) override {
        const torch::NoGradGuard no_grad;
        ++updates_;
        if (bank_.weights().is_cpu()) on_cpu(update);
        else on_device(update);
    }

    std::vector<std::pair<std::string, torch::Tensor>> state() override { return {{"velocity", velocity_}}; }
    std::int64_t updates() const override { return updates_; }
    void set_updates(std::int64_t updates) override { updates_ = updates; }

  private:
    void on_cpu(const Update& update) {
        if (!update.finite.item<bool>()) return;
        Coefficients c{static_cast<float>(update.lr), static_cast<float>(config_.momentum), static_cast<float>(config_.weight_decay),
                             update.gradient_scale.item<float>(), config_.nesterov};
        float *w = bank_.weights().data_ptr<float>(), *g = bank_.gradients().data_ptr<float>(), *velocity = velocity_.data_ptr<float>();
        const std::int64_t decayed = bank_.decayed();
        for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
            c.lr = static_cast<float>(update.lr * stretch.pace.rate);
            over_flat(stretch.first, stretch.last, [=](std::int64_t first, std::int64_t last) {
                const std::int64_t cut = std::clamp(decayed, first, last);
                update_slice(w + first, g + first, velocity + first, cut - first, c);
                Coefficients plain = c;
                plain.decay = 0.0f;
                update_slice(w + cut, g + cut, velocity + cut, last - cut, plain);
            });
        }
    }

    void on_device(const Update& update) {
        for (const ParameterBank::Stretch& stretch : bank_.stretches()) {
            const std::int64_t count = stretch.last - stretch.first, matrices = std::clamp<std::int64_t>(bank_.decayed() - stretch.first, 0, count);
            torch::Tensor weights = bank_.weights().narrow(0, stretch.first, count), kept_velocity = velocity_.narrow(0, stretch.first, count);
            torch::Tensor gradient = bank_.gradients().narrow(0, stretch.first, count) * update.gradient_scale;
            gradient.narrow(0, 0, matrices).add_(weights.narrow(0, 0, matrices), config_.weight_decay);
            const torch::Tensor velocity = kept_velocity * config_.momentum + gradient;
            const torch::Tensor direction = config_.nesterov ? gradient + velocity * config_.momentum : velocity;
            weights.copy_(torch::where(update.finite, weights - direction * (update.lr * stretch.pace.rate), weights));
            kept_velocity.copy_(torch::where(update.finite, velocity, kept_velocity));
        }
    }

    SgdConfig config_;
    ParameterBank& bank_;
    torch::Tensor velocity_;
    std::int64_t updates_ = 0;
};

}  // namespace

OptimizerKind sgd_kind() {
    auto kind = kind_of<OptimizerKind, SgdConfig>(
        {.id = "sgd", .title = "SGD", .summary = "Stochastic gradient descent with momentum, plain or Nesterov's.",
         .source = "Sutskever et al. 2013, proceedings.mlr.press/v28/sutskever13"},
        [](const SgdConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> { return std::make_unique<Sgd>(config, bank); });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
