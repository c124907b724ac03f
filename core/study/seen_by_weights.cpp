#include "study/seen_by_weights.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

// Shape letters: B pictures, C channels, H height, W width; T places that attention sees, heads h, k side of a filter.
namespace gw {

namespace {

/// Attention sees n^2 times the least grid of square patches, and may see a class token before them: products of two
/// such grids never differ by 1, so that `time` alone tells both. Zeroes where it fits no grid.
struct SeenGrid {
    std::int64_t rows = 0, columns = 0, before = 0;
};
SeenGrid grid_seen(std::int64_t height, std::int64_t width, std::int64_t time) {
    const std::int64_t most = std::gcd(height, width);
    for (std::int64_t n = 1; n <= most; ++n) {
        if (most % n != 0) continue;
        const std::int64_t rows = height / most * n, columns = width / most * n, before = time - rows * columns;
        if (before == 0 || before == 1) return {rows, columns, before};
    }
    return {};
}

}  // namespace

void check_finite(const torch::Tensor& values) {
    if (torch::isfinite(values).all().item<bool>()) return;
    throw Failure(Error{Error::Code::diverged,
                        "The model's weights or features are no finite numbers",
                        "Look at a checkpoint from before the run diverged",
                        {}});
}

std::vector<PictureCopy> first_filters(const Parameters& parameters) {
    const auto first =
        std::find_if(parameters.begin(), parameters.end(), [](const Parameter& one) { return one.tensor.dim() == 4; });
    if (first == parameters.end()) return {};
    torch::Tensor filters = first->tensor.detach().to(torch::kCPU, torch::kFloat32);
    check_finite(filters);
    if (filters.size(1) != 1 && filters.size(1) != 3) filters = filters.mean(1, /*keepdim=*/true);
    const torch::Tensor low = filters.amin({1, 2, 3}, true),
                        range = (filters.amax({1, 2, 3}, true) - low).clamp_min(std::numeric_limits<float>::min());
    constexpr double white = 255;
    const torch::Tensor bytes = ((filters - low) / range * white).round().to(torch::kUInt8).contiguous();
    std::vector<PictureCopy> out;
    for (std::int64_t i = 0; i < bytes.size(0); ++i) {
        const torch::Tensor one = bytes[i];
        out.push_back(PictureCopy(Picture{one.size(0),
                                          one.size(1),
                                          one.size(2),
                                          {one.data_ptr<std::uint8_t>(), static_cast<std::size_t>(one.numel())}}));
    }
    return out;
}

AttentionMaps attention_maps(Backbone& net, const torch::Tensor& images_BCHW, const Pass& pass, torch::Device device) {
    torch::Tensor last_BhTT;
    Pass watched = pass;
    watched.attended = [&](const std::string&, const torch::Tensor& weights_BhTT) { last_BhTT = weights_BhTT; };
    const torch::NoGradGuard no_grad;
    (void)net.features(Batch::of_images(images_BCHW).to(device), watched);
    if (!last_BhTT.defined()) return {};
    const SeenGrid grid = grid_seen(images_BCHW.size(2), images_BCHW.size(3), last_BhTT.size(3));
    if (grid.rows == 0) return {};
    const torch::Tensor looks_BTT = last_BhTT.to(torch::kCPU, torch::kFloat32).mean(1);
    check_finite(looks_BTT);
    torch::Tensor map_BN = grid.before > 0 ? looks_BTT.select(1, 0) : looks_BTT.mean(1);
    map_BN = map_BN.narrow(1, grid.before, grid.rows * grid.columns);
    map_BN = (map_BN / map_BN.sum(1, true).clamp_min(std::numeric_limits<float>::min())).contiguous();
    AttentionMaps out{grid.rows, grid.columns, {}};
    for (std::int64_t i = 0; i < map_BN.size(0); ++i) {
        const float* values = map_BN[i].data_ptr<float>();
        out.weights.emplace_back(values, values + map_BN.size(1));
    }
    return out;
}

PictureCopy lit(const PictureCopy& picture, const AttentionMaps& maps, std::size_t row) {
    const std::vector<float>& weights = maps.weights[row];
    const float most = std::max(*std::max_element(weights.begin(), weights.end()), std::numeric_limits<float>::min());
    const std::int64_t side = picture.height / maps.rows;
    PictureCopy out = picture;
    for (std::int64_t channel = 0; channel < out.channels; ++channel)
        for (std::int64_t y = 0; y < out.height; ++y)
            for (std::int64_t x = 0; x < out.width; ++x) {
                const float share = weights[static_cast<std::size_t>(y / side * maps.columns + x / side)] / most;
                std::uint8_t& pixel = out.pixels[static_cast<std::size_t>((channel * out.height + y) * out.width + x)];
                pixel = static_cast<std::uint8_t>(std::lround(static_cast<float>(pixel) * share));
            }
    return out;
}

}  // namespace gw
