#include "study/plane.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "util/text.h"

// N rows, D width of the features.
namespace gw {

namespace {

/// [N, D] in float64, in deviations from the mean.
torch::Tensor centred(const Embedding& embedding) {
    const auto rows = static_cast<std::int64_t>(embedding.rows.size());
    const torch::Tensor features_ND =
        torch::from_blob(const_cast<float*>(embedding.features.data()), {rows, embedding.width}).to(torch::kFloat64);
    return features_ND - features_ND.mean(0, /*keepdim=*/true);
}

}  // namespace

Plane principal_plane(const Embedding& embedding) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor x_ND = centred(embedding);
    const std::int64_t rows = x_ND.size(0), width = x_ND.size(1);
    // Of the two products the smaller one has all that is asked for.
    const bool by_rows = rows < width;
    const auto [values, vectors] = torch::linalg_eigh(by_rows ? x_ND.mm(x_ND.t()) : x_ND.t().mm(x_ND), "L");
    Plane plane;
    plane.points.assign(static_cast<std::size_t>(rows), PlanePoint{0, 0});
    const double total = values.clamp_min(0).sum().item<double>();
    for (std::int64_t at = values.size(0) - 1; at >= 0 && total > 0; --at)
        plane.shares.push_back(std::max(0.0, values[at].item<double>()) / total);
    for (std::int64_t axis = 0; axis < std::min<std::int64_t>(2, values.size(0)); ++axis) {
        const std::int64_t at = values.size(0) - 1 - axis;  // they rise
        const double value = values[at].item<double>();
        if (total <= 0 || value <= 1e-12 * total) continue;  // nothing varies this way
        plane.explained += value / total;
        torch::Tensor loading_D = vectors.select(1, at);
        if (by_rows) loading_D = x_ND.t().mv(loading_D) / std::sqrt(value);
        if (loading_D[loading_D.abs().argmax()].item<double>() < 0) loading_D = -loading_D;
        const torch::Tensor along_N = x_ND.mv(loading_D).contiguous();
        for (std::int64_t i = 0; i < rows; ++i)
            plane.points[static_cast<std::size_t>(i)][static_cast<std::size_t>(axis)] = along_N.data_ptr<double>()[i];
    }
    return plane;
}

std::int64_t Plane::directions_for(double share) const {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i)
        if ((sum += shares[i]) >= share) return static_cast<std::int64_t>(i) + 1;
    return static_cast<std::int64_t>(shares.size());
}

Result<Plane> neighbour_plane(const Embedding& embedding, double perplexity, const ProgressFn& progress,
                              std::stop_token stop) {
    const auto rows = static_cast<std::int64_t>(embedding.rows.size());
    constexpr double usual = 30;
    if (perplexity == 0) perplexity = std::clamp(static_cast<double>(rows - 1) / 3, 1.01, usual);
    if (!(perplexity > 1 && perplexity < static_cast<double>(rows - 1)))
        return Error{Error::Code::bad_spec,
                     "A perplexity of " + significant(perplexity) + " cannot be had with " + grouped(rows) + " rows",
                     "Set it above 1 and below " + grouped(rows - 1) + ", best to a third of that at most",
                     {}};
    constexpr double share_of_nearness = 0.1;
    auto told = [&](double from, double to) {
        return [&, from, to](double done) {
            if (progress) progress("placing by neighbours", from + (to - from) * done);
        };
    };
    const auto near = nearness(embedding.features, rows, perplexity, told(0, share_of_nearness), stop);
    if (!near) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    std::vector<PlanePoint> start = principal_plane(embedding).points;
    double square = 0;
    for (const PlanePoint& point : start) square += point[0] * point[0];
    constexpr double deviation = 1e-4;
    const double scale = square > 0 ? deviation / std::sqrt(square / static_cast<double>(rows)) : 0;
    for (PlanePoint& point : start)
        for (double& along : point) along *= scale;
    auto points = tsne(*near, std::move(start), {}, told(share_of_nearness, 1), stop);
    if (!points) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    Plane plane;
    plane.points = std::move(*points);
    plane.perplexity = perplexity;
    plane.cost = tsne_cost(*near, plane.points);
    return plane;
}

}  // namespace gw
