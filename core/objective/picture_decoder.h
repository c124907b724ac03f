#pragma once
#include <torch/types.h>

#include "model/convolution.h"
#include "model/layers.h"
#include "model/normalisation.h"
#include "objective/objective.h"

// Shape letters: B rows, K values of a code, C channels, H height, W width of a picture.
namespace gw {

/// The settings that all objectives share which draw pictures from codes; a kind's config derives from it and puts its
/// fields behind its own (std::tuple_cat).
struct DecoderSettings {
    std::string decoder = "dense";
    std::int64_t decoder_layers = 1, decoder_width = 400, decoder_stages = 2, decoder_channels = 32;

    static constexpr auto fields = std::tuple{
        schema::field<&DecoderSettings::decoder>(
            {.key = "decoder",
             .label = "Drawn by",
             .help = "What makes a picture of a code: fully connected layers, which suit small pictures, or stages of "
                     "convolutions that each double height and width.",
             .choices = "dense=Fully connected layers|convolutions=Convolutions"}),
        schema::field<&DecoderSettings::decoder_layers>(
            {.key = "decoder_layers",
             .label = "Layers of the decoder",
             .help = "Between code and picture; 0 = one linear map, as of principal components.",
             .min = 0,
             .max = 32,
             .shown_when = "decoder=dense"}),
        schema::field<&DecoderSettings::decoder_width>({.key = "decoder_width",
                                                        .label = "Width of the decoder",
                                                        .help = "Units of each of these layers.",
                                                        .min = 1,
                                                        .max = 32768,
                                                        .scale = schema::Scale::log,
                                                        .shown_when = "decoder=dense"}),
        schema::field<&DecoderSettings::decoder_stages>(
            {.key = "decoder_stages",
             .label = "Stages of the decoder",
             .help = "Doublings on the way to the picture's size; small pictures take fewer.",
             .min = 1,
             .max = 8,
             .shown_when = "decoder=convolutions"}),
        schema::field<&DecoderSettings::decoder_channels>(
            {.key = "decoder_channels",
             .label = "Channels of the decoder",
             .help = "Behind its last stage; each stage before has twice as many.",
             .min = 1,
             .max = 1024,
             .scale = schema::Scale::log,
             .shown_when = "decoder=convolutions"}),
    };

    /// What such a decoder of pictures has and costs; nothing while their size is unknown.
    std::int64_t parameters(std::int64_t code, const std::optional<ImageInput>& image, bool normed = false) const;
    ObjectiveCost cost(std::int64_t code, const std::optional<ImageInput>& image) const;
};

/// From codes to pictures: fully connected layers with ReLU; or a linear layer to a small map, then stages that repeat
/// each value in a square of 2 x 2 and convolve (Odena, Dumoulin and Olah 2016, "Deconvolution and checkerboard
/// artifacts"), with ReLU, and a convolution to the channels. Nothing bounds what it gives.
class PictureDecoder {
  public:
    PictureDecoder() = default;
    /// `normed`: a layer norm over the channels of each place behind each of its layers but the last. Radford et al.
    /// 2015 (arXiv:1511.06434) have a norm by the batch there, which makes a row's drawing depend on the others.
    PictureDecoder(const Initialiser& init, const DecoderSettings& settings, std::int64_t code, const ImageInput& image,
                   bool normed = false);
    /// [B, K] -> [B, C, H, W], float32 at least.
    torch::Tensor operator()(const torch::Tensor& code_BK, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    ImageInput image_;
    std::int64_t rows_ = 0, columns_ = 0, channels_ = 0;  ///< of the map that the first layer makes
    std::vector<Linear> linear_;                          ///< the last one makes the picture, or this map
    std::vector<Convolution> convolutions_;               ///< of each stage, and to the channels
    std::vector<ChannelNorm> norms_;
};

}  // namespace gw
