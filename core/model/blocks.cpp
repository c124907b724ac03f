#include "model/blocks.h"

#include <torch/types.h>

#include <algorithm>

#include "model/kernels/fused_block.h"
#include "model/recomputed.h"
#include "model/stand_ins.h"

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

KeptForBackward BlocksShape::kept(std::int64_t time) const {
    const auto floats = [](std::int64_t count) { return 4.0 * static_cast<double>(count); };
    const std::int64_t up = activation == "swiglu" ? 2 * hidden : hidden;
    const kernels::BlockPlan plan{width, heads, kv_heads, hidden, kernels::activation_of(activation), causal, rms};
    const std::int64_t seen = heads * time;
    // By LibTorch's operations: the stream twice and both norms, queries twice, keys and values, the attention's
    // weights and its output, the inputs of activation and last product; and of dropout the masks, and the weights it
    // dropped.
    const std::int64_t dropped = dropout > 0 ? 2 * width + 2 * seen : 0,
                       plain = 5 * width + width + plan.qkv_width() + seen + up + hidden + dropped;
    KeptForBackward out;
    out.shares_work = suits_kernels();
    const double block = floats(out.shares_work ? plan.kept() + width : plain);
    out.all = static_cast<double>(layers) * block;
    out.inputs = static_cast<double>(layers) * floats(width);
    out.at_work = floats(out.shares_work ? plan.kept_at_work() : plain + up + hidden + seen);
    out.block_weights = static_cast<double>(layers * weights());
    return out;
}

bool recompute_pays(const KeptForBackward& a_position, std::int64_t positions) {
    constexpr double least = 256.0 * (1 << 20), share = 0.25, bytes_a_weight = 16;
    const double saved = (a_position.all - a_position.inputs) * static_cast<double>(positions);
    return saved > std::max(least, share * bytes_a_weight * a_position.block_weights);
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

namespace {

/// Whether the kernels of model/kernels/fused_block.h do what blocks would do in such a pass: float32 on the CPU, norms
/// before the parts, nothing dropped or adapted, attention not watched, nothing in place of a weight.
bool kernels_fit(const BlocksShape& shape, const TransformerBlock::Parts& parts, const Pass& pass) {
    const Linear &qkv = parts.attention.qkv(), &out = parts.attention.out(), &up = parts.feed_forward.up(),
                 &down = parts.feed_forward.down();
    const bool adapted = qkv.is_adapted() || out.is_adapted() || up.is_adapted() || down.is_adapted();
    return kernels::fused_allowed() && shape.pre && !adapted && !(pass.training && shape.dropout > 0) &&
           !pass.attended && !StandIns::current() && pass.compute == torch::kFloat32 && qkv.weight().is_cpu() &&
           qkv.weight().scalar_type() == torch::kFloat32;
}

bool kernels_fit(const BlocksShape& shape, const TransformerBlock::Parts& parts, const torch::Tensor& x_BTD,
                 const Pass& pass) {
    return x_BTD.is_cpu() && x_BTD.scalar_type() == torch::kFloat32 && x_BTD.numel() > 0 &&
           kernels_fit(shape, parts, pass);
}

torch::Tensor by_kernels(const TransformerBlock::Parts& parts, const torch::Tensor& x_BTD,
                         const std::optional<Rotary>& rotary, const Pass& pass) {
    const Attention::Shape& shape = parts.attention.shape();
    const Linear &qkv = parts.attention.qkv(), &out = parts.attention.out(), &up = parts.feed_forward.up(),
                 &down = parts.feed_forward.down();
    const Norm &norm1 = parts.norm1, &norm2 = parts.norm2;
    const kernels::Activation activation = kernels::activation_of(parts.feed_forward.activation());
    const kernels::BlockPlan plan{shape.width, shape.heads,  shape.kv_heads, down.weight().size(1),
                                  activation,  shape.causal, norm1.is_rms()};
    return kernels::fused_block(x_BTD, plan,
                                {norm1.weight(), norm1.bias(), qkv.weight(), qkv.bias(), out.weight(), out.bias(),
                                 norm2.weight(), norm2.bias(), up.weight(), up.bias(), down.weight(), down.bias()},
                                rotary, pass.valid_BT);
}

}  // namespace

TransformerBlocks::TransformerBlocks(const Initialiser& init, const std::string& prefix, const BlocksShape& shape)
    : prefix_(prefix), shape_(shape) {
    for (std::int64_t i = 0; i < shape.layers; ++i)
        blocks_.emplace_back(init, prefix + "blocks." + std::to_string(i), shape);
    if (shape.pre) norm_ = Norm(prefix + "norm", shape.width, shape.rms, shape.bias);
}

bool TransformerBlocks::shares_work(const Pass& pass) const {
    return std::all_of(blocks_.begin(), blocks_.end(),
                       [&](const TransformerBlock& block) { return kernels_fit(shape_, block.parts(), pass); });
}

torch::Tensor TransformerBlocks::operator()(torch::Tensor x_BTD, const std::optional<Rotary>& rotary,
                                            const Pass& pass) const {
    std::size_t number = 0;
    bool fused = false;
    Pass plain = pass;
    const std::int64_t time = x_BTD.size(1);
    // What a processor has plenty of or not is memory; a GPU's user says.
    // What stands in for weights is not there any more when a block would go forward again.
    const bool wanted = pass.recompute == Recompute::on || (pass.recompute == Recompute::automatic && x_BTD.is_cpu() &&
                                                            recompute_pays(shape_.kept(time), x_BTD.size(0) * time)),
               again = wanted && !StandIns::current();
    for (const TransformerBlock& block : blocks_) {
        fused = kernels_fit(shape_, block.parts(), x_BTD, pass);
        // Once for all blocks, and not where the kernels need none.
        if (!fused && shape_.causal && !plain.future_TT.defined()) plain.future_TT = future_of(time, x_BTD.device());
        const auto through = [&block, fused, rotary](const torch::Tensor& x, const Pass& own) {
            return fused ? by_kernels(block.parts(), x, rotary, own) : block(x, rotary, own);
        };
        if (again) {
            Parameters weights;
            block.list(weights);
            x_BTD = recomputed(x_BTD, weights, through, plain);
        } else {
            x_BTD = through(x_BTD, plain);
        }
        if (pass.observe) pass.observe(prefix_ + "blocks." + std::to_string(number), x_BTD);
        ++number;
    }
    if (fused) return kernels::fused_norm(x_BTD, norm_.is_rms(), norm_.weight(), norm_.bias());
    return shape_.pre ? norm_(x_BTD, pass) : x_BTD.to(pass.compute);
}

void TransformerBlocks::list(Parameters& out) const {
    for (const TransformerBlock& block : blocks_) block.list(out);
    if (shape_.pre) norm_.list(out);
}

void TransformerBlocks::adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) {
    for (TransformerBlock& block : blocks_) block.adapt(lora, seed, adapted);
}

void TransformerBlocks::merge_adapters() {
    for (TransformerBlock& block : blocks_) block.merge_adapters();
}

}  // namespace gw
