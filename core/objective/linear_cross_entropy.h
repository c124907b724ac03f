#pragma once
#include <torch/types.h>

#include <utility>

namespace gw {

/// An output layer and what it is to say: scores = features W^T + b, a target for each row. The scores of all rows
/// together are the largest tensor of a language model, several times over with their softmax and its gradient: here
/// they exist for a block of rows at a time, and the gradient of the block is made at once.
struct LinearScores {
    torch::Tensor features_ND, weight_VD, bias_V;  ///< the bias may be undefined
    torch::Tensor targets_N;                       ///< int64
    torch::Dtype compute = torch::kFloat32;        ///< of the product; the softmax is float32 (float64 of float64)
};

/// Sum over rows of -log softmax(scores)[target], a scalar; differentiable once, in features, weight and bias. On the
/// CPU in float32 the backward pass adds the gradients of weight and bias to the GradientSink where there is one.
torch::Tensor linear_cross_entropy(const LinearScores& of);

/// The same row after row [N], and whether the target is the first of the largest scores, bool [N]; without gradients.
std::pair<torch::Tensor, torch::Tensor> linear_cross_entropy_rows(const LinearScores& of);

/// Bytes that a step holds at most for the scores of so many rows, for estimates: a block of them with its softmax and
/// gradient, and the weight's gradient where it is made with them.
double linear_cross_entropy_bytes(double rows, double width, double vocabulary);
/// The same of so many rows by the kernels of a CPU: float32.
double linear_cross_entropy_kernel_bytes(std::int64_t rows, std::int64_t width, std::int64_t vocabulary);

}  // namespace gw
