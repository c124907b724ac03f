#include "objective/picture_decoder.h"

#include <torch/types.h>

#include <algorithm>

#include "model/attention.h"

namespace gw {

namespace {

constexpr std::int64_t kernel = 3;

/// The layers of a decoder, counted before they are built.
struct DecoderPlan {
    std::vector<std::pair<std::int64_t, std::int64_t>> linear;  ///< values in and out
    std::int64_t rows = 0, columns = 0, channels = 0;           ///< of the first map; 0 without convolutions
    struct Stage {
        std::int64_t in, out, rows, columns;  ///< channels, and the size of the map that it gives
    };
    std::vector<Stage> stages;  ///< and the last convolution

    DecoderPlan(const DecoderSettings& settings, std::int64_t code, const ImageInput& image) {
        if (settings.decoder == "dense") {
            std::int64_t in = code;
            for (std::int64_t i = 0; i < settings.decoder_layers; ++i) {
                linear.emplace_back(in, settings.decoder_width);
                in = settings.decoder_width;
            }
            linear.emplace_back(in, image.values());
            return;
        }
        std::int64_t count = 0;
        while (count < settings.decoder_stages && (std::min(image.height, image.width) >> (count + 1)) > 0) ++count;
        const auto at = [&](std::int64_t size, std::int64_t stage) {
            const std::int64_t part = std::int64_t{1} << (count - stage);
            return (size + part - 1) / part;
        };
        rows = at(image.height, 0);
        columns = at(image.width, 0);
        channels = settings.decoder_channels << count;
        linear.emplace_back(code, channels * rows * columns);
        for (std::int64_t stage = 1; stage <= count; ++stage)
            stages.push_back({settings.decoder_channels << (count - stage + 1),
                              settings.decoder_channels << (count - stage), at(image.height, stage),
                              at(image.width, stage)});
        stages.push_back({settings.decoder_channels, image.channels, image.height, image.width});
    }
};

/// A norm of one value would leave nothing of it.
NormChoice chosen_norm(bool normed, std::int64_t channels) {
    return {normed && channels > 1 ? "layer_norm" : "none", 1};
}

}  // namespace

std::int64_t DecoderSettings::parameters(std::int64_t code, const std::optional<ImageInput>& image, bool normed) const {
    if (!image) return 0;
    const DecoderPlan plan(*this, code, *image);
    std::int64_t out = 0;
    const auto vectors = [&](std::int64_t channels) { return channels * chosen_norm(normed, channels).vectors(); };
    for (std::size_t i = 0; i < plan.linear.size(); ++i) {
        const auto [in, width] = plan.linear[i];
        out += (in + 1) * width;
        if (!plan.stages.empty())
            out += vectors(plan.channels);
        else if (i + 1 < plan.linear.size())
            out += vectors(width);
    }
    for (std::size_t i = 0; i < plan.stages.size(); ++i) {
        out += (plan.stages[i].in * kernel * kernel + 1) * plan.stages[i].out;
        if (i + 1 < plan.stages.size()) out += vectors(plan.stages[i].out);
    }
    return out;
}

ObjectiveCost DecoderSettings::cost(std::int64_t code, const std::optional<ImageInput>& image) const {
    ObjectiveCost out;
    if (!image) return out;
    const DecoderPlan plan(*this, code, *image);
    for (const auto& [in, width] : plan.linear) {
        out.flops_per_unit += 6.0 * static_cast<double>(in * width);
        out.activation_bytes += 8.0 * static_cast<double>(width);
    }
    for (const DecoderPlan::Stage& stage : plan.stages) {
        const auto places = static_cast<double>(stage.rows * stage.columns);
        out.flops_per_unit += 6.0 * places * static_cast<double>(stage.in * stage.out * kernel * kernel);
        out.activation_bytes += 8.0 * places * static_cast<double>(stage.in + stage.out);
    }
    return out;
}

PictureDecoder::PictureDecoder(const Initialiser& init, const DecoderSettings& settings, std::int64_t code,
                               const ImageInput& image, bool normed)
    : image_(image) {
    const DecoderPlan plan(settings, code, image);
    rows_ = plan.rows;
    columns_ = plan.columns;
    channels_ = plan.channels;
    for (std::size_t i = 0; i < plan.linear.size(); ++i) {
        const auto [in, width] = plan.linear[i];
        const std::string name = "decoder." + std::to_string(i);
        const bool hidden = plan.stages.empty() && i + 1 < plan.linear.size(), maps = !plan.stages.empty();
        linear_.emplace_back(init, name + ".linear", in, width, /*bias=*/true);
        if (hidden) norms_.emplace_back(chosen_norm(normed, width), name + ".norm", width, /*places=*/1);
        if (maps) norms_.emplace_back(chosen_norm(normed, channels_), name + ".norm", channels_, rows_ * columns_);
    }
    for (std::size_t i = 0; i < plan.stages.size(); ++i) {
        const DecoderPlan::Stage& stage = plan.stages[i];
        const std::string name = "decoder.stage" + std::to_string(i);
        const bool hidden = i + 1 < plan.stages.size();
        convolutions_.emplace_back(init, name + ".convolution",
                                   Convolution::Shape{stage.in, stage.out, kernel, /*stride=*/1, /*bias=*/true});
        if (hidden)
            norms_.emplace_back(chosen_norm(normed, stage.out), name + ".norm", stage.out, stage.rows * stage.columns);
    }
}

torch::Tensor PictureDecoder::operator()(const torch::Tensor& code_BK, const Pass& pass) const {
    torch::Tensor x = code_BK;
    if (convolutions_.empty()) {
        for (std::size_t i = 0; i + 1 < linear_.size(); ++i) x = torch::relu(norms_[i](linear_[i](x, pass), pass));
        x = linear_.back()(x, pass);
        return at_least_float(x).view({-1, image_.channels, image_.height, image_.width});
    }
    x = linear_.front()(x, pass).view({-1, channels_, rows_, columns_});
    x = torch::relu(norms_.front()(x, pass)).contiguous(at::MemoryFormat::ChannelsLast);
    for (std::size_t i = 0; i + 1 < convolutions_.size(); ++i) {
        const std::int64_t left = static_cast<std::int64_t>(convolutions_.size()) - 2 - static_cast<std::int64_t>(i);
        const auto size = [&](std::int64_t whole) { return (whole + (std::int64_t{1} << left) - 1) >> left; };
        // Of an odd size the last row or column is half of what was doubled.
        x = at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)})
                .narrow(2, 0, size(image_.height))
                .narrow(3, 0, size(image_.width));
        x = torch::relu(norms_[i + 1](convolutions_[i](x, pass), pass));
    }
    return at_least_float(convolutions_.back()(x, pass)).contiguous();
}

void PictureDecoder::list(Parameters& out) const {
    for (const Linear& layer : linear_) layer.list(out);
    for (const Convolution& layer : convolutions_) layer.list(out);
    for (const ChannelNorm& norm : norms_) norm.list(out);
}

}  // namespace gw
