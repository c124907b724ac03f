#pragma once
#include <torch/types.h>

#include "model/backbone.h"

// Shape letters: B batch, C channels, H height, W width.
namespace gw {

/// Pictures as a network sees them: (byte / 255 - mean of the channel) / deviation of the channel, so that a channel
/// has mean 0 and variance 1 over the training part.
class Pictures {
  public:
    Pictures() = default;
    /// `input` must have pictures. Channels without a mean count from 0, those without a deviation in parts of the
    /// whole range.
    explicit Pictures(const InputFacts& input);
    /// The batch's pictures [B, C, H, W] in the compute dtype; bytes are standardised, floating values are so already.
    torch::Tensor operator()(const Batch& batch, const Pass& pass) const;
    /// The way back: values as bytes, those out of range cut off.
    torch::Tensor bytes(const torch::Tensor& x_BCHW) const;
    void list(Buffers& out) const;
    const ImageInput& facts() const { return facts_; }

    /// The facts of `input`, or of a picture of one value where nothing is known yet: for sizes alone.
    static ImageInput facts_of(const InputFacts& input);

  private:
    ImageInput facts_;
    torch::Tensor scale_C11_, shift_C11_;  ///< float32: byte * scale + shift
};

}  // namespace gw
