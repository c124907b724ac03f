#include <torch/types.h>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_loop.h"
#include "optim/flat_optimizer.h"

namespace gw {

namespace {

struct SampleSignumConfig {
    double lr = 0.001, momentum = 0.9;

    static constexpr auto fields = std::tuple{
        schema::field<&SampleSignumConfig::lr>(fields::lr),
        schema::field<&SampleSignumConfig::momentum>(fields::momentum),
    };
};

struct SampleSignumCoefficients {
    float lr, momentum, scale;
};

GW_WIDE void update_slice(float* __restrict w, const float* __restrict g, float* __restrict m, std::int64_t count,
                          SampleSignumCoefficients c) {
    for (std::int64_t i = 0; i < count; ++i) {
        m[i] = c.momentum * m[i] + (1.0f - c.momentum) * g[i] * c.scale;
        w[i] -= m[i] > 0 ? c.lr : m[i] < 0 ? -c.lr : 0.0f;
    }
}

/// m = b m + (1 - b) g; w -= lr sign(m).
class SampleSignum final : public FlatOptimizer {
  public:
    SampleSignum(const SampleSignumConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"momentum"}), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const SampleSignumCoefficients c{.lr = static_cast<float>(rule.lr),
                                         .momentum = static_cast<float>(config_.momentum),
                                         .scale = rule.gradient_scale};
        update_slice(values.weights, values.gradients, values.state[0], values.count, c);
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor& m = values.state[0];
        m.lerp_(values.gradients, rule.go * (1.0 - config_.momentum));
        values.weights.addcmul_(m.sign(), rule.go * rule.lr, -1.0);
    }

    SampleSignumConfig config_;
};

}  // namespace

OptimizerKind sample_signum_kind() {
    auto kind = kind_of<OptimizerKind, SampleSignumConfig>(
        {.id = "sample_signum",
         .title = "Signum",
         .summary = "Steps by the sign of the running mean of gradients.",
         .source = "Bernstein et al. 2018, arXiv:1802.04434"},
        [](const SampleSignumConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<SampleSignum>(config, bank);
        });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
