#include "model/convolution.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "model/channel_ops.h"
#include "model/layers.h"
#include "model/stand_ins.h"

namespace gw {

Convolution::Convolution(const Initialiser& init, const std::string& name, const Shape& shape, double gain)
    : name_(name), shape_(shape) {
    TORCH_CHECK(shape.kernel % 2 == 1, "a kernel of even size ", shape.kernel);
    const std::int64_t area = shape.kernel * shape.kernel;
    weight_ = init.tensor(name + ".weight", {shape.out, shape.in, shape.kernel, shape.kernel}, shape.in * area,
                          shape.out * area, gain);
    if (shape.bias) bias_ = Initialiser::constant(shape.out, 0.0);
}

torch::Tensor Convolution::operator()(const torch::Tensor& x_BCHW, const Pass& pass) const {
    const torch::Tensor cast_bias = bias_.defined() ? bias_.to(pass.compute) : torch::Tensor();
    const torch::Tensor y_BCHW = at::conv2d(x_BCHW.to(pass.compute), in_use(weight_).to(pass.compute), cast_bias,
                                            shape_.stride, shape_.kernel / 2);
    if (!lora_a_.defined()) return y_BCHW;
    const torch::Tensor inner_BCHW = at::conv2d(drop(x_BCHW, lora_dropout_, pass).to(pass.compute),
                                                lora_a_.to(pass.compute), {}, shape_.stride, shape_.kernel / 2);
    const torch::Tensor outer = lora_b_.to(pass.compute).view({shape_.out, lora_b_.size(1), 1, 1});
    return y_BCHW + at::conv2d(inner_BCHW, outer) * lora_scale_;
}

void Convolution::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    if (bias_.defined()) out.push_back({name_ + ".bias", bias_});
    if (lora_a_.defined()) out.push_back({name_ + ".lora_a", lora_a_});
    if (lora_b_.defined()) out.push_back({name_ + ".lora_b", lora_b_});
}

void Convolution::adapt(const LoraShape& lora, const std::string& projection, std::uint64_t seed,
                        std::vector<Adapted>& adapted) {
    if (std::find(lora.projections.begin(), lora.projections.end(), projection) == lora.projections.end()) return;
    LoraShape fitting = lora;
    fitting.rank = std::min({lora.rank, shape_.out, shape_.in * shape_.kernel * shape_.kernel});
    make_adapter(fitting, seed, name_, weight_, lora_a_, lora_b_);
    lora_scale_ = lora.alpha / static_cast<double>(lora.rank);
    lora_dropout_ = lora.dropout;
    adapted.push_back({projection, name_ + ".weight"});
}

void Convolution::merge_adapter() {
    if (!lora_a_.defined()) return;
    const torch::NoGradGuard no_grad;
    weight_.add_(torch::matmul(lora_b_, lora_a_.flatten(1)).view(weight_.sizes()), lora_scale_);
    lora_a_ = lora_b_ = torch::Tensor();
}

torch::Tensor max_pool(const torch::Tensor& x_BCHW) {
    if (has_channels_last(x_BCHW) && x_BCHW.size(2) > 1 && x_BCHW.size(3) > 1) return largest_of_four(x_BCHW);
    return at::max_pool2d(x_BCHW, {2, 2});
}

torch::Tensor average_pool(const torch::Tensor& x_BCHW) {
    return at::avg_pool2d(x_BCHW, {2, 2});
}

torch::Tensor overlapping_max_pool(const torch::Tensor& x_BCHW) {
    return at::max_pool2d(x_BCHW, /*kernel_size=*/{3, 3}, /*stride=*/{2, 2}, /*padding=*/{1, 1});
}

}  // namespace gw
