#include "model/residual.h"

#include <torch/types.h>

#include "model/layers.h"

namespace gw {

torch::Tensor NormedConvolution::operator()(const torch::Tensor& x_BCHW, const Pass& pass) const {
    return norm(convolution(x_BCHW, pass), pass);
}

torch::Tensor NormedConvolution::activated(const torch::Tensor& x_BCHW, const std::string& activation,
                                           const Pass& pass) const {
    return norm.activated(convolution(x_BCHW, pass), activation, pass);
}

torch::Tensor ResidualBlock::operator()(const torch::Tensor& x_BCHW, const std::string& activation,
                                        const Pass& pass) const {
    torch::Tensor y_BCHW = x_BCHW;
    for (std::size_t i = 0; i + 1 < branch.size(); ++i) y_BCHW = branch[i].activated(y_BCHW, activation, pass);
    y_BCHW = branch.back()(y_BCHW, pass);
    return activated(y_BCHW + past(x_BCHW, pass), activation);
}

torch::Tensor ResidualBlock::past(const torch::Tensor& x_BCHW, const Pass& pass) const {
    if (projection) return (*projection)(x_BCHW, pass);
    torch::Tensor y_BCHW = x_BCHW;
    if (stride > 1) y_BCHW = y_BCHW.slice(2, 0, c10::nullopt, stride).slice(3, 0, c10::nullopt, stride);
    return wider > 0 ? at::constant_pad_nd(y_BCHW, {0, 0, 0, 0, 0, wider}) : y_BCHW;
}

}  // namespace gw
