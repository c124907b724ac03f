#include "objective/picture_coder.h"

#include <torch/types.h>

#include <cmath>
#include <numbers>

#include "model/attention.h"
#include "objective/label_head.h"

namespace gw {

torch::Tensor standardised(const torch::Tensor& brightness_BCHW, const ImageInput& image) {
    std::vector<torch::Tensor> channels;
    for (std::int64_t c = 0; c < image.channels; ++c) {
        const auto at = static_cast<std::size_t>(c);
        const double mean = at < image.mean.size() ? image.mean[at] : 0.0;
        const double deviation = at < image.deviation.size() ? image.deviation[at] : 1.0;
        channels.push_back((brightness_BCHW.select(1, c) - mean) / (deviation > 0 ? deviation : 1.0));
    }
    return torch::stack(channels, 1);
}

torch::Tensor brightness(const torch::Tensor& bytes_BCHW) {
    TORCH_CHECK(bytes_BCHW.defined(), "a batch without pictures");
    return bytes_BCHW.is_floating_point() ? bytes_BCHW : bytes_BCHW.to(torch::kFloat32) / 255.0;
}

torch::Tensor bytes_of(const torch::Tensor& brightness_BCHW) {
    return (brightness_BCHW.detach() * 255).round().clamp(0, 255).to(torch::kUInt8);
}

torch::Tensor drawing_rows(const std::string& likelihood, const torch::Tensor& drawn_BCHW,
                           const torch::Tensor& truth_BCHW, double deviation) {
    const torch::Tensor drawn = drawn_BCHW.flatten(1), truth = truth_BCHW.flatten(1);
    if (likelihood == "bernoulli")  // ln(1 + e^y) - x y, with e of nothing above 0
        return (drawn.clamp_min(0) - drawn * truth + torch::log1p(torch::exp(-drawn.abs()))).sum(1);
    const torch::Tensor squares_B = (drawn - truth).square().sum(1);
    if (likelihood == "squared") return squares_B;
    const double constant = std::log(deviation) + 0.5 * std::log(2 * std::numbers::pi);
    return squares_B / (2 * deviation * deviation) + constant * static_cast<double>(truth.size(1));
}

PictureCoder::PictureCoder(const ObjectiveInputs& inputs, const DecoderSettings& settings, std::int64_t code,
                           std::string likelihood)
    : likelihood_(std::move(likelihood)) {
    TORCH_CHECK(inputs.backbone.image, "a backbone that does not read pictures alone");
    image_ = *inputs.backbone.image;
    decoder_ = PictureDecoder(first_weights(inputs), settings, code, image_);
}

torch::Tensor PictureCoder::features(Backbone& net, const Batch& batch, const Pass& pass) const {
    return at_least_float(pooled(net.features(Batch::of_images(standardised(seen(batch), image_)), pass), {}, "mean"));
}

torch::Tensor PictureCoder::shown(const torch::Tensor& drawn_BCHW) const {
    return bytes_of(likelihood_ == "bernoulli" ? torch::sigmoid(drawn_BCHW) : drawn_BCHW);
}

torch::Tensor PictureCoder::redrawn(Backbone& net, const Batch& batch, const Pass& pass) const {
    return torch::stack({bytes_of(seen(batch)), shown(draw(codes(net, batch, pass), pass)), batch[array::image]}, 1);
}

std::vector<PictureSheet> PictureCoder::sheets(Backbone& net, const Batch& some, std::uint64_t,
                                               const Pass& pass) const {
    constexpr std::int64_t steps = 6;
    const std::int64_t pairs = some.row_count() / 2;
    if (pairs == 0) return {};
    const torch::Tensor codes_BK = codes(net, some, pass), images = some[array::image],
                        first_PK = codes_BK.narrow(0, 0, pairs), last_PK = codes_BK.narrow(0, pairs, pairs);
    std::vector<torch::Tensor> columns{images.narrow(0, 0, pairs)};
    for (std::int64_t i = 0; i < steps; ++i)
        columns.push_back(shown(draw(torch::lerp(first_PK, last_PK, static_cast<double>(i) / (steps - 1)), pass)));
    columns.push_back(images.narrow(0, pairs, pairs));
    return {{"between", torch::stack(columns, 1)}};
}

}  // namespace gw
