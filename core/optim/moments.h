#pragma once
#include <torch/types.h>

namespace gw {

/// What Adam and its kin do on a device: the running means m and v take `g` in, as far as `go` lets them, and g becomes
/// m / (sqrt(v / (1 - beta2^t)) + epsilon), written over its own memory. The bias of m is left to the rate.
struct Moments {
    double beta1, beta2, epsilon;
    /// `updates` is t, float64; `go` is 1, or 0 where nothing may change.
    void direct(torch::Tensor& g, torch::Tensor& m, torch::Tensor& v, const torch::Tensor& updates,
                const torch::Tensor& go) const;
};

}  // namespace gw
