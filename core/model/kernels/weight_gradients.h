#pragma once
#include <torch/types.h>

#include <vector>

namespace gw::kernels {

/// Where a fused backward pass adds the gradients of its weights: into GradientSink where the thread has one, else into
/// tensors of its own.
class WeightGradients {
  public:
    /// Null where nobody asks for the weight's gradient.
    float* of(const torch::Tensor& weight, bool wanted);
    /// In the order in which they were asked for; undefined for what went to the sink, or was not wanted.
    const std::vector<torch::Tensor>& tensors() const { return tensors_; }

  private:
    std::vector<torch::Tensor> tensors_;
};

}  // namespace gw::kernels
