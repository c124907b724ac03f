#include "eval/probes.h"

#include <torch/nn/functional/loss.h>
#include <torch/optim/lbfgs.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <numbers>

#include "objective/contrastive.h"

namespace gw {

namespace {

torch::Tensor class_tensor(const FeatureSet& set) {
    return torch::tensor(std::vector<std::int64_t>(set.classes.begin(), set.classes.end()), torch::kInt64);
}

Predictions said(const torch::Tensor& scores_NC, const FeatureSet& test, LabelKind kind,
                 const std::vector<std::string>& classes) {
    Predictions out{kind, classes, scores_NC.size(1), {}, {}, {}, test.documents};
    const torch::Tensor flat = scores_NC.to(torch::kFloat32).contiguous();
    out.scores.assign(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
    for (std::size_t i = 0; i < test.documents.size(); ++i) {
        out.truth.push_back(kind == LabelKind::number ? std::vector<std::int32_t>() : std::vector{test.classes[i]});
        out.values.push_back(kind == LabelKind::number ? test.values[i] : 0);
    }
    return out;
}

/// Shift and scale of each feature by the training examples.
struct Standard {
    torch::Tensor mean, deviation;
    explicit Standard(const torch::Tensor& x_ND)
        : mean(x_ND.mean(0)), deviation(x_ND.std(0, /*unbiased=*/false).clamp_min(1e-6)) {}
    torch::Tensor operator()(const torch::Tensor& x_ND) const { return (x_ND - mean) / deviation; }
};

torch::Tensor ridge(const torch::Tensor& x, const torch::Tensor& y, const torch::Tensor& to, double l2) {
    const double rows = static_cast<double>(x.size(0));
    const torch::Tensor gram = x.t().matmul(x) / rows + l2 * torch::eye(x.size(1), x.options());
    const double mean = y.mean().item<double>();
    const torch::Tensor w = torch::linalg_solve(gram, x.t().matmul(y - mean) / rows);
    return (to.matmul(w) + mean).unsqueeze(1);
}

torch::Tensor logistic(const torch::Tensor& x, const torch::Tensor& y, const torch::Tensor& to, std::int64_t classes,
                       double l2) {
    torch::Tensor w = torch::zeros({x.size(1), classes}, x.options().requires_grad(true)),
                  b = torch::zeros({classes}, x.options().requires_grad(true));
    constexpr int iterations = 200, history = 10;
    torch::optim::LBFGS lbfgs({w, b}, torch::optim::LBFGSOptions(1)
                                          .max_iter(iterations)
                                          .history_size(history)
                                          .tolerance_grad(1e-6)
                                          .line_search_fn("strong_wolfe"));
    const torch::AutoGradMode with_gradients(true);
    lbfgs.step([&] {
        lbfgs.zero_grad();
        torch::Tensor loss = torch::nn::functional::cross_entropy(x.matmul(w) + b, y) + 0.5 * l2 * w.square().sum();
        loss.backward();
        return loss;
    });
    return torch::softmax((to.matmul(w) + b).detach(), -1);
}

/// Evidence of one column of labels, a row: the fixed point of the two precisions in the basis of the features'
/// singular vectors.
double evidence(const torch::Tensor& u_NK, const torch::Tensor& squares_K, const torch::Tensor& y_N) {
    const double rows = static_cast<double>(y_N.size(0)), rank = static_cast<double>(squares_K.size(0));
    const torch::Tensor along = u_NK.t().matmul(y_N).square();
    const double outside = std::max(0.0, y_N.square().sum().item<double>() - along.sum().item<double>());
    double alpha = 1, beta = 1, best = 0;
    constexpr int most_rounds = 100;
    constexpr double tiny = 1e-10, still = 1e-5;
    for (int round = 0; round < most_rounds; ++round) {
        const double ratio = alpha / beta;
        const double weights = (squares_K * along / (squares_K + ratio).square()).sum().item<double>();
        const double residual = (along / (1.0 + squares_K / ratio).square()).sum().item<double>() + outside;
        const double effective = (squares_K / (squares_K + ratio)).sum().item<double>();
        best = 0.5 * (rank * std::log(alpha) + rows * std::log(beta) -
                      torch::log(alpha + beta * squares_K).sum().item<double>() - beta * residual - alpha * weights -
                      rows * std::log(2 * std::numbers::pi));
        alpha = effective / (weights + tiny);
        beta = (rows - effective) / (residual + tiny);
        if (std::abs(alpha / beta - ratio) <= still * ratio) break;
    }
    return best / rows;
}

}  // namespace

Predictions knn_probe(const FeatureSet& train, const FeatureSet& test, LabelKind kind,
                      const std::vector<std::string>& classes, std::int64_t k) {
    const torch::NoGradGuard no_grad;
    constexpr double temperature = 0.07;
    constexpr std::int64_t block = 512;
    const torch::Tensor keys = unit_rows(train.features_ND).t();
    k = std::min<std::int64_t>(k, train.features_ND.size(0));
    const torch::Tensor labels =
        kind == LabelKind::number ? torch::tensor(train.values).to(torch::kFloat32) : class_tensor(train);
    std::vector<torch::Tensor> parts;
    for (std::int64_t first = 0; first < test.features_ND.size(0); first += block) {
        const torch::Tensor queries =
            unit_rows(test.features_ND.narrow(0, first, std::min(block, test.features_ND.size(0) - first)));
        const auto [near, at] = queries.matmul(keys).topk(k, 1);
        const torch::Tensor theirs = labels.index_select(0, at.flatten()).view(at.sizes());
        if (kind == LabelKind::number) {
            parts.push_back(theirs.mean(1, true));
            continue;
        }
        torch::Tensor votes = torch::zeros({queries.size(0), static_cast<std::int64_t>(classes.size())});
        votes.scatter_add_(1, theirs, torch::exp((near - near.amax(1, true)) / temperature));
        parts.push_back(votes / votes.sum(1, true));
    }
    return said(torch::cat(parts), test, kind, classes);
}

Predictions linear_probe(const FeatureSet& train, const FeatureSet& test, LabelKind kind,
                         const std::vector<std::string>& classes, double l2) {
    const Standard standard(train.features_ND.to(torch::kFloat64));
    const torch::Tensor x = standard(train.features_ND.to(torch::kFloat64)),
                        to = standard(test.features_ND.to(torch::kFloat64));
    if (kind == LabelKind::number)
        return said(ridge(x, torch::tensor(train.values).to(torch::kFloat64), to, l2), test, kind, classes);
    return said(logistic(x, class_tensor(train), to, static_cast<std::int64_t>(classes.size()), l2), test, kind,
                classes);
}

double log_maximum_evidence(const FeatureSet& set, LabelKind kind, std::int64_t classes) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor x = set.features_ND.to(torch::kFloat64);
    const auto [u, s, v] = torch::linalg_svd(x, /*full_matrices=*/false);
    const torch::Tensor squares = s.square();
    if (kind == LabelKind::number) return evidence(u, squares, torch::tensor(set.values).to(torch::kFloat64));
    const torch::Tensor labels = class_tensor(set);
    double sum = 0;
    for (std::int64_t c = 0; c < classes; ++c) sum += evidence(u, squares, labels.eq(c).to(torch::kFloat64));
    return sum / static_cast<double>(classes);
}

}  // namespace gw
