#include "optim/moments.h"

namespace gw {

void Moments::direct(torch::Tensor& g, torch::Tensor& m, torch::Tensor& v, const torch::Tensor& updates,
                     const torch::Tensor& go) const {
    const torch::Tensor root = (1.0 - torch::pow(beta2, updates)).sqrt();
    m.lerp_(g, go * (1.0 - beta1));
    v.lerp_(g.square_(), go * (1.0 - beta2));
    // The gradient's memory takes the divisor, then the direction.
    at::sqrt_out(g, v).div_(root).add_(epsilon);
    at::div_out(g, m, g);
}

}  // namespace gw
