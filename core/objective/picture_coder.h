#pragma once
#include <torch/types.h>

#include "objective/picture_decoder.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture.
namespace gw {

/// Brightness of the pictures in 0..1, [B, C, H, W] float32; floating values are that already.
torch::Tensor brightness(const torch::Tensor& bytes_BCHW);
/// In deviations from the mean, as a backbone takes values instead of bytes.
torch::Tensor standardised(const torch::Tensor& brightness_BCHW, const ImageInput& image);
/// The way back, uint8; what is darker than black or brighter than white is cut off.
torch::Tensor bytes_of(const torch::Tensor& brightness_BCHW);

/// How far what was drawn lies from the brightness that it should have, summed over the values of each picture, [B]:
/// "squared" (x - y)^2; "bernoulli" -x ln p - (1 - x) ln (1 - p) of p = sigmoid(y), which is no likelihood of values
/// between 0 and 1 and has its least there (Kingma and Welling 2013, arXiv:1312.6114, appendix C.1); "gaussian"
/// (x - y)^2 / (2 s^2) + ln s + ln(2 pi) / 2 with s = `deviation`.
torch::Tensor drawing_rows(const std::string& likelihood, const torch::Tensor& drawn_BCHW,
                           const torch::Tensor& truth_BCHW, double deviation = 1);

/// What keeps a short code of a picture, made by any backbone's pooled features, and draws the picture from it.
class PictureCoder : public Objective {
  public:
    /// uint8 [B, 3, C, H, W]: what is seen, what is drawn of its code, and the original.
    torch::Tensor redrawn(Backbone& net, const Batch& batch, const Pass& pass) const override;
    /// "between": pictures, what is drawn along the straight line between their codes, and the pictures there.
    std::vector<PictureSheet> sheets(Backbone& net, const Batch& some, std::uint64_t seed,
                                     const Pass& pass) const override;

  protected:
    PictureCoder(const ObjectiveInputs& inputs, const DecoderSettings& settings, std::int64_t code,
                 std::string likelihood);
    static Initialiser first_weights(const ObjectiveInputs& inputs) { return {"pytorch", inputs.seed}; }
    /// Brightness of what the backbone is shown; the pictures themselves unless a kind spoils them.
    virtual torch::Tensor seen(const Batch& batch) const { return brightness(batch[array::image]); }
    torch::Tensor features(Backbone& net, const Batch& batch, const Pass& pass) const;
    torch::Tensor draw(const torch::Tensor& code_BK, const Pass& pass) const { return decoder_(code_BK, pass); }
    /// What was drawn as bytes.
    torch::Tensor shown(const torch::Tensor& drawn_BCHW) const;
    const PictureDecoder& decoder() const { return decoder_; }
    const std::string& likelihood() const { return likelihood_; }
    const ImageInput& image() const { return image_; }

  private:
    ImageInput image_;
    std::string likelihood_;
    PictureDecoder decoder_;
};

}  // namespace gw
