#pragma once
#include <string>
#include <vector>

#include "model/blocks.h"

// Shape letters: B batch, T time of what is written, S time of what it is written from, D width.
namespace gw {

/// Attention of one sequence to another (Vaswani et al. 2017, section 3.2.3): queries of the one, keys and values of
/// the other.
class CrossAttention {
  public:
    CrossAttention(const Initialiser& init, const std::string& name, const BlocksShape& shape);
    /// x [B, T, D] and memory [B, S, D] -> [B, T, D]. Pass::valid_BT is of the memory, [B, S].
    torch::Tensor operator()(const torch::Tensor& x_BTD, const torch::Tensor& memory_BSD, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    std::int64_t heads_;
    double dropout_;
    Linear queries_, keys_values_, out_;
};

/// What a block of a decoder is: causal self-attention, attention to the memory and feed-forward, each behind a norm
/// and beside a residual path.
class DecoderBlock {
  public:
    DecoderBlock(const Initialiser& init, const std::string& name, const BlocksShape& shape);
    torch::Tensor operator()(const torch::Tensor& x_BTD, const torch::Tensor& memory_BSD, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    double dropout_;
    Norm norm1_, norm2_, norm3_;
    Attention attention_;
    CrossAttention cross_;
    FeedForward feed_forward_;
};

/// Such blocks one behind the other, called `prefix`blocks.0, `prefix`blocks.1, ..., and the norm behind them,
/// `prefix`norm. Of `shape` they take no other place of the norms than before, no fewer key-value heads, and they are
/// causal.
class DecoderBlocks {
  public:
    DecoderBlocks() = default;
    DecoderBlocks(const Initialiser& init, const std::string& prefix, const BlocksShape& shape);
    /// x [B, T, D] and memory [B, S, D] -> [B, T, D] in the compute dtype, normalised. A position sees those before it
    /// and all of the memory that Pass::valid_BT [B, S] leaves.
    torch::Tensor operator()(torch::Tensor x_BTD, const torch::Tensor& memory_BSD, const Pass& pass) const;
    void list(Parameters& out) const;

    static std::int64_t parameters(const BlocksShape& shape);  ///< with the last norm
    static std::int64_t weights(const BlocksShape& shape);     ///< of the matrices of one block
    /// Kept for the backward pass of one of `written` positions, in 2-byte values as BlocksShape::activation_bytes(),
    /// without keys and values of the memory.
    static double activation_bytes(const BlocksShape& shape, std::int64_t written, std::int64_t memory);

  private:
    std::vector<DecoderBlock> blocks_;
    Norm norm_;
};

}  // namespace gw
