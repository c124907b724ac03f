#include "model/convolution.h"

#include <torch/torch.h>

namespace gw {

namespace {
constexpr double batch_norm_epsilon = 1e-5, batch_norm_momentum = 0.1;
}

Convolution::Convolution(const Initialiser& init, const std::string& name, const Shape& shape)
    : name_(name), shape_(shape) {
    TORCH_CHECK(shape.kernel % 2 == 1, "a kernel of even size ", shape.kernel);
    const std::int64_t area = shape.kernel * shape.kernel;
    weight_ = init.tensor(name + ".weight", {shape.out, shape.in, shape.kernel, shape.kernel}, shape.in * area,
                          shape.out * area);
    if (shape.bias) bias_ = Initialiser::constant(shape.out, 0.0);
}

torch::Tensor Convolution::operator()(const torch::Tensor& x_BCHW, const Pass& pass) const {
    const torch::Tensor cast_bias = bias_.defined() ? bias_.to(pass.compute) : torch::Tensor();
    return at::conv2d(x_BCHW.to(pass.compute), weight_.to(pass.compute), cast_bias, shape_.stride, shape_.kernel / 2);
}

void Convolution::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    if (bias_.defined()) out.push_back({name_ + ".bias", bias_});
}

BatchNorm::BatchNorm(const std::string& name, std::int64_t channels)
    : name_(name),
      weight_(Initialiser::constant(channels, 1.0)),
      bias_(Initialiser::constant(channels, 0.0)),
      mean_(torch::zeros({channels})),
      variance_(torch::ones({channels})) {}

torch::Tensor BatchNorm::operator()(const torch::Tensor& x, const Pass& pass) const {
    // The kernels of a GPU take rows in bf16 beside a float32 weight, and count in float32.
    const torch::Tensor values = x.is_cuda() ? x : x.to(weight_.scalar_type());
    if (pass.training && weight_.requires_grad()) return trained(values).to(pass.compute);
    const torch::Tensor mean = mean_.to(weight_.scalar_type()), variance = variance_.to(weight_.scalar_type());
    return at::batch_norm(values, weight_, bias_, mean, variance, /*training=*/false, batch_norm_momentum,
                          batch_norm_epsilon,
                          /*cudnn_enabled=*/true)
        .to(pass.compute);
}

torch::Tensor BatchNorm::trained(const torch::Tensor& x) const {
    // The kernel moves copies: what comes of a pass that is not finite must not stay.
    const torch::Tensor mean = mean_.to(weight_.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
    const torch::Tensor variance = variance_.to(weight_.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
    const torch::Tensor y =
        at::batch_norm(x, weight_, bias_, mean, variance, /*training=*/true, batch_norm_momentum, batch_norm_epsilon,
                       /*cudnn_enabled=*/true);
    const torch::NoGradGuard no_grad;
    const torch::Tensor finite = torch::isfinite(mean + variance).all();
    torch::Tensor running_mean = mean_, running_variance = variance_;
    running_mean.copy_(torch::where(finite, mean, mean_.to(mean.scalar_type())));
    running_variance.copy_(torch::where(finite, variance, variance_.to(variance.scalar_type())));
    return y;
}

void BatchNorm::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    out.push_back({name_ + ".bias", bias_});
}

void BatchNorm::list(Buffers& out) const {
    out.push_back({name_ + ".mean", mean_, /*state=*/true});
    out.push_back({name_ + ".variance", variance_, /*state=*/true});
}

torch::Tensor max_pool(const torch::Tensor& x_BCHW) {
    return at::max_pool2d(x_BCHW, {2, 2});
}

torch::Tensor average_pool(const torch::Tensor& x_BCHW) {
    return at::avg_pool2d(x_BCHW, {2, 2});
}

}  // namespace gw
