#include "study/independent.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <numeric>

// N rows, D width of the features, K components.
namespace gw {

namespace {

/// Rows of length 1 at right angles, as near to `w` as can be: (W W^T)^(-1/2) W.
torch::Tensor orthogonal(const torch::Tensor& w_KK) {
    const auto [u, s, v] = torch::linalg_svd(w_KK, /*full_matrices=*/false);
    return u.mm(v);
}

/// Of the standard normal distribution, E ln cosh: by it the distance of a component from a bell curve is told
/// (Hyvarinen 1998, "New approximations of differential entropy", equation 25).
constexpr double normal_ln_cosh = 0.374567207491438;

}  // namespace

Result<IndependentComponents> independent_components(const Embedding& embedding, std::int64_t count,
                                                     const ProgressFn& progress, std::stop_token stop) {
    const torch::NoGradGuard no_grad;
    const auto rows = static_cast<std::int64_t>(embedding.rows.size());
    torch::Tensor x_ND =
        torch::from_blob(const_cast<float*>(embedding.features.data()), {rows, embedding.width}).to(torch::kFloat64);
    x_ND = x_ND - x_ND.mean(0, /*keepdim=*/true);
    const auto [u_NR, s_R, v_RD] = torch::linalg_svd(x_ND, /*full_matrices=*/false);
    const torch::Tensor variance_R = s_R.square();
    const double total = variance_R.sum().item<double>();
    std::int64_t vary = 0, enough = 0;
    constexpr double nothing = 1e-12, most_kept = 0.99;
    constexpr std::int64_t most = 20;
    double kept = 0;
    for (; vary < s_R.size(0) && variance_R[vary].item<double>() > nothing * total; ++vary)
        if (kept < most_kept * total) kept += variance_R[vary].item<double>(), ++enough;
    if (count == 0) count = std::clamp<std::int64_t>(enough, 2, most);
    count = std::min({count, vary, rows - 1});
    if (count < 2)
        return Error{Error::Code::bad_data,
                     "These rows differ in fewer than two directions",
                     "Look at more rows, or train the model further",
                     {}};
    const torch::Tensor white_NK = u_NR.narrow(1, 0, count) * std::sqrt(static_cast<double>(rows));
    torch::Tensor w_KK = torch::eye(count, torch::kFloat64);
    IndependentComponents out;
    constexpr int most_rounds = 1000;
    constexpr double at_rest = 1e-8;
    for (int round = 0; round < most_rounds && !out.settled; ++round) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
        if (progress) progress("looking for independent components", static_cast<double>(round) / most_rounds);
        const torch::Tensor bent_NK = torch::tanh(white_NK.mm(w_KK.t()));
        const torch::Tensor next_KK = orthogonal(bent_NK.t().mm(white_NK) / static_cast<double>(rows) -
                                                 (1 - bent_NK.square()).mean(0).unsqueeze(1) * w_KK);
        out.settled = (1 - (next_KK * w_KK).sum(1).abs()).max().item<double>() < at_rest;
        w_KK = next_KK;
    }
    torch::Tensor found_NK = white_NK.mm(w_KK.t());
    found_NK = torch::where(found_NK.pow(3).mean(0) < 0, -found_NK, found_NK).contiguous();
    // ln cosh x, which must not overflow.
    const torch::Tensor bent_NK = found_NK.abs() + torch::log1p(torch::exp(-2 * found_NK.abs())) - std::log(2.0);
    const torch::Tensor apart_K = (bent_NK.mean(0) - normal_ln_cosh).square().contiguous();
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    const double* apart = apart_K.data_ptr<double>();
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) { return apart[a] > apart[b]; });
    for (const std::int64_t at : order) {
        const torch::Tensor one_N = found_NK.select(1, at).contiguous();
        out.along.emplace_back(one_N.data_ptr<double>(), one_N.data_ptr<double>() + rows);
        out.apart.push_back(apart[at]);
    }
    return out;
}

Result<Plane> independent_plane(const Embedding& embedding, const ProgressFn& progress, std::stop_token stop) {
    auto found = independent_components(embedding, 0, progress, std::move(stop));
    if (!found) return found.error();
    Plane plane;
    plane.settled = found.value().settled;
    for (std::size_t i = 0; i < embedding.rows.size(); ++i)
        plane.points.push_back({found.value().along[0][i], found.value().along[1][i]});
    return plane;
}

}  // namespace gw
