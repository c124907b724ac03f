#pragma once
#include <optional>
#include <string>

#include "model/layers.h"
#include "model/positions.h"

// Shape letters: B batch, T time, D width, H query heads, K key-value heads (K divides H), C width of a head.
namespace gw {

torch::Tensor at_least_float(const torch::Tensor& x);  ///< float64 stays; anything else as float32

/// softmax(q k^T / sqrt(C)) of attend(), [B, H, T, T]: a row is what its position looks at, and adds up to 1.
torch::Tensor attention_weights(const torch::Tensor& q_BHTC, const torch::Tensor& k_BKTC, bool causal,
                                const Pass& pass);

/// Scaled dot-product attention (Vaswani et al. 2017, section 3.2): softmax(q k^T / sqrt(C)) v.
/// q [B, H, T, C]; k, v [B, K, T, C], each key-value head serving H / K query heads (Ainslie et al. 2023,
/// arXiv:2305.13245). Scores and softmax are float32 at least: in bf16 a score of 20 would be off by 0.06, and its
/// share by 6 %.
torch::Tensor attend(const torch::Tensor& q_BHTC, const torch::Tensor& k_BKTC, const torch::Tensor& v_BKTC, bool causal,
                     double dropout, const Pass& pass);

/// Pass::future_TT for `time` positions; undefined where the fused attention of a GPU needs none.
torch::Tensor future_of(std::int64_t time, const torch::Device& device);

/// Multi-head self-attention with one matrix for queries, keys and values.
class Attention {
  public:
    struct Shape {
        std::int64_t width, heads, kv_heads;
        bool causal, bias;
        double dropout;
    };
    Attention() = default;
    Attention(const Initialiser& init, const std::string& name, const Shape& shape, double residual_gain);
    torch::Tensor operator()(const torch::Tensor& x_BTD, const std::optional<Rotary>& rotary, const Pass& pass) const;
    void list(Parameters& out) const;
    void adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapters();
    const Shape& shape() const { return shape_; }
    const Linear& qkv() const { return qkv_; }
    const Linear& out() const { return out_; }

  private:
    std::string name_;
    Shape shape_{};
    Linear qkv_, out_;
};

}  // namespace gw
