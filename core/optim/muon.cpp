#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_optimizer.h"
#include "optim/flat_sums.h"
#include "optim/moments.h"
#include "optim/newton_schulz.h"

namespace gw {

namespace {

struct MuonConfig {
    double lr = 1e-3, momentum = 0.95, beta1 = 0.9, beta2 = 0.95, epsilon = 1e-8, weight_decay = 0.1;

    static constexpr auto fields = std::tuple{
        schema::field<&MuonConfig::lr>(fields::lr),
        schema::field<&MuonConfig::momentum>(fields::momentum),
        schema::field<&MuonConfig::weight_decay>(fields::decoupled_decay),
        schema::field<&MuonConfig::beta1>(fields::beta1),
        schema::field<&MuonConfig::beta2>(fields::beta2),
        schema::field<&MuonConfig::epsilon>(fields::epsilon),
    };
};

/// Muon steps have the size that AdamW's usually have, so that both go by one rate (Liu et al. 2025, section 2.2).
constexpr double usual_size = 0.2;
/// Beside the norm of a matrix: one that has faded to nothing, as without gradients, makes no step.
constexpr double nothing = 1e-7;

/// A matrix of a block, as [its first axis, the rest]. Tables and heads are looked up and not multiplied through: their
/// directions are not alike. Names of blocks stand behind that of the backbone, and of its tower where it has two.
bool is_inner(const ParameterBank::Entry& entry) {
    const std::size_t at = entry.name.find("blocks.");
    return entry.shape.size() >= 2 && (at == 0 || (at != std::string::npos && entry.name[at - 1] == '.'));
}

/// Inside the network: m = mu m + (1 - mu) g, O = the nearest orthogonal matrix to (1 - mu) g + mu m by
/// newton_schulz(), w -= lr (0.2 sqrt(max(rows, columns)) O + decay w). Elsewhere AdamW. Source: see the kind's.
class Muon final : public FlatOptimizer {
  public:
    Muon(const MuonConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"first_moment", "second_moment"}, Walk::parameters), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const double shrink = rule.decays ? 1.0 - rule.lr * config_.weight_decay : 1.0;
        const auto count = static_cast<std::size_t>(values.count);
        float *const w = values.weights, *const m = values.state[0], *const v = values.state[1];
        const bool inner = is_inner(*rule.parameter);
        const double kept = inner ? config_.momentum : config_.beta1;
        const auto keep = static_cast<float>(kept), rest = static_cast<float>(1.0 - kept);
        for (std::size_t i = 0; i < count; ++i) m[i] = keep * m[i] + rest * values.gradients[i] * rule.gradient_scale;
        if (inner) {
            std::vector<float> towards(count);
            for (std::size_t i = 0; i < count; ++i)
                towards[i] = rest * values.gradients[i] * rule.gradient_scale + keep * m[i];
            const double size = orthogonalise(*rule.parameter, towards);
            const auto rate = static_cast<float>(rule.lr * size);
            for (std::size_t i = 0; i < count; ++i) w[i] = w[i] * static_cast<float>(shrink) - rate * towards[i];
            return;
        }
        const auto made = static_cast<double>(rule.updates);
        const auto rate = static_cast<float>(rule.lr / (1.0 - std::pow(config_.beta1, made))),
                   inverse_root = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(config_.beta2, made))),
                   fade = static_cast<float>(config_.beta2), faded = static_cast<float>(1.0 - config_.beta2),
                   epsilon = static_cast<float>(config_.epsilon);
        for (std::size_t i = 0; i < count; ++i) {
            const float gradient = values.gradients[i] * rule.gradient_scale;
            v[i] = fade * v[i] + faded * gradient * gradient;
            w[i] = w[i] * static_cast<float>(shrink) - rate * m[i] / (std::sqrt(v[i]) * inverse_root + epsilon);
        }
    }

    /// Rows and columns of a parameter, and the size of its steps.
    struct Form {
        std::int64_t rows, columns;
        double size;
    };
    static Form form_of(const ParameterBank::Entry& entry) {
        const std::int64_t rows = entry.shape.front(), columns = entry.size / rows;
        return {rows, columns, usual_size * std::sqrt(static_cast<double>(std::max(rows, columns)))};
    }

    /// Gives the size of the step.
    double orthogonalise(const ParameterBank::Entry& entry, std::vector<float>& matrix) const {
        const Form form = form_of(entry);
        const double norm = std::sqrt(sum_of_squares(matrix.data(), entry.size));
        const auto inverse = static_cast<float>(1.0 / (norm + nothing));
        for (float& x : matrix) x *= inverse;
        if (form.rows <= form.columns) {
            newton_schulz(form.rows, form.columns, matrix.data());
            return form.size;
        }
        std::vector<float> turned(matrix.size());
        const auto turn = [](const std::vector<float>& from, std::int64_t rows, std::int64_t columns,
                             std::vector<float>& to) {
            for (std::int64_t i = 0; i < rows; ++i)
                for (std::int64_t j = 0; j < columns; ++j)
                    to[static_cast<std::size_t>(j * rows + i)] = from[static_cast<std::size_t>(i * columns + j)];
        };
        turn(matrix, form.rows, form.columns, turned);
        newton_schulz(form.columns, form.rows, turned.data());
        turn(turned, form.columns, form.rows, matrix);
        return form.size;
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &m = values.state[0], &v = values.state[1];
        const torch::Tensor rate = rule.go * rule.lr;
        if (rule.decays) w.mul_(1.0 - rate * config_.weight_decay);
        if (is_inner(*rule.parameter)) {
            const Form form = form_of(*rule.parameter);
            m.lerp_(g, rule.go * (1.0 - config_.momentum));
            const torch::Tensor towards = torch::lerp(g, m, config_.momentum).view({form.rows, form.columns}),
                                unit = towards / (towards.norm() + nothing);
            const torch::Tensor turned = form.rows <= form.columns ? newton_schulz(unit) : newton_schulz(unit.t()).t();
            w.addcmul_(turned.reshape({-1}), rate * form.size, -1.0);
            return;
        }
        Moments{config_.beta1, config_.beta2, config_.epsilon}.direct(g, m, v, rule.updates, rule.go);
        w.addcmul_(g, (rate / (1.0 - torch::pow(config_.beta1, rule.updates))).to(torch::kFloat32), -1.0);
    }

    MuonConfig config_;
};

}  // namespace

OptimizerKind muon_kind() {
    auto kind = kind_of<OptimizerKind, MuonConfig>(
        {.id = "muon",
         .title = "Muon",
         .summary = "Steps of the same size in every direction of a matrix, for the matrices inside the network; AdamW "
                    "for the rest.",
         .source = "Jordan et al. 2024, kellerjordan.github.io/posts/muon; scale: Liu et al. 2025, arXiv:2502.16982"},
        [](const MuonConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Muon>(config, bank);
        });
    kind.state_tensors = 2;
    return kind;
}

}  // namespace gw
