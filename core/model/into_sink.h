#pragma once
#include <torch/types.h>

// Operations of LibTorch whose backward pass adds the gradient of a weight to the GradientSink of the thread: the
// gradients of all weights as tensors would take as much memory again, for each thread that trains.
namespace gw {

/// Whether the calling thread records a pass for a sink that knows the weight. On a CPU, of float32.
bool goes_to_sink(const torch::Tensor& weight);

/// x [..., in] W^T + b in the compute dtype, of a weight [out, in] that goes_to_sink(). The bias may be undefined.
torch::Tensor linear_to_sink(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                             torch::Dtype compute);

/// The rows of a table [count, width] that goes_to_sink() which `ids` (int64) name: [..., width].
torch::Tensor rows_to_sink(const torch::Tensor& table, const torch::Tensor& ids);

}  // namespace gw
