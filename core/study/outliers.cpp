#include "study/outliers.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <numeric>

#include "util/text.h"

// N rows, D width of the features, K neighbours, B rows of a block.
namespace gw {

std::int64_t Outliers::count() const {
    return std::count_if(factors.begin(), factors.end(), [](double factor) { return factor >= apart; });
}

Result<Outliers> outliers_of(const Embedding& embedding, std::int64_t neighbours, const ProgressFn& progress,
                             std::stop_token stop) {
    const torch::NoGradGuard no_grad;
    const auto rows = static_cast<std::int64_t>(embedding.rows.size());
    constexpr std::int64_t usual = 20;
    if (neighbours == 0) neighbours = std::min(usual, rows - 1);
    if (neighbours < 1 || neighbours >= rows)
        return Error{Error::Code::bad_spec,
                     grouped(rows) + " rows have not " + grouped(neighbours) + " neighbours each",
                     "Ask for 1 to " + grouped(rows - 1),
                     {}};
    const torch::Tensor x_ND =
        torch::from_blob(const_cast<float*>(embedding.features.data()), {rows, embedding.width}).to(torch::kFloat64);
    torch::Tensor distance_NK = torch::empty({rows, neighbours}, torch::kFloat64),
                  near_NK = torch::empty({rows, neighbours}, torch::kInt64);
    constexpr std::int64_t block = 256;
    for (std::int64_t first = 0; first < rows; first += block) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
        if (progress) progress("measuring distances", static_cast<double>(first) / static_cast<double>(rows));
        const std::int64_t last = std::min(first + block, rows);
        torch::Tensor apart_BN = torch::cdist(x_ND.slice(0, first, last), x_ND, 2,
                                              /*compute_mode=*/2 /* without the error of products */);
        for (std::int64_t i = first; i < last; ++i)
            apart_BN[i - first][i] = std::numeric_limits<double>::infinity();  // none is its own neighbour
        const auto [nearest_BK, which_BK] = apart_BN.topk(neighbours, 1, /*largest=*/false);
        distance_NK.slice(0, first, last).copy_(nearest_BK);
        near_NK.slice(0, first, last).copy_(which_BK);
    }
    // Definitions 5 to 7; the distance to a row's last neighbour is its reach.
    const torch::Tensor reach_N = std::get<0>(distance_NK.max(1));
    const torch::Tensor reached_NK =
        torch::maximum(distance_NK, reach_N.index_select(0, near_NK.view({-1})).view({rows, neighbours}));
    // Where all neighbours are equal to the row its density has no end; a hair's breadth stands in for it.
    const double hair = 1e-12 * std::max(1e-280, x_ND.abs().max().item<double>());
    const torch::Tensor density_N = 1 / (reached_NK.mean(1) + hair);
    const torch::Tensor factors_N =
        (density_N.index_select(0, near_NK.view({-1})).view({rows, neighbours}).mean(1) / density_N).contiguous();
    Outliers out;
    out.neighbours = neighbours;
    out.factors.assign(factors_N.data_ptr<double>(), factors_N.data_ptr<double>() + rows);
    out.order.resize(static_cast<std::size_t>(rows));
    std::iota(out.order.begin(), out.order.end(), std::size_t{0});
    std::stable_sort(out.order.begin(), out.order.end(),
                     [&](std::size_t a, std::size_t b) { return out.factors[a] > out.factors[b]; });
    return out;
}

}  // namespace gw
