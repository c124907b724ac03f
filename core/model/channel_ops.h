#pragma once
#include <torch/types.h>

namespace gw {

/// Whether the operations below take a map [B, C, H, W] (or rows [B, C]): float32 on the CPU, with the channels beside
/// each other in memory.
bool has_channels_last(const torch::Tensor& x);

/// Normalisation by the batch (Ioffe and Szegedy 2015, arXiv:1502.03167) and, with `rectified`, ReLU after it, in two
/// passes over memory forward and two backward; nothing but the input is kept between. `x` as has_channels_last() asks,
/// of at least two places a channel.
struct BatchMoments {
    torch::Tensor mean_C, variance_C;  ///< float32, the variance unbiased: what running statistics take up
};
torch::Tensor batch_norm_of(const torch::Tensor& x, const torch::Tensor& weight_C, const torch::Tensor& bias_C,
                            double epsilon, bool rectified, BatchMoments& moments);

/// The same by moments that are known already; without gradients.
torch::Tensor batch_norm_by(const torch::Tensor& x, const torch::Tensor& weight_C, const torch::Tensor& bias_C,
                            const torch::Tensor& mean_C, const torch::Tensor& variance_C, double epsilon,
                            bool rectified);

/// The largest of each 2 x 2 places, as at::max_pool2d; `x_BCHW` as has_channels_last() asks.
torch::Tensor largest_of_four(const torch::Tensor& x_BCHW);

}  // namespace gw
