#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/attention.h"

// Shape letters: B batch, T time (tokens, or patches of a picture), D width.
namespace gw {

/// What the blocks of a transformer are made of.
struct BlocksShape {
    std::int64_t layers = 1, width = 1, heads = 1, kv_heads = 1, hidden = 1;  ///< hidden: of the feed-forward part
    std::string activation = "gelu";
    bool causal = false, bias = true;
    bool pre = true;     ///< norms before each part and one behind all blocks, or after each part
    bool rms = false;    ///< RMSNorm in the place of LayerNorm
    double dropout = 0;  ///< of attention weights, and of what each part adds to the stream
    double gain = 1;     ///< of the first weights of what each part adds

    std::int64_t parameters() const;  ///< with the last norm
    std::int64_t weights() const;     ///< of the matrices of one block
    /// Kept for the backward pass of one of `time` positions, in 2-byte values: inputs of the norms (4 bytes each), of
    /// the products, and the attention weights.
    double activation_bytes(std::int64_t time) const;
    /// Whether the fused kernels of a CPU fit blocks of this shape in training.
    bool suits_kernels() const { return pre && dropout <= 0; }
    /// Of one of `time` positions, float32 on a CPU.
    KeptForBackward kept(std::int64_t time) const;
};

/// Whether to keep `inputs` in the place of `all` bytes for the backward pass of `positions`, at the cost of going
/// forward twice: where it saves more than 256 MiB, and more than a quarter of what weights, gradients and two moments
/// of the blocks take.
bool recompute_pays(const KeptForBackward& a_position, std::int64_t positions);

/// Why so many heads cannot share a width, with what would do; nothing where they can.
std::optional<std::string> heads_problem(std::int64_t heads, std::int64_t width);

/// Self-attention and feed-forward, each beside a residual path (Vaswani et al. 2017, section 3.1).
class TransformerBlock {
  public:
    TransformerBlock(const Initialiser& init, const std::string& name, const BlocksShape& shape);
    torch::Tensor operator()(const torch::Tensor& x_BTD, const std::optional<Rotary>& rotary, const Pass& pass) const;
    void list(Parameters& out) const;
    void adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapters();
    /// What it is made of, for who takes another way through it.
    struct Parts {
        bool pre;
        const Norm &norm1, &norm2;
        const Attention& attention;
        const FeedForward& feed_forward;
    };
    Parts parts() const { return {pre_, norm1_, norm2_, attention_, feed_forward_}; }

  private:
    bool pre_;
    double dropout_;
    Norm norm1_, norm2_;
    Attention attention_;
    FeedForward feed_forward_;
};

/// Blocks one behind the other, called `prefix`blocks.0, `prefix`blocks.1, ..., and the norm behind them, `prefix`norm.
class TransformerBlocks {
  public:
    TransformerBlocks() = default;
    TransformerBlocks(const Initialiser& init, const std::string& prefix, const BlocksShape& shape);
    /// [B, T, D] -> the same in the compute dtype, normalised. Every block is shown to Pass::observe.
    torch::Tensor operator()(torch::Tensor x_BTD, const std::optional<Rotary>& rotary, const Pass& pass) const;
    void list(Parameters& out) const;
    /// The projections "qkv", "out", "up" and "down".
    void adapt(const LoraShape& lora, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapters();
    const std::vector<TransformerBlock>& each() const { return blocks_; }
    /// As Backbone::shares_work().
    bool shares_work(const Pass& pass) const;
    const Norm* last_norm() const { return shape_.pre ? &norm_ : nullptr; }  ///< behind all blocks; null = none

  private:
    std::string prefix_;
    std::vector<TransformerBlock> blocks_;
    BlocksShape shape_;
    Norm norm_;
};

}  // namespace gw
