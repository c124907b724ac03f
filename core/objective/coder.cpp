#include "objective/coder.h"

#include <torch/types.h>

#include <cmath>
#include <numbers>

#include "data/tables/cell_texts.h"
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

namespace {

torch::Tensor square_sums(const torch::Tensor& drawn_BCHW, const torch::Tensor& truth_BCHW) {
    return (drawn_BCHW.flatten(1) - truth_BCHW.flatten(1)).square().sum(1);
}
const double half_log_2_pi = 0.5 * std::log(2 * std::numbers::pi);

/// Values beyond 0 and 1 have no cross entropy: it would fall without end.
void require_shares(const TableInput& table, const std::string& instead) {
    constexpr double rounding = 1e-6;
    for (const TableInput::Column& column : table.columns) {
        if (column.is_words()) continue;
        const double least = (column.least - column.mean) / column.deviation,
                     most = (column.most - column.mean) / column.deviation;
        if (least >= -rounding && most <= 1 + rounding) continue;
        throw Failure({Error::Code::bad_spec,
                       "Bernoulli's cross entropy is one of values between 0 and 1, and those of this column go from " +
                           short_number(least) + " to " + short_number(most) + " as the model sees them",
                       instead,
                       {"column " + column.name, "section objective"}});
    }
}

}  // namespace

torch::Tensor drawing_rows(const std::string& likelihood, const torch::Tensor& drawn_BCHW,
                           const torch::Tensor& truth_BCHW, double deviation) {
    if (likelihood == "bernoulli") {  // ln(1 + e^y) - x y, with e of nothing above 0
        const torch::Tensor drawn = drawn_BCHW.flatten(1), truth = truth_BCHW.flatten(1);
        return (drawn.clamp_min(0) - drawn * truth + torch::log1p(torch::exp(-drawn.abs()))).sum(1);
    }
    const torch::Tensor squares_B = square_sums(drawn_BCHW, truth_BCHW);
    if (likelihood == "squared") return squares_B;
    const auto values = static_cast<double>(truth_BCHW.flatten(1).size(1));
    return squares_B / (2 * deviation * deviation) + values * (std::log(deviation) + half_log_2_pi);
}

torch::Tensor gaussian_rows(const torch::Tensor& drawn_BCHW, const torch::Tensor& truth_BCHW,
                            const torch::Tensor& log_deviation) {
    const auto values = static_cast<double>(truth_BCHW.flatten(1).size(1));
    return 0.5 * torch::exp(-2 * log_deviation) * square_sums(drawn_BCHW, truth_BCHW) +
           values * (log_deviation + half_log_2_pi);
}

Coder::Coder(const ObjectiveInputs& inputs, const DecoderSettings& settings, std::int64_t code, std::string likelihood,
             const std::string& instead)
    : canvas_(inputs.backbone),
      likelihood_(std::move(likelihood)),
      decoder_(first_weights(inputs), settings, code, canvas_.shape()) {
    if (likelihood_ == "bernoulli" && inputs.backbone.table) require_shares(*inputs.backbone.table, instead);
}

torch::Tensor Coder::features(Backbone& net, const Batch& batch, const Pass& pass) const {
    return at_least_float(pooled(net.features(canvas_.batch(seen(batch)), pass), {}, "mean"));
}

torch::Tensor Coder::shown(const torch::Tensor& drawn_BCHW) const {
    return canvas_.drawn(likelihood_ == "bernoulli" ? torch::sigmoid(drawn_BCHW) : drawn_BCHW);
}

torch::Tensor Coder::redrawn(Backbone& net, const Batch& batch, const Pass& pass) const {
    const torch::Tensor original = canvas_.of_pictures() ? batch[array::image] : canvas_.drawn(canvas_.values(batch));
    return torch::stack({canvas_.drawn(seen(batch)), shown(draw(codes(net, batch, pass), pass)), original}, 1);
}

std::vector<PictureSheet> Coder::sheets(Backbone& net, const Batch& some, std::uint64_t, const Pass& pass) const {
    constexpr std::int64_t steps = 6;
    const std::int64_t pairs = some.row_count() / 2;
    if (pairs == 0 || !canvas_.of_pictures()) return {};
    const torch::Tensor codes_BK = codes(net, some, pass), images = some[array::image],
                        first_PK = codes_BK.narrow(0, 0, pairs), last_PK = codes_BK.narrow(0, pairs, pairs);
    std::vector<torch::Tensor> columns{images.narrow(0, 0, pairs)};
    for (std::int64_t i = 0; i < steps; ++i)
        columns.push_back(shown(draw(torch::lerp(first_PK, last_PK, static_cast<double>(i) / (steps - 1)), pass)));
    columns.push_back(images.narrow(0, pairs, pairs));
    return {{"between", torch::stack(columns, 1)}};
}

}  // namespace gw
