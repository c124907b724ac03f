#pragma once
#include <torch/types.h>

#include "objective/canvas.h"
#include "objective/picture_decoder.h"

// Shape letters: B rows, K values of a code, N values of a row of a table, C channels, H height, W width of a picture
// (see Canvas).
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

/// The Gaussian one with an s that is learnt, by its logarithm [1].
torch::Tensor gaussian_rows(const torch::Tensor& drawn_BCHW, const torch::Tensor& truth_BCHW,
                            const torch::Tensor& log_deviation);

/// What keeps a short code of a picture or of a row of a table, made by any backbone's pooled features, and draws the
/// row from it.
class Coder : public Objective {
  public:
    /// What is seen, what is drawn of its code, and the original: of pictures uint8 [B, 3, C, H, W], of rows float32
    /// [B, 3, N], as a backbone sees them.
    torch::Tensor redrawn(Backbone& net, const Batch& batch, const Pass& pass) const override;
    /// "between": pictures, what is drawn along the straight line between their codes, and the pictures there. None of
    /// rows.
    std::vector<PictureSheet> sheets(Backbone& net, const Batch& some, std::uint64_t seed,
                                     const Pass& pass) const override;

  protected:
    /// Throws Failure where the likelihood is Bernoulli's and rows have values beyond 0 and 1; `instead` says what to
    /// change.
    Coder(const ObjectiveInputs& inputs, const DecoderSettings& settings, std::int64_t code, std::string likelihood,
          const std::string& instead);
    static Initialiser first_weights(const ObjectiveInputs& inputs) { return {"pytorch", inputs.seed}; }
    /// What the backbone is shown, as the canvas has it; the rows themselves unless a kind spoils them.
    virtual torch::Tensor seen(const Batch& batch) const { return canvas_.values(batch); }
    torch::Tensor features(Backbone& net, const Batch& batch, const Pass& pass) const;
    /// [B, C, H, W], float32 at least, of which a Bernoulli likelihood takes the sigmoid.
    torch::Tensor draw(const torch::Tensor& code_BK, const Pass& pass) const {
        return decoder_(code_BK, canvas_.exact(pass));
    }
    /// What was drawn, as Objective::drawn has it.
    torch::Tensor shown(const torch::Tensor& drawn_BCHW) const;
    const PictureDecoder& decoder() const { return decoder_; }
    const std::string& likelihood() const { return likelihood_; }
    const Canvas& canvas() const { return canvas_; }

  private:
    Canvas canvas_;
    std::string likelihood_;
    PictureDecoder decoder_;
};

}  // namespace gw
