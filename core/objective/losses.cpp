#include "objective/losses.h"

#include <torch/types.h>

#include <limits>
#include <numbers>

namespace gw {

namespace {

torch::Tensor wide(const torch::Tensor& x) {
    return x.scalar_type() == torch::kFloat64 ? x : x.to(torch::kFloat32);
}

torch::Tensor at_targets(const torch::Tensor& x_NC, const torch::Tensor& targets_N) {
    return x_NC.gather(1, targets_N.unsqueeze(1)).squeeze(1);
}

torch::Tensor weighted(const torch::Tensor& rows_N, const torch::Tensor& targets_N, const torch::Tensor& weights_C) {
    return weights_C.defined() ? rows_N * weights_C.to(rows_N.scalar_type()).index_select(0, targets_N) : rows_N;
}

torch::Tensor weighted_positives(const torch::Tensor& terms_NC, const torch::Tensor& sets_NC,
                                 const torch::Tensor& positive_C) {
    return positive_C.defined() ? terms_NC * (1.0 + sets_NC * (positive_C.to(terms_NC.scalar_type()) - 1.0)) : terms_NC;
}

/// log p of what is true, for each class on its own.
torch::Tensor log_true(const torch::Tensor& logits_NC, const torch::Tensor& sets_NC) {
    return torch::log_sigmoid(logits_NC * (2.0 * sets_NC - 1.0));
}

}  // namespace

torch::Tensor cross_entropy_rows(const torch::Tensor& logits_NC, const torch::Tensor& targets_N,
                                 const torch::Tensor& weights_C, double smoothing) {
    const torch::Tensor log_p = torch::log_softmax(wide(logits_NC), -1);
    torch::Tensor rows = -at_targets(log_p, targets_N);
    if (smoothing > 0) rows = (1.0 - smoothing) * rows - smoothing * log_p.mean(-1);
    return weighted(rows, targets_N, weights_C);
}

torch::Tensor focal_rows(const torch::Tensor& logits_NC, const torch::Tensor& targets_N, const torch::Tensor& weights_C,
                         double gamma) {
    const torch::Tensor log_p = at_targets(torch::log_softmax(wide(logits_NC), -1), targets_N);
    // 1 - p by expm1, since for p near 1 the difference would be rounded away; the floor keeps the power's slope
    // finite.
    const torch::Tensor miss = (-torch::expm1(log_p)).clamp_min(1e-12);
    return weighted(-miss.pow(gamma) * log_p, targets_N, weights_C);
}

torch::Tensor hinge_rows(const torch::Tensor& scores_NC, const torch::Tensor& targets_N,
                         const torch::Tensor& weights_C) {
    const torch::Tensor scores = wide(scores_NC);
    const torch::Tensor others = scores.scatter(1, targets_N.unsqueeze(1), -std::numeric_limits<float>::infinity());
    return weighted((1.0 - at_targets(scores, targets_N) + others.amax(1)).clamp_min(0.0), targets_N, weights_C);
}

torch::Tensor binary_rows(const torch::Tensor& logits_NC, const torch::Tensor& sets_NC,
                          const torch::Tensor& positive_C) {
    return weighted_positives(-log_true(wide(logits_NC), sets_NC), sets_NC, positive_C).sum(-1);
}

torch::Tensor binary_focal_rows(const torch::Tensor& logits_NC, const torch::Tensor& sets_NC,
                                const torch::Tensor& positive_C, double gamma) {
    const torch::Tensor log_p = log_true(wide(logits_NC), sets_NC);
    return weighted_positives(-(-torch::expm1(log_p)).clamp_min(1e-12).pow(gamma) * log_p, sets_NC, positive_C).sum(-1);
}

torch::Tensor squared_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N) {
    return (wide(values_N) - targets_N).square();
}

torch::Tensor absolute_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N) {
    return (wide(values_N) - targets_N).abs();
}

torch::Tensor huber_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N, double delta) {
    const torch::Tensor gap = absolute_rows(values_N, targets_N);
    return torch::where(gap <= delta, 0.5 * gap.square(), delta * (gap - 0.5 * delta));
}

torch::Tensor log_cosh_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N) {
    // cosh itself overflows at 89.
    const torch::Tensor gap = absolute_rows(values_N, targets_N);
    return gap + at::softplus(-2.0 * gap) - std::numbers::ln2;
}

torch::Tensor quantile_rows(const torch::Tensor& values_N, const torch::Tensor& targets_N, double quantile) {
    const torch::Tensor below = targets_N - wide(values_N);
    return at::maximum(quantile * below, (quantile - 1.0) * below);
}

torch::Tensor number_rows(const std::string& loss, const torch::Tensor& values_N, const torch::Tensor& targets_N,
                          double delta, double quantile) {
    if (loss == "absolute") return absolute_rows(values_N, targets_N);
    if (loss == "huber") return huber_rows(values_N, targets_N, delta);
    if (loss == "log_cosh") return log_cosh_rows(values_N, targets_N);
    if (loss == "quantile") return quantile_rows(values_N, targets_N, quantile);
    return squared_rows(values_N, targets_N);
}

torch::Tensor mixed_rows(const torch::Tensor& own_N, const torch::Tensor& partner_N, const torch::Tensor& shares_N) {
    const torch::Tensor shares = shares_N.to(own_N.scalar_type());
    return shares * own_N + (1.0 - shares) * partner_N;
}

}  // namespace gw
