#include <ATen/ops/linalg_lstsq.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "study/baselines/baseline.h"

// Shape letters: N learnt rows, F features.
namespace gw {

namespace {

/// Least squares holds all values at once, in float64.
constexpr std::size_t most_values = 40'000'000;

torch::Tensor dense_rows(const PlainRows& rows, std::int32_t features) {
    torch::Tensor out =
        torch::zeros({static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(features)}, torch::kFloat64);
    double* at = out.data_ptr<double>();
    for (const auto& row : rows.values) {
        for (const PlainValue& v : row) at[v.feature] = v.value;
        at += features;
    }
    return out;
}

/// The plane of least squares; of several that fit alike the one whose weights are smallest, so that columns that say
/// the same twice do no harm.
std::vector<double> by_least_squares(const PlainData& data, const BaselineWatch& watch) {
    const torch::NoGradGuard no_grad;
    watch.at(0);
    const torch::Tensor x_NF = dense_rows(data.learnt, data.features),
                        y_N1 = torch::tensor(data.learnt.numbers, torch::kFloat64).unsqueeze(1);
    const torch::Tensor middle_1F = x_NF.mean(0, /*keepdim=*/true), level_11 = y_N1.mean(0, /*keepdim=*/true);
    if (data.features == 0) return std::vector<double>(data.judged.size(), level_11.item<double>());
    const auto [weights_F1, residuals, rank, values] =
        at::linalg_lstsq(x_NF - middle_1F, y_N1 - level_11, /*rcond=*/1e-10, "gelsd");
    if (watch.stop.stop_requested()) return {};
    const torch::Tensor said_M =
        ((dense_rows(data.judged, data.features) - middle_1F).matmul(weights_F1) + level_11).flatten().contiguous();
    return {said_M.data_ptr<double>(), said_M.data_ptr<double>() + said_M.numel()};
}

}  // namespace

Baseline linear_regression_baseline() {
    Baseline it;
    it.card = {.id = "linear_regression",
               .title = GW_TEXT("Linear regression"),
               .summary = GW_TEXT("A weighted sum of a row's values, by least squares."),
               .source = "Legendre 1805; by LAPACK's gelsd"};
    it.fits = [](const PlainData& data) {
        return !data.counts &&
               (data.learnt.size() + data.judged.size()) * static_cast<std::size_t>(data.features) <= most_values;
    };
    it.guess_number = by_least_squares;
    return it;
}

}  // namespace gw
