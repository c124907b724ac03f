#include "model/patches.h"

#include <torch/types.h>

#include <algorithm>
#include <numeric>

namespace gw {

std::optional<PatchGrid> patch_grid(const ImageInput& image, std::int64_t side) {
    if (side < 1 || image.height % side != 0 || image.width % side != 0) return std::nullopt;
    return PatchGrid{image.height / side, image.width / side, side, image.channels};
}

std::vector<std::int64_t> fitting_sides(const ImageInput& image, std::int64_t side) {
    const std::int64_t both = std::gcd(image.height, image.width);
    std::vector<std::int64_t> out;
    for (std::int64_t below = std::min(side, both); below >= 1 && out.empty(); --below)
        if (both % below == 0) out.push_back(below);
    for (std::int64_t above = side + 1; above <= both; ++above)
        if (both % above == 0) {
            out.push_back(above);
            break;
        }
    return out;
}

torch::Tensor cut_into_patches(const torch::Tensor& x_BCHW, const PatchGrid& grid) {
    const std::int64_t rows = x_BCHW.size(0);
    return x_BCHW.reshape({rows, grid.channels, grid.rows, grid.side, grid.columns, grid.side})
        .permute({0, 2, 4, 1, 3, 5})
        .reshape({rows, grid.count(), grid.values()});
}

torch::Tensor joined_patches(const torch::Tensor& x_BNP, const PatchGrid& grid) {
    const std::int64_t rows = x_BNP.size(0);
    return x_BNP.reshape({rows, grid.rows, grid.columns, grid.channels, grid.side, grid.side})
        .permute({0, 3, 1, 4, 2, 5})
        .reshape({rows, grid.channels, grid.rows * grid.side, grid.columns * grid.side});
}

torch::Tensor chosen_patches(const torch::Tensor& x_BNP, const torch::Tensor& chosen_BK) {
    return x_BNP.gather(1, chosen_BK.unsqueeze(2).expand({-1, -1, x_BNP.size(2)}));
}

}  // namespace gw
