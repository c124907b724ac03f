#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "study/baselines/baseline.h"

// Shape letters: N learnt rows, M judged rows of a block, F features.
namespace gw {

namespace {

/// Rows [first, first + count) with all their values, those of pictures as bytes. Float64: sums of squares of bytes are
/// exact in it, and of neighbours at one distance the first counts.
torch::Tensor dense(const PlainRows& rows, std::size_t first, std::size_t count, std::int32_t features, bool bytes) {
    torch::Tensor out =
        torch::zeros({static_cast<std::int64_t>(count), static_cast<std::int64_t>(features)}, torch::kFloat64);
    double* at = out.data_ptr<double>();
    for (std::size_t i = 0; i < count; ++i, at += features)
        for (const PlainValue& v : rows.values[first + i])
            at[v.feature] = bytes ? std::round(v.value * 255.0) : v.value;
    return out;
}

/// The number of the learnt row that is nearest to each judged one.
std::vector<std::size_t> nearest_rows(const PlainData& data, const BaselineWatch& watch) {
    const torch::NoGradGuard no_grad;
    constexpr std::size_t block = 256, judged_block = 512;
    const std::size_t judged = data.judged.size();
    std::vector<double> best(judged, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> out(judged, 0);
    for (std::size_t first = 0; first < data.learnt.size(); first += 16 * block) {
        const std::size_t learnt = std::min(16 * block, data.learnt.size() - first);
        const torch::Tensor known_NF = dense(data.learnt, first, learnt, data.features, data.bytes);
        const torch::Tensor squares_N = known_NF.square().sum(1);
        for (std::size_t from = 0; from < judged; from += judged_block) {
            if (watch.stop.stop_requested()) return {};
            watch.at((static_cast<double>(first) + static_cast<double>(learnt * from) / static_cast<double>(judged)) /
                     static_cast<double>(data.learnt.size()));
            const std::size_t count = std::min(judged_block, judged - from);
            const torch::Tensor asked_MF = dense(data.judged, from, count, data.features, data.bytes);
            // Without the square of what is asked, which is the same for all.
            const auto [least_M, where_M] = (squares_N - 2 * torch::matmul(asked_MF, known_NF.t())).min(1);
            for (std::size_t i = 0; i < count; ++i) {
                const double distance = least_M.data_ptr<double>()[i];
                if (distance >= best[from + i]) continue;
                best[from + i] = distance;
                out[from + i] = first + static_cast<std::size_t>(where_M.data_ptr<std::int64_t>()[i]);
            }
        }
    }
    return out;
}

/// What is known of the nearest rows.
template <class Known>
std::vector<Known> by_nearest(const PlainData& data, const std::vector<Known>& known, const BaselineWatch& watch) {
    std::vector<Known> out;
    for (const std::size_t row : nearest_rows(data, watch)) out.push_back(known[row]);
    return out;
}

}  // namespace

Baseline nearest_baseline() {
    Baseline it;
    it.card = {.id = "nearest",
               .title = GW_TEXT("Nearest neighbour"),
               .summary = GW_TEXT("Says what is known of the learnt row whose values differ least."),
               .source = "Cover and Hart 1967, doi:10.1109/TIT.1967.1053964"};
    it.fits = [](const PlainData& data) { return !data.counts; };
    it.guess = [](const PlainData& data, const BaselineWatch& watch) {
        return by_nearest(data, data.learnt.classes, watch);
    };
    it.guess_number = [](const PlainData& data, const BaselineWatch& watch) {
        return by_nearest(data, data.learnt.numbers, watch);
    };
    return it;
}

}  // namespace gw
