#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "optim/catalog.h"
#include "optim/fields.h"
#include "optim/flat_optimizer.h"
#include "optim/flat_sums.h"

// R rows and C columns of a matrix.
namespace gw {

namespace {

struct AdafactorConfig {
    double lr = 1e-2, decay = 0.8, clip = 1.0, weight_decay = 0.0;
    bool by_size = true;

    static constexpr auto fields = std::tuple{
        schema::field<&AdafactorConfig::lr>(fields::lr),
        schema::field<&AdafactorConfig::weight_decay>(fields::decoupled_decay),
        schema::field<&AdafactorConfig::by_size>(
            {.key = "by_size",
             .label = "Steps by the weights' size",
             .help = "The rate counts in root mean squares of each weight itself, so that one rate suits all."}),
        schema::field<&AdafactorConfig::decay>(
            {.key = "decay",
             .label = "Decay",
             .help = "The mean of squared gradients at step t is kept by 1 - t to minus this.",
             .min = 0.1,
             .max = 1,
             .audience = schema::Audience::expert}),
        schema::field<&AdafactorConfig::clip>({.key = "update_clip",
                                               .label = "Longest update",
                                               .help = "Root mean square that an update has at most, before the rate.",
                                               .min = 0.01,
                                               .max = 100,
                                               .audience = schema::Audience::expert}),
    };
};

constexpr double least_square = 1e-30;  ///< added to squared gradients; the paper's first epsilon
constexpr double least_size = 1e-3;     ///< of weights that begin at nothing; its second

/// Rows and columns of what is factored, [its first axis, the rest]; none of vectors, and of what has one of either.
std::pair<std::int64_t, std::int64_t> factors_of(const ParameterBank::Entry& entry) {
    if (entry.shape.size() < 2 || entry.shape.front() < 2 || entry.size == entry.shape.front()) return {0, 0};
    return {entry.shape.front(), entry.size / entry.shape.front()};
}

/// Squared gradients of a matrix are kept as the means of its rows and of its columns, v_RC = row_R column_C /
/// mean(row), of everything else as they are; u = g / sqrt(v), cut to a root mean square of `update_clip`; w -= lr
/// max(0.001, rms(w)) u (Shazeer and Stern 2018, algorithms 4 and 5, arXiv:1804.04235). The means stand at the
/// beginning of the state: first those of the rows, then those of the columns.
class Adafactor final : public FlatOptimizer {
  public:
    Adafactor(const AdafactorConfig& config, ParameterBank& bank)
        : FlatOptimizer(bank, {"squares"}, Walk::parameters), config_(config) {}

  private:
    void update_values(const Values& values, const Rule& rule) const override {
        const auto count = static_cast<std::size_t>(values.count);
        const double fresh = std::pow(static_cast<double>(rule.updates), -config_.decay);
        float *const w = values.weights, *const kept = values.state[0];
        std::vector<float> u(count);
        const auto gradient = [&](std::size_t i) {
            return static_cast<double>(values.gradients[i]) * rule.gradient_scale;
        };
        const auto [rows, columns] = factors_of(*rule.parameter);
        if (rows == 0) {
            for (std::size_t i = 0; i < count; ++i) {
                const double square = gradient(i) * gradient(i) + least_square;
                kept[i] = static_cast<float>(kept[i] + fresh * (square - kept[i]));
                u[i] = static_cast<float>(gradient(i) / std::sqrt(static_cast<double>(kept[i])));
            }
        } else {
            const auto R = static_cast<std::size_t>(rows), C = static_cast<std::size_t>(columns);
            std::vector<double> of_rows(R), of_columns(C);
            for (std::size_t r = 0; r < R; ++r)
                for (std::size_t c = 0; c < C; ++c) {
                    const double square = gradient(r * C + c) * gradient(r * C + c) + least_square;
                    of_rows[r] += square / static_cast<double>(C);
                    of_columns[c] += square / static_cast<double>(R);
                }
            double mean = 0;
            for (std::size_t r = 0; r < R; ++r) {
                kept[r] = static_cast<float>(kept[r] + fresh * (of_rows[r] - kept[r]));
                mean += static_cast<double>(kept[r]) / static_cast<double>(R);
            }
            for (std::size_t c = 0; c < C; ++c)
                kept[R + c] = static_cast<float>(kept[R + c] + fresh * (of_columns[c] - kept[R + c]));
            for (std::size_t r = 0; r < R; ++r)
                for (std::size_t c = 0; c < C; ++c) {
                    const double square = static_cast<double>(kept[r]) / mean * static_cast<double>(kept[R + c]);
                    u[r * C + c] = static_cast<float>(gradient(r * C + c) / std::sqrt(std::max(square, least_square)));
                }
        }
        const auto rms = [&](const float* of) {
            return std::sqrt(sum_of_squares(of, values.count) / static_cast<double>(values.count));
        };
        double rate = rule.lr / std::max(1.0, rms(u.data()) / config_.clip);
        if (config_.by_size) rate *= std::max(least_size, rms(w));
        const double shrink = rule.decays ? 1.0 - rule.lr * config_.weight_decay : 1.0;
        for (std::size_t i = 0; i < count; ++i)
            w[i] = static_cast<float>(static_cast<double>(w[i]) * shrink - rate * static_cast<double>(u[i]));
    }

    void update_tensors(Tensors values, const TensorRule& rule) const override {
        torch::Tensor &w = values.weights, &g = values.gradients, &kept = values.state[0];
        const torch::Tensor fresh = (rule.go * torch::pow(rule.updates, -config_.decay)).to(torch::kFloat32);
        const auto [rows, columns] = factors_of(*rule.parameter);
        torch::Tensor u;
        if (rows == 0) {
            kept.lerp_(g.square() + least_square, fresh);
            u = g / kept.sqrt();
        } else {
            const torch::Tensor g_RC = g.view({rows, columns}), squares_RC = g_RC.square() + least_square;
            torch::Tensor of_rows = kept.narrow(0, 0, rows), of_columns = kept.narrow(0, rows, columns);
            of_rows.lerp_(squares_RC.mean(1), fresh);
            of_columns.lerp_(squares_RC.mean(0), fresh);
            const torch::Tensor v_RC = (of_rows / of_rows.mean()).unsqueeze(1) * of_columns.unsqueeze(0);
            u = (g_RC / v_RC.clamp_min(least_square).sqrt()).flatten();
        }
        // Where nothing may change the state may be nothing yet, which would make 0 / 0 of it.
        u = torch::where(rule.go > 0, u, torch::zeros_like(u));
        const auto rms = [](const torch::Tensor& of) { return of.square().mean().sqrt(); };
        torch::Tensor rate = rule.go * rule.lr / (rms(u) / config_.clip).clamp_min(1.0);
        if (config_.by_size) rate = rate * rms(w).clamp_min(least_size);
        if (rule.decays) w.mul_(1.0 - rule.go * (rule.lr * config_.weight_decay));
        w.addcmul_(u, rate, -1.0);
    }

    AdafactorConfig config_;
};

}  // namespace

OptimizerKind adafactor_kind() {
    auto kind = kind_of<OptimizerKind, AdafactorConfig>(
        {.id = "adafactor",
         .title = "Adafactor",
         .summary =
             "Steps by the size of the weights, against means of squared gradients by row and column; takes as much "
             "memory as RMSprop here.",
         .source = "Shazeer and Stern 2018, arXiv:1804.04235"},
        [](const AdafactorConfig& config, ParameterBank& bank) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Adafactor>(config, bank);
        });
    kind.state_tensors = 1;
    return kind;
}

}  // namespace gw
