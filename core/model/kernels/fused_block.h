#pragma once
#include <torch/types.h>

#include <array>
#include <optional>

#include "model/kernels/block_passes.h"
#include "model/positions.h"

// Shape letters: B batch, T time, D width.
namespace gw::kernels {

/// The weights of a block by BlockWeight, contiguous float32 on the CPU; biases may be undefined.
using BlockTensors = std::array<torch::Tensor, block_weights>;

/// A block as one operation of autograd: float32 [B, T, D] on the CPU -> the same. Gradients of weights go to
/// GradientSink where one is set. `valid_BT` as in Pass; it counts where attention is not causal.
torch::Tensor fused_block(const torch::Tensor& x_BTD, const BlockPlan& plan, const BlockTensors& weights,
                          const std::optional<Rotary>& rotary, const torch::Tensor& valid_BT);

/// Norm of layers.h likewise: float32 [..., D] on the CPU -> the same. `bias` may be undefined.
torch::Tensor fused_norm(const torch::Tensor& x, bool rms, const torch::Tensor& weight, const torch::Tensor& bias);

/// Whether blocks may take these ways where they fit.
bool fused_allowed();

/// While it lives every block of the process goes the plain way: for comparing the two.
class PlainOnly {
  public:
    PlainOnly();
    PlainOnly(const PlainOnly&) = delete;
    PlainOnly& operator=(const PlainOnly&) = delete;
    ~PlainOnly();
};

}  // namespace gw::kernels
