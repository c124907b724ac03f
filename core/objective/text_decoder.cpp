#include "objective/text_decoder.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "model/into_sink.h"

namespace gw {

namespace {

torch::Tensor looked_up(const torch::Tensor& table, const torch::Tensor& ids) {
    return goes_to_sink(table) ? rows_to_sink(table, ids) : at::embedding(table, ids);
}

}  // namespace

BlocksShape TextDecoderSettings::decoder(std::int64_t width) const {
    std::int64_t heads = std::max<std::int64_t>(1, (width + decoder_head_width - 1) / decoder_head_width);
    while (width % heads != 0) ++heads;  // as many heads as values always divide
    // Three parts of each block add to the stream.
    return {.layers = decoder_layers,
            .width = width,
            .heads = heads,
            .kv_heads = heads,
            .hidden = 4 * width,
            .causal = true,
            .dropout = decoder_dropout,
            .gain = 1.0 / std::sqrt(3.0 * static_cast<double>(decoder_layers))};
}

TextDecoder::TextDecoder(const Initialiser& init, const TextDecoderSettings& settings, const BackboneFacts& backbone,
                         const WrittenText& text)
    : words_(backbone.vocabulary), embedding_(backbone.token_embedding), dropout_(settings.decoder_dropout) {
    TORCH_CHECK(embedding_.defined(), "a decoder of text over a backbone without tokens");
    if (!backbone.tied) output_ = init.table("output.weight", words_, backbone.width);
    own_ = init.table("decoder.own_ids.weight", text.own_ids, backbone.width);
    positions_ = init.table("decoder.positions.weight", text.longest, backbone.width);
    blocks_ = DecoderBlocks(init, "decoder.", settings.decoder(backbone.width));
}

torch::Tensor TextDecoder::operator()(const torch::Tensor& ids_BT, const torch::Tensor& memory_BSD,
                                      const Pass& pass) const {
    const std::int64_t time = ids_BT.size(1);
    TORCH_CHECK(time <= longest(), "a decoder of ", longest(), " positions does not write ", time, " tokens");
    const torch::Tensor words_BTD = looked_up(embedding_, ids_BT.clamp_max(words_ - 1)),
                        own_BTD = looked_up(own_, (ids_BT - words_).clamp_min(0)),
                        x_BTD = torch::where(ids_BT.ge(words_).unsqueeze(-1), own_BTD, words_BTD);
    return blocks_(drop(x_BTD + positions_.narrow(0, 0, time), dropout_, pass), memory_BSD, pass);
}

torch::Tensor TextDecoder::output() const {
    return torch::cat({output_.defined() ? output_ : embedding_, own_});
}

void TextDecoder::list(Parameters& out) const {
    out.push_back({"decoder.own_ids.weight", own_});
    out.push_back({"decoder.positions.weight", positions_});
    blocks_.list(out);
    if (output_.defined()) out.push_back({"output.weight", output_});
}

std::int64_t TextDecoder::parameters(const TextDecoderSettings& settings, const BackboneFacts& backbone,
                                     const WrittenText& text) {
    return DecoderBlocks::parameters(settings.decoder(backbone.width)) +
           (text.own_ids + text.longest + (backbone.tied ? 0 : backbone.vocabulary)) * backbone.width;
}

ObjectiveCost TextDecoder::cost(const TextDecoderSettings& settings, const BackboneFacts& backbone, std::int64_t row,
                                std::int64_t memory, std::int64_t written) {
    const BlocksShape shape = settings.decoder(backbone.width);
    const auto layers = static_cast<double>(shape.layers), width = static_cast<double>(shape.width),
               seen = static_cast<double>(memory) / static_cast<double>(row),
               wrote = static_cast<double>(written) / static_cast<double>(row),
               of_memory =
                   2.0 * width * width;  // keys and values are made of what is seen, the rest of what is written
    ObjectiveCost out{.share = seen};
    out.flops_per_unit =
        6.0 * layers * (wrote * (static_cast<double>(DecoderBlocks::weights(shape)) - of_memory) + seen * of_memory) +
        12.0 * layers * width * wrote * static_cast<double>(written + memory);
    out.activation_bytes =
        wrote * DecoderBlocks::activation_bytes(shape, written, memory) + seen * layers * 2.0 * 2.0 * width;
    return out;
}

}  // namespace gw
