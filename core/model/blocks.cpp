#include "model/blocks.h"

#include <torch/torch.h>

namespace gw {

std::int64_t BlocksShape::weights() const {
    const std::int64_t kv = kv_heads * (width / heads), up = activation == "swiglu" ? 2 * hidden : hidden;
    return width * (width + 2 * kv) + width * width + width * up + hidden * width;
}

std::int64_t BlocksShape::parameters() const {
    const std::int64_t kv = kv_heads * (width / heads), up = activation == "swiglu" ? 2 * hidden : hidden;
    const std::int64_t biases = bias ? (width + 2 * kv) + width + up + width : 0,
                       norm = rms || !bias ? width : 2 * width;
    return layers * (weights() + biases + 2 * norm) + (pre ? norm : 0);
}

double BlocksShape::activation_bytes(std::int64_t time) const {
    const std::int64_t qkv = width + 2 * kv_heads * (width / heads), up = activation == "swiglu" ? 2 * hidden : hidden;
    return static_cast<double>(layers) *
           (2.0 * (4.0 + 2.0) * static_cast<double>(width) + 2.0 * static_cast<double>(qkv + width + up + hidden) +
            2.0 * 2.0 * static_cast<double>(heads * time));
}

std::optional<std::string> heads_problem(std::int64_t heads, std::int64_t width) {
    if (width % heads == 0) return std::nullopt;
    std::int64_t nearest = 0;
    for (std::int64_t distance = 1; nearest == 0; ++distance)
        for (const std::int64_t candidate : {heads + distance, heads - distance})
            if (candidate >= 1 && width % candidate == 0) nearest = candidate;
    return std::to_string(heads) + " heads do not divide the width " + std::to_string(width) + "; use " +
           std::to_string(nearest) + " heads, or a width that is a multiple of " + std::to_string(heads);
}

TransformerBlock::TransformerBlock(const Initialiser& init, const std::string& name, const BlocksShape& shape)
    : pre_(shape.pre),
      dropout_(shape.dropout),
      norm1_(name + ".norm1", shape.width, shape.rms, shape.bias),
      norm2_(name + ".norm2", shape.width, shape.rms, shape.bias),
      attention_(init, name + ".attention",
                 {shape.width, shape.heads, shape.kv_heads, shape.causal, shape.bias, shape.dropout}, shape.gain),
      feed_forward_(init, name + ".feed_forward", shape.width, shape.hidden, shape.activation, shape.bias, shape.gain) {
}

torch::Tensor TransformerBlock::operator()(const torch::Tensor& x_BTD, const std::optional<Rotary>& rotary,
                                           const Pass& pass) const {
    if (pre_) {
        const torch::Tensor x = x_BTD + drop(attention_(norm1_(x_BTD, pass), rotary, pass), dropout_, pass);
        return x + drop(feed_forward_(norm2_(x, pass), pass), dropout_, pass);
    }
    const torch::Tensor x = norm1_.wide(x_BTD + drop(attention_(x_BTD, rotary, pass), dropout_, pass));
    return norm2_.wide(x + drop(feed_forward_(x, pass), dropout_, pass));
}

void TransformerBlock::list(Parameters& out) const {
    norm1_.list(out);
    attention_.list(out);
    norm2_.list(out);
    feed_forward_.list(out);
}

void TransformerBlock::adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) {
    attention_.adapt(lora, seed, adapted);
    feed_forward_.adapt(lora, seed, adapted);
}

void TransformerBlock::merge_adapters() {
    attention_.merge_adapters();
    feed_forward_.merge_adapters();
}

TransformerBlocks::TransformerBlocks(const Initialiser& init, const std::string& prefix, const BlocksShape& shape)
    : prefix_(prefix), pre_(shape.pre) {
    for (std::int64_t i = 0; i < shape.layers; ++i)
        blocks_.emplace_back(init, prefix + "blocks." + std::to_string(i), shape);
    if (pre_) norm_ = Norm(prefix + "norm", shape.width, shape.rms, shape.bias);
}

torch::Tensor TransformerBlocks::operator()(torch::Tensor x_BTD, const std::optional<Rotary>& rotary,
                                            const Pass& pass) const {
    std::size_t number = 0;
    for (const TransformerBlock& block : blocks_) {
        x_BTD = block(x_BTD, rotary, pass);
        if (pass.observe) pass.observe(prefix_ + "blocks." + std::to_string(number), x_BTD);
        ++number;
    }
    return pre_ ? norm_(x_BTD, pass) : x_BTD.to(pass.compute);
}

void TransformerBlocks::list(Parameters& out) const {
    for (const TransformerBlock& block : blocks_) block.list(out);
    if (pre_) norm_.list(out);
}

void TransformerBlocks::adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) {
    for (TransformerBlock& block : blocks_) block.adapt(lora, seed, adapted);
}

void TransformerBlocks::merge_adapters() {
    for (TransformerBlock& block : blocks_) block.merge_adapters();
}

}  // namespace gw
