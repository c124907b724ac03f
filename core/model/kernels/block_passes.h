#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/kernels/activation_rows.h"

// A transformer block forward and backward on float32 in memory. Shape letters: B batch, T time, N = B T, D width, C
// width of a head, Q = D + 2 key-value width, F hidden width, U what goes into the activation (F; SwiGLU 2 F).
namespace gw::kernels {

/// What a block with norms before its parts consists of, as TransformerBlock has it.
struct BlockPlan {
    std::int64_t width, heads, kv_heads, hidden;
    Activation activation;
    bool causal, rms;

    std::int64_t head_width() const { return width / heads; }
    std::int64_t kv_width() const { return kv_heads * head_width(); }
    std::int64_t qkv_width() const { return width + 2 * kv_width(); }
    std::int64_t up_width() const { return activation == Activation::swiglu ? 2 * hidden : hidden; }
    /// Floats that the backward pass wants kept, for each of N.
    std::int64_t kept() const { return 2 * 2 + qkv_width() + heads + 2 * width + up_width(); }
    /// And those that a backward pass works with besides.
    std::int64_t kept_at_work() const { return 6 * width + std::max(hidden + up_width(), qkv_width()); }
};

/// The weights of a block in order; matrices are [out, in].
enum class BlockWeight : std::size_t {
    norm1_weight,
    norm1_bias,
    qkv_weight,
    qkv_bias,
    out_weight,
    out_bias,
    norm2_weight,
    norm2_bias,
    up_weight,
    up_bias,
    down_weight,
    down_bias
};
inline constexpr std::size_t block_weights = 12;

/// A block at work on a batch.
struct BlockRun {
    BlockPlan plan;
    std::int64_t batch = 0, time = 0;
    std::vector<std::int64_t> lengths;                  ///< of the rows, at least 1; empty = T
    const float *cosines = nullptr, *sines = nullptr;   ///< of rotary positions, [T, C / 2]; null without
    std::array<const float*, block_weights> weights{};  ///< biases may be null

    std::int64_t count() const { return batch * time; }
    const float* operator[](BlockWeight which) const { return weights[static_cast<std::size_t>(which)]; }
};

/// x [N, D] -> y [N, D]. `kept` [N * plan.kept()] is what run_block_back() wants. Cut into pieces for TaskPool by the
/// shape alone.
void run_block(const BlockRun& run, const float* x, float* y, float* kept);

/// The gradient of x (left out where it is null), and those of the weights ADDED to `gradients`, where they are not
/// null, from that of y.
void run_block_back(const BlockRun& run, const float* x, float* kept, const float* gradient_y, float* gradient_x,
                    const std::array<float*, block_weights>& gradients);

}  // namespace gw::kernels
