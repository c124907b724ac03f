#include "model/channel_ops.h"

#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <vector>

#include "model/kernels/channels.h"

namespace gw {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

torch::Tensor with_channels_last(const torch::Tensor& x) {
    return x.dim() == 4 ? x.contiguous(at::MemoryFormat::ChannelsLast) : x.contiguous();
}

torch::Tensor empty_alike(const torch::Tensor& x) {
    return torch::empty_like(x, x.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
}

std::int64_t places_of(const torch::Tensor& x) {
    return x.numel() / x.size(1);
}

/// y = x scale + shift is the normalisation by these moments.
struct Affine {
    std::vector<float> scale, shift, mean;
    std::vector<double> inverse;  ///< of the deviation
    Affine(const torch::Tensor& weight, const torch::Tensor& bias, const double* means, const double* variances,
           double epsilon) {
        const float *w = weight.data_ptr<float>(), *b = bias.data_ptr<float>();
        for (std::int64_t c = 0; c < weight.size(0); ++c) {
            inverse.push_back(1.0 / std::sqrt(variances[c] + epsilon));
            const double factor = static_cast<double>(w[c]) * inverse.back();
            scale.push_back(static_cast<float>(factor));
            shift.push_back(static_cast<float>(static_cast<double>(b[c]) - means[c] * factor));
            mean.push_back(static_cast<float>(means[c]));
        }
    }
    torch::Tensor of(const torch::Tensor& x, bool rectified) const {
        torch::Tensor y = empty_alike(x);
        kernels::channel_scale(x.data_ptr<float>(), places_of(x), x.size(1), scale.data(), shift.data(), rectified,
                               y.data_ptr<float>());
        return y;
    }
};

/// `moments` [2, C] float64 is filled: mean, and variance divided by the number of places.
struct BatchNormOf : torch::autograd::Function<BatchNormOf> {
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, const torch::Tensor& weight_C,
                                 const torch::Tensor& bias_C, const torch::Tensor& moments_2C, double epsilon,
                                 bool rectified) {
        const std::int64_t channels = x.size(1);
        double* const moments = moments_2C.data_ptr<double>();
        kernels::channel_moments(x.data_ptr<float>(), places_of(x), channels, moments, moments + channels);
        context->save_for_backward({x, weight_C, bias_C, moments_2C});
        context->saved_data["epsilon"] = epsilon;
        context->saved_data["rectified"] = rectified;
        context->saved_data["x"] = x.requires_grad();
        return Affine(weight_C, bias_C, moments, moments + channels, epsilon).of(x, rectified);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0], &weight = saved[1], gradient = with_channels_last(gradients[0]);
        const std::int64_t channels = x.size(1), places = places_of(x);
        const double* const moments = saved[3].data_ptr<double>();
        const Affine affine(weight, saved[2], moments, moments + channels, context->saved_data["epsilon"].toDouble());
        const kernels::ChannelScaled of{x.data_ptr<float>(),
                                        gradient.data_ptr<float>(),
                                        places,
                                        channels,
                                        affine.scale.data(),
                                        affine.shift.data(),
                                        affine.mean.data(),
                                        context->saved_data["rectified"].toBool()};
        std::vector<double> sums(static_cast<std::size_t>(channels)), products(sums.size());
        kernels::channel_gradient_sums(of, sums.data(), products.data());
        const torch::Tensor of_weight = torch::empty_like(weight), of_bias = torch::empty_like(weight);
        std::vector<float> slope, offset;
        for (std::size_t c = 0; c < sums.size(); ++c) {
            const double scale = static_cast<double>(affine.scale[c]), inverse = affine.inverse[c];
            of_weight.data_ptr<float>()[c] = static_cast<float>(products[c] * inverse);
            of_bias.data_ptr<float>()[c] = static_cast<float>(sums[c]);
            slope.push_back(static_cast<float>(-scale * products[c] * inverse * inverse / static_cast<double>(places)));
            offset.push_back(static_cast<float>(-scale * sums[c] / static_cast<double>(places)));
        }
        torch::Tensor of_x;
        if (context->saved_data["x"].toBool()) {
            of_x = empty_alike(x);
            kernels::channel_input_gradient(of, slope.data(), offset.data(), of_x.data_ptr<float>());
        }
        return {of_x, of_weight, of_bias, {}, {}, {}};
    }
};

struct LargestOfFour : torch::autograd::Function<LargestOfFour> {
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x_BCHW, bool with_gradient) {
        const std::int64_t maps = x_BCHW.size(0), channels = x_BCHW.size(1), height = x_BCHW.size(2),
                           width = x_BCHW.size(3);
        const torch::Tensor y =
            torch::empty({maps, channels, height / 2, width / 2}, x_BCHW.options(), at::MemoryFormat::ChannelsLast);
        torch::Tensor which;
        if (with_gradient) which = torch::empty({y.numel()}, torch::kUInt8);
        kernels::pool_largest(x_BCHW.data_ptr<float>(), maps, height, width, channels, y.data_ptr<float>(),
                              with_gradient ? which.data_ptr<std::uint8_t>() : nullptr);
        context->save_for_backward({which});
        context->saved_data["sizes"] = x_BCHW.sizes().vec();
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto sizes = context->saved_data["sizes"].toIntVector();
        const torch::Tensor gradient = with_channels_last(gradients[0]), which = context->get_saved_variables()[0];
        const torch::Tensor out = torch::empty(sizes, gradient.options(), at::MemoryFormat::ChannelsLast);
        kernels::pool_largest_gradient(gradient.data_ptr<float>(), which.data_ptr<std::uint8_t>(), sizes[0], sizes[2],
                                       sizes[3], sizes[1], out.data_ptr<float>());
        return {out, {}};
    }
};

}  // namespace

bool has_channels_last(const torch::Tensor& x) {
    if (!x.is_cpu() || x.scalar_type() != torch::kFloat32 || x.numel() == 0) return false;
    return x.dim() == 4 ? x.is_contiguous(at::MemoryFormat::ChannelsLast) : x.dim() == 2 && x.is_contiguous();
}

torch::Tensor batch_norm_of(const torch::Tensor& x, const torch::Tensor& weight_C, const torch::Tensor& bias_C,
                            double epsilon, bool rectified, BatchMoments& moments) {
    TORCH_CHECK(has_channels_last(x) && places_of(x) > 1, "no map that this normalisation takes");
    const torch::Tensor found = torch::empty({2, x.size(1)}, torch::kFloat64);
    const torch::Tensor y = BatchNormOf::apply(x, weight_C, bias_C, found, epsilon, rectified);
    const auto places = static_cast<double>(places_of(x));
    moments = {found[0].to(torch::kFloat32), (found[1] * (places / (places - 1))).to(torch::kFloat32)};
    return y;
}

torch::Tensor batch_norm_by(const torch::Tensor& x, const torch::Tensor& weight_C, const torch::Tensor& bias_C,
                            const torch::Tensor& mean_C, const torch::Tensor& variance_C, double epsilon,
                            bool rectified) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor mean = mean_C.to(torch::kFloat64).contiguous(),
                        variance = variance_C.to(torch::kFloat64).contiguous();
    return Affine(weight_C, bias_C, mean.data_ptr<double>(), variance.data_ptr<double>(), epsilon).of(x, rectified);
}

torch::Tensor largest_of_four(const torch::Tensor& x_BCHW) {
    return LargestOfFour::apply(x_BCHW, torch::GradMode::is_enabled() && x_BCHW.requires_grad());
}

}  // namespace gw
