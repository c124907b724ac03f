#include "model/decoder_blocks.h"

#include <torch/types.h>

namespace gw {

CrossAttention::CrossAttention(const Initialiser& init, const std::string& name, const BlocksShape& shape)
    : heads_(shape.heads),
      dropout_(shape.dropout),
      queries_(init, name + ".queries", shape.width, shape.width, shape.bias),
      keys_values_(init, name + ".keys_values", shape.width, 2 * shape.width, shape.bias),
      out_(init, name + ".out", shape.width, shape.width, shape.bias, shape.gain) {}

torch::Tensor CrossAttention::operator()(const torch::Tensor& x_BTD, const torch::Tensor& memory_BSD,
                                         const Pass& pass) const {
    const std::int64_t width = x_BTD.size(2);
    const auto by_head = [&](const torch::Tensor& x) {
        return x.view({x.size(0), x.size(1), heads_, width / heads_}).transpose(1, 2);
    };
    const auto parts = keys_values_(memory_BSD, pass).chunk(2, -1);
    const torch::Tensor seen = attend(by_head(queries_(x_BTD, pass)), by_head(parts[0]), by_head(parts[1]),
                                      /*causal=*/false, dropout_, pass);
    return out_(seen.transpose(1, 2).reshape({x_BTD.size(0), x_BTD.size(1), width}), pass);
}

void CrossAttention::list(Parameters& out) const {
    queries_.list(out);
    keys_values_.list(out);
    out_.list(out);
}

DecoderBlock::DecoderBlock(const Initialiser& init, const std::string& name, const BlocksShape& shape)
    : dropout_(shape.dropout),
      norm1_(name + ".norm1", shape.width, shape.rms, shape.bias),
      norm2_(name + ".norm2", shape.width, shape.rms, shape.bias),
      norm3_(name + ".norm3", shape.width, shape.rms, shape.bias),
      attention_(init, name + ".attention",
                 {shape.width, shape.heads, shape.heads, /*causal=*/true, shape.bias, shape.dropout}, shape.gain),
      cross_(init, name + ".cross", shape),
      feed_forward_(init, name + ".feed_forward", shape.width, shape.hidden, shape.activation, shape.bias, shape.gain) {
}

torch::Tensor DecoderBlock::operator()(const torch::Tensor& x_BTD, const torch::Tensor& memory_BSD,
                                       const Pass& pass) const {
    torch::Tensor x = x_BTD + drop(attention_(norm1_(x_BTD, pass), std::nullopt, pass), dropout_, pass);
    x = x + drop(cross_(norm2_(x, pass), memory_BSD, pass), dropout_, pass);
    return x + drop(feed_forward_(norm3_(x, pass), pass), dropout_, pass);
}

void DecoderBlock::list(Parameters& out) const {
    norm1_.list(out);
    attention_.list(out);
    norm2_.list(out);
    cross_.list(out);
    norm3_.list(out);
    feed_forward_.list(out);
}

DecoderBlocks::DecoderBlocks(const Initialiser& init, const std::string& prefix, const BlocksShape& shape)
    : norm_(prefix + "norm", shape.width, shape.rms, shape.bias) {
    for (std::int64_t i = 0; i < shape.layers; ++i)
        blocks_.emplace_back(init, prefix + "blocks." + std::to_string(i), shape);
}

torch::Tensor DecoderBlocks::operator()(torch::Tensor x_BTD, const torch::Tensor& memory_BSD, const Pass& pass) const {
    Pass own = pass;
    own.observe = {};  // who looks on looks at the backbone
    own.attended = {};
    own.future_TT = future_of(x_BTD.size(1), x_BTD.device());
    for (const DecoderBlock& block : blocks_) x_BTD = block(x_BTD, memory_BSD, own);
    return norm_(x_BTD, own);
}

void DecoderBlocks::list(Parameters& out) const {
    for (const DecoderBlock& block : blocks_) block.list(out);
    norm_.list(out);
}

std::int64_t DecoderBlocks::weights(const BlocksShape& shape) {
    return shape.weights() + 4 * shape.width * shape.width;
}

std::int64_t DecoderBlocks::parameters(const BlocksShape& shape) {
    const std::int64_t biases = shape.bias ? 4 * shape.width : 0,
                       norm = shape.rms || !shape.bias ? shape.width : 2 * shape.width;
    return shape.parameters() + shape.layers * (4 * shape.width * shape.width + biases + norm);
}

double DecoderBlocks::activation_bytes(const BlocksShape& shape, std::int64_t written, std::int64_t memory) {
    const double attention = (4.0 + 2.0) * static_cast<double>(shape.width) +
                             2.0 * 2.0 * static_cast<double>(shape.width) +
                             2.0 * 2.0 * static_cast<double>(shape.heads * memory);
    return shape.activation_bytes(written) + static_cast<double>(shape.layers) * attention;
}

}  // namespace gw
