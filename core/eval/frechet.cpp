#include "eval/frechet.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

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

torch::Tensor from_afar(const torch::Tensor& bytes_BCHW) {
    constexpr std::int64_t fields = 8;
    const torch::Tensor x_BCHW = bytes_BCHW.to(torch::kCPU, torch::kFloat32) / 255.0;
    return at::adaptive_avg_pool2d(x_BCHW, {std::min(fields, x_BCHW.size(2)), std::min(fields, x_BCHW.size(3))})
        .flatten(1);
}

}  // namespace gw
