#include "eval/collapse.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "objective/contrastive.h"

// Shape letters: N pictures, D width of the features, S the smaller of both.
namespace gw {

namespace {

bool all_finite(const torch::Tensor& x) {
    return torch::isfinite(x).all().item<bool>();
}

}  // namespace

torch::Tensor in_full(const torch::Tensor& features_ND) {
    return features_ND.detach().to(torch::kCPU, torch::kFloat64);
}

double feature_std(const torch::Tensor& features_ND) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor units_ND = unit_rows(in_full(features_ND));
    const auto width = static_cast<double>(units_ND.size(1));
    const torch::Tensor deviation_D = (units_ND - units_ND.mean(0)).square().mean(0).sqrt();
    return deviation_D.mean().item<double>() * std::sqrt(width);
}

double effective_rank(const torch::Tensor& features_ND) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor x_ND = in_full(features_ND);
    // By the products of the shorter side, which take less time than the singular values themselves and lose only those
    // below 1e-8 of the largest.
    const torch::Tensor products_SS =
        x_ND.size(0) < x_ND.size(1) ? torch::matmul(x_ND, x_ND.t()) : torch::matmul(x_ND.t(), x_ND);
    const torch::Tensor singular_S = at::linalg_eigvalsh(products_SS).clamp_min(0).sqrt();
    const double sum = singular_S.sum().item<double>();
    if (sum == 0) return 0;
    const torch::Tensor shares_S = singular_S / sum;
    return std::exp(-torch::xlogy(shares_S, shares_S).sum().item<double>());
}

double alignment(const torch::Tensor& first_ND, const torch::Tensor& second_ND) {
    const torch::NoGradGuard no_grad;
    return (unit_rows(in_full(first_ND)) - unit_rows(in_full(second_ND))).square().sum(1).mean().item<double>();
}

double uniformity(const torch::Tensor& features_ND) {
    const torch::NoGradGuard no_grad;
    constexpr std::int64_t together = 256;  // rows whose distances to all others are held at once
    const torch::Tensor units_ND = unit_rows(in_full(features_ND));
    const std::int64_t pictures = units_ND.size(0);
    TORCH_CHECK(pictures > 1, "uniformity is one of pairs");
    const torch::Tensor squares_N = units_ND.square().sum(1);  // 1, or 0 of a row of zeros
    double sum = 0;
    for (std::int64_t at = 0; at < pictures; at += together) {
        const std::int64_t count = std::min(together, pictures - at);
        const torch::Tensor distances = squares_N.narrow(0, at, count).unsqueeze(1) + squares_N.unsqueeze(0) -
                                        2 * torch::matmul(units_ND.narrow(0, at, count), units_ND.t());
        torch::Tensor near = (distances.clamp_min(0) * -2).exp();
        near.diagonal(at).zero_();  // each picture's own
        sum += near.sum().item<double>();
    }
    const auto all = static_cast<double>(pictures);
    return std::log(sum / (all * (all - 1)));
}

double active_codes(const torch::Tensor& codes_NK) {
    const torch::NoGradGuard no_grad;
    constexpr double least_variance = 0.01;
    const torch::Tensor x_NK = in_full(codes_NK);
    return (x_NK - x_NK.mean(0)).square().mean(0).gt(least_variance).sum().item<double>();
}

std::map<std::string, double> collapse_meters(const torch::Tensor& features_ND, const torch::Tensor& second_ND) {
    if (!features_ND.defined() || features_ND.numel() == 0 || !all_finite(features_ND)) return {};
    std::map<std::string, double> out{{"feature_std", feature_std(features_ND)},
                                      {"effective_rank", effective_rank(features_ND)}};
    if (features_ND.size(0) > 1) out["uniformity"] = uniformity(features_ND);
    if (second_ND.defined() && all_finite(second_ND)) out["alignment"] = alignment(features_ND, second_ND);
    return out;
}

}  // namespace gw
