#pragma once
#include <torch/types.h>

#include "adapt/model_state.h"
#include "data/images/picture_copy.h"
#include "data/prepare.h"
#include "train/message/messages.h"

namespace gw {

/// A sheet as one picture: its rows below each other, with grey lines between. Small pictures are enlarged by whole
/// factors.
PictureCopy sheet_picture(const torch::Tensor& pictures_RKCHW);

/// What a model of pictures draws, a PNG each: out of nothing, and of a few validation pictures (those that it is shown
/// always the same). Nothing of a model that does not draw.
std::vector<SampleText> picture_samples(const Model& model, const PreparedData& data, std::uint64_t seed,
                                        std::int64_t step, const std::stop_token& stop);

}  // namespace gw
