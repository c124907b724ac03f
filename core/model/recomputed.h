#pragma once
#include <torch/types.h>

#include <functional>

#include "model/backbone.h"

namespace gw {

/// A part of a model in a pass: the same from the same input, and from the same state of the pass's generator.
using PartOfModel = std::function<torch::Tensor(const torch::Tensor& x, const Pass& pass)>;

/// part(x, pass), of which nothing but x is kept for the backward pass: that goes through the part once more, with
/// dropout drawn as the first time. Results and gradients are the same to the bit. `weights` are all that the part
/// reads with a gradient; what the part refers to must live until the backward pass. Differentiable once.
torch::Tensor recomputed(const torch::Tensor& x, const Parameters& weights, const PartOfModel& part, const Pass& pass);

}  // namespace gw
