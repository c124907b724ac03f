#include "eval/frechet.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "eval/collapse.h"

namespace gw {

namespace {

torch::Tensor covariance(const torch::Tensor& x_ND) {
    const torch::Tensor off_ND = x_ND - x_ND.mean(0);
    return torch::matmul(off_ND.t(), off_ND) / static_cast<double>(x_ND.size(0));
}

/// Distance of each row to its neighbour of this rank among its like, [N].
torch::Tensor reach_of(const torch::Tensor& x_ND, std::int64_t rank) {
    const torch::Tensor distances_NN = at::cdist(x_ND, x_ND);
    return std::get<0>(distances_NN.kthvalue(rank + 1, 1));  // the nearest is the row itself
}

/// Share of `these` within reach of one of `those`.
double share_within(const torch::Tensor& these_ND, const torch::Tensor& those_MD, const torch::Tensor& reach_M) {
    return at::cdist(these_ND, those_MD).le(reach_M.unsqueeze(0)).any(1).to(torch::kFloat64).mean().item<double>();
}

}  // namespace

double frechet_distance(const torch::Tensor& first_ND, const torch::Tensor& second_MD) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor x = in_full(first_ND), y = in_full(second_MD);
    const torch::Tensor first_DD = covariance(x), second_DD = covariance(y);
    // (C1 C2)^(1/2) has the trace of (C1^(1/2) C2 C1^(1/2))^(1/2), whose eigenvalues are those of a symmetric matrix.
    const auto [values_D, vectors_DD] = at::linalg_eigh(first_DD);
    const torch::Tensor root_DD = torch::matmul(vectors_DD * values_D.clamp_min(0).sqrt().unsqueeze(0), vectors_DD.t());
    const torch::Tensor both_DD = torch::matmul(torch::matmul(root_DD, second_DD), root_DD);
    const double shared = at::linalg_eigvalsh(both_DD).clamp_min(0).sqrt().sum().item<double>();
    const double apart = (x.mean(0) - y.mean(0)).square().sum().item<double>();
    return std::max(0.0, apart + first_DD.trace().item<double>() + second_DD.trace().item<double>() - 2 * shared);
}

Reach reach(const torch::Tensor& real_ND, const torch::Tensor& drawn_MD) {
    const torch::NoGradGuard no_grad;
    constexpr std::int64_t rank = 3;
    TORCH_CHECK(real_ND.size(0) > rank && drawn_MD.size(0) > rank, "too few rows for three neighbours each");
    const torch::Tensor real = in_full(real_ND), drawn = in_full(drawn_MD);
    return {share_within(drawn, real, reach_of(real, rank)), share_within(real, drawn, reach_of(drawn, rank))};
}

double spread_beside(const torch::Tensor& features_ND, const torch::Tensor& others_MD) {
    const torch::NoGradGuard no_grad;
    const auto variance = [](const torch::Tensor& x_ND) {
        return (x_ND - x_ND.mean(0)).square().mean(0).sum().item<double>();
    };
    return variance(in_full(features_ND)) / variance(in_full(others_MD));
}

ModeReach mode_reach(const torch::Tensor& real_ND, const torch::Tensor& classes_N, std::int64_t classes,
                     const torch::Tensor& drawn_MD) {
    const torch::Tensor real = real_ND.to(torch::kCPU, torch::kFloat64),
                        drawn = drawn_MD.to(torch::kCPU, torch::kFloat64);
    const torch::Tensor of = classes_N.to(torch::kCPU);
    constexpr double least_share = 0.1;
    const double near = 3 * std::max(1.0, std::sqrt(static_cast<double>(real.size(1)) / 2));
    std::vector<torch::Tensor> reaches;  // of each class, [M]: how many of its deviations away
    std::vector<double> shares;
    for (std::int64_t c = 0; c < classes; ++c) {
        const torch::Tensor rows = real.index({of.eq(c)});
        if (rows.size(0) < 2) continue;
        const torch::Tensor middle = rows.mean(0, /*keepdim=*/true);
        const double deviation = (rows - middle).square().mean().sqrt().item<double>();
        if (!(deviation > 0)) continue;
        reaches.push_back((drawn - middle).square().sum(1).sqrt() / deviation);
        shares.push_back(static_cast<double>(rows.size(0)) / static_cast<double>(real.size(0)));
    }
    ModeReach out;
    if (reaches.empty() || drawn.size(0) == 0) return out;
    const auto [least_M, nearest_M] = torch::stack(reaches, 1).min(1);
    const torch::Tensor is_near_M = least_M.le(near);
    const auto all = static_cast<double>(drawn.size(0));
    out.near = static_cast<double>(is_near_M.sum().item<std::int64_t>()) / all;
    for (std::size_t c = 0; c < shares.size(); ++c) {
        const auto here = nearest_M.eq(static_cast<std::int64_t>(c)).logical_and(is_near_M).sum().item<std::int64_t>();
        if (static_cast<double>(here) / all >= least_share * shares[c]) ++out.drawn;
    }
    return out;
}

torch::Tensor from_afar(const torch::Tensor& bytes_BCHW) {
    constexpr std::int64_t fields = 8;
    const torch::Tensor x_BCHW = bytes_BCHW.to(torch::kCPU, torch::kFloat32) / 255.0;
    return at::adaptive_avg_pool2d(x_BCHW, {std::min(fields, x_BCHW.size(2)), std::min(fields, x_BCHW.size(3))})
        .flatten(1);
}

}  // namespace gw
