#include "model/attention.h"

#include <torch/types.h>
#include <torch/version.h>

#include <cmath>
#include <limits>

namespace gw {

namespace {

torch::Tensor repeat_heads(const torch::Tensor& x_BKTC, std::int64_t times) {
    if (times == 1) return x_BKTC;
    const auto s = x_BKTC.sizes();
    return x_BKTC.unsqueeze(2).expand({s[0], s[1], times, s[2], s[3]}).reshape({s[0], s[1] * times, s[2], s[3]});
}

torch::Tensor future_mask(std::int64_t time, const torch::Device& device) {
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    return torch::full({time, time}, -std::numeric_limits<float>::infinity(), options).triu(1);
}

}  // namespace

torch::Tensor at_least_float(const torch::Tensor& x) {
    return x.scalar_type() == torch::kFloat64 ? x : x.to(torch::kFloat32);
}

torch::Tensor attention_weights(const torch::Tensor& q_BHTC, const torch::Tensor& k_BKTC, bool causal,
                                const Pass& pass) {
    const std::int64_t time = q_BHTC.size(2);
    const torch::Tensor k = repeat_heads(k_BKTC, q_BHTC.size(1) / k_BKTC.size(1));
    const torch::Tensor q = at_least_float(q_BHTC) * (1.0 / std::sqrt(static_cast<double>(q_BHTC.size(3))));
    // In place: a product's gradient needs its factors alone, and this is the largest tensor of a pass.
    torch::Tensor scores_BHTT = torch::matmul(q, at_least_float(k).transpose(-2, -1));
    if (causal) scores_BHTT.add_(pass.future_TT.defined() ? pass.future_TT : future_mask(time, scores_BHTT.device()));
    // Padding stands behind the end of a row: causal attention never looks there from a token.
    if (pass.valid_BT.defined() && !causal)
        scores_BHTT.masked_fill_(pass.valid_BT.logical_not().unsqueeze(1).unsqueeze(1),
                                 -std::numeric_limits<float>::infinity());
    return torch::softmax(scores_BHTT, -1);
}

torch::Tensor attend(const torch::Tensor& q_BHTC, const torch::Tensor& k_BKTC, const torch::Tensor& v_BKTC, bool causal,
                     double dropout, const Pass& pass) {
    const std::int64_t times = q_BHTC.size(1) / k_BKTC.size(1);
    const torch::Tensor v = repeat_heads(v_BKTC, times);
#if TORCH_VERSION_MAJOR >= 2
    // The fused kernels win on a GPU; on a CPU they were measured slower than the plain products below.
    if (q_BHTC.is_cuda()) {
        const bool masked = pass.valid_BT.defined() && !causal;
        const std::optional<torch::Tensor> mask =
            masked ? std::optional(pass.valid_BT.unsqueeze(1).unsqueeze(1)) : std::nullopt;
        return at::scaled_dot_product_attention(q_BHTC, repeat_heads(k_BKTC, times), v, mask,
                                                pass.training ? dropout : 0.0, causal);
    }
#endif
    const torch::Tensor weights_BHTT = drop(attention_weights(q_BHTC, k_BKTC, causal, pass), dropout, pass);
    return torch::matmul(weights_BHTT.to(v.scalar_type()), v);
}

torch::Tensor future_of(std::int64_t time, const torch::Device& device) {
#if TORCH_VERSION_MAJOR >= 2
    if (device.is_cuda()) return {};
#endif
    return future_mask(time, device);
}

Attention::Attention(const Initialiser& init, const std::string& name, const Shape& shape, double residual_gain)
    : name_(name),
      shape_(shape),
      qkv_(init, name + ".qkv", shape.width, shape.width + 2 * shape.kv_heads * (shape.width / shape.heads),
           shape.bias),
      out_(init, name + ".out", shape.width, shape.width, shape.bias, residual_gain) {}

torch::Tensor Attention::operator()(const torch::Tensor& x_BTD, const std::optional<Rotary>& rotary,
                                    const Pass& pass) const {
    const std::int64_t batch = x_BTD.size(0), time = x_BTD.size(1), head_width = shape_.width / shape_.heads;
    const std::int64_t kv_width = shape_.kv_heads * head_width;
    const auto parts = qkv_(x_BTD, pass).split_with_sizes({shape_.width, kv_width, kv_width}, -1);
    auto by_head = [&](const torch::Tensor& x, std::int64_t heads) {
        return x.view({batch, time, heads, head_width}).transpose(1, 2);
    };
    torch::Tensor q = by_head(parts[0], shape_.heads), k = by_head(parts[1], shape_.kv_heads),
                  v = by_head(parts[2], shape_.kv_heads);
    if (rotary) {
        q = (*rotary)(q);
        k = (*rotary)(k);
    }
    if (pass.attended) pass.attended(name_, attention_weights(q, k, shape_.causal, pass));
    const torch::Tensor y = attend(q, k, v, shape_.causal, shape_.dropout, pass);
    return out_(y.transpose(1, 2).reshape({batch, time, shape_.width}), pass);
}

void Attention::adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted) {
    qkv_.adapt(lora, "qkv", seed, adapted);
    out_.adapt(lora, "out", seed, adapted);
}

void Attention::merge_adapters() {
    qkv_.merge_adapter();
    out_.merge_adapter();
}

void Attention::list(Parameters& out) const {
    qkv_.list(out);
    out_.list(out);
}

}  // namespace gw
