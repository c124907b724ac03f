#include "model/kernels/weight_gradients.h"

#include <torch/types.h>

#include "model/gradient_sink.h"

namespace gw::kernels {

float* WeightGradients::of(const torch::Tensor& weight, bool wanted) {
    tensors_.emplace_back();
    if (!wanted) return nullptr;
    // What the sink does not know is no parameter itself but made of some: autograd hands its gradient on.
    if (const GradientSink* sink = GradientSink::current())
        if (float* const at = sink->of(weight)) return at;
    tensors_.back() = torch::zeros_like(weight);
    return tensors_.back().data_ptr<float>();
}

}  // namespace gw::kernels
