#pragma once
#include <torch/types.h>

#include <vector>

#include "data/images/picture_copy.h"
#include "model/backbone.h"

// What the weights of a backbone of pictures look for, and where they look.
namespace gw {

/// The first parameter with four axes, [filters, channels, k, k], as a picture for each filter, from its own least
/// value in black to its own greatest in white; of other channels than 1 or 3 their mean. Empty of a backbone without
/// such a parameter. Errors: Failure where values are no finite numbers.
std::vector<PictureCopy> first_filters(const Parameters& parameters);

/// Where the last layer of attention looks, row by row.
struct AttentionMaps {
    std::int64_t rows = 0, columns = 0;         ///< of patches; 0 = the backbone shows no attention on patches
    std::vector<std::vector<float>> weights{};  ///< [pictures][rows * columns], each of sum 1
};

/// Of pictures, uint8 [B, C, H, W] on the CPU: the mean over heads, of what the class token looks at (its look at
/// itself left out), or without one of what all patches look at. Errors: as above.
AttentionMaps attention_maps(Backbone& net, const torch::Tensor& images_BCHW, const Pass& pass, torch::Device device);

/// The picture as bright as each patch is looked at, the most in full.
PictureCopy lit(const PictureCopy& picture, const AttentionMaps& maps, std::size_t row);

/// Throws the Failure for features, weights or attention that are no finite numbers.
void check_finite(const torch::Tensor& values);

}  // namespace gw
