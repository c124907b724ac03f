#pragma once
#include <optional>
#include <vector>

#include "model/backbone.h"

// Shape letters: B batch, C channels, H height, W width of a picture, N patches of it, P values of a patch.
namespace gw {

/// How pictures are cut into patches of `side` x `side` pixels; nothing where those do not fill them evenly.
std::optional<PatchGrid> patch_grid(const ImageInput& image, std::int64_t side);

/// Sides next to `side` (below, above) whose patches fill such pictures evenly; one of them where there is no other.
std::vector<std::int64_t> fitting_sides(const ImageInput& image, std::int64_t side);

/// [B, C, H, W] -> [B, N, P]: patch after patch in row order; within one channel after channel, then row after row.
torch::Tensor cut_into_patches(const torch::Tensor& x_BCHW, const PatchGrid& grid);
/// The way back.
torch::Tensor joined_patches(const torch::Tensor& x_BNP, const PatchGrid& grid);

/// Of every row its own choice: x [B, N, P], chosen_BK (int64) -> [B, K, P].
torch::Tensor chosen_patches(const torch::Tensor& x_BNP, const torch::Tensor& chosen_BK);

}  // namespace gw
