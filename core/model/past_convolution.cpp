#include "model/past_convolution.h"

#include <torch/types.h>

#include <algorithm>

namespace gw {

PastConvolution::PastConvolution(const Initialiser& init, const std::string& name, std::int64_t width,
                                 std::int64_t kernel, std::int64_t dilation)
    : name_(name),
      dilation_(dilation),
      weight_(init.tensor(name + ".weight", {width, width, kernel}, width * kernel, width * kernel)),
      bias_(Initialiser::constant(width, 0.0)) {}

torch::Tensor PastConvolution::operator()(const torch::Tensor& x_BDL, const Pass& pass) const {
    // What lies before the series is zero: taps that reach there alone are left out.
    const std::int64_t kernel = weight_.size(2), taps = std::min(kernel, (x_BDL.size(2) - 1) / dilation_ + 1);
    const torch::Tensor padded = at::constant_pad_nd(x_BDL.to(pass.compute), {(taps - 1) * dilation_, 0});
    return at::conv1d(padded, weight_.narrow(2, kernel - taps, taps).to(pass.compute), bias_.to(pass.compute),
                      /*stride=*/at::IntArrayRef{1},
                      /*padding=*/at::IntArrayRef{0}, /*dilation=*/at::IntArrayRef{dilation_});
}

void PastConvolution::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    out.push_back({name_ + ".bias", bias_});
}

}  // namespace gw
