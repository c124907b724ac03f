#pragma once
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "model/backbone.h"

// What networks for pictures do, by loops over numbers, no tensor operations; and what their tests share.
namespace gw::plain {

inline const Pass exact{torch::kFloat64, /*training=*/false}, training{torch::kFloat64, /*training=*/true};

inline torch::Tensor numbers(const std::vector<std::int64_t>& shape, std::uint64_t seed) {
    torch::manual_seed(seed);
    return torch::randn(shape, torch::kFloat64);
}

inline Parameters in_float64(Parameters parameters) {
    for (Parameter& p : parameters) p.tensor.set_data(p.tensor.detach().to(torch::kFloat64));
    return parameters;
}

template <class Layer>
inline Parameters parameters_of(const Layer& layer) {
    Parameters all;
    layer.list(all);
    return in_float64(all);
}

/// Values that are not where a layer begins, so that a sign or a factor too many shows.
inline void shake(const Parameters& parameters, std::uint64_t seed) {
    const torch::NoGradGuard no_grad;
    torch::manual_seed(seed);
    for (const Parameter& p : parameters) p.tensor.detach().add_(torch::randn_like(p.tensor) * 0.3);
}

inline torch::Tensor named(const Parameters& parameters, const std::string& name) {
    for (const Parameter& p : parameters)
        if (p.name == name) return p.tensor.detach();
    ADD_FAILURE() << name;
    return {};
}

inline void expect_near(const torch::Tensor& got, const torch::Tensor& expected, double most, const std::string& what) {
    ASSERT_EQ(got.sizes(), expected.sizes()) << what;
    EXPECT_LE((got.detach().to(torch::kFloat64) - expected).abs().max().item<double>(), most) << what;
}

/// A scalar that depends on every output in a way of its own.
inline torch::Tensor weigh(const torch::Tensor& y) {
    return (y * torch::sin(torch::arange(y.numel(), torch::kFloat64) + 1).view(y.sizes())).sum();
}

inline torch::Tensor plain_convolution(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                                       std::int64_t stride) {
    const std::int64_t kernel = weight.size(2), pad = kernel / 2, high = (x.size(2) - 1) / stride + 1,
                       wide = (x.size(3) - 1) / stride + 1;
    torch::Tensor y = torch::zeros({x.size(0), weight.size(0), high, wide}, torch::kFloat64);
    const auto in = x.accessor<double, 4>(), w = weight.accessor<double, 4>();
    auto out = y.accessor<double, 4>();
    for (std::int64_t b = 0; b < y.size(0); ++b)
        for (std::int64_t o = 0; o < y.size(1); ++o)
            for (std::int64_t i = 0; i < high; ++i)
                for (std::int64_t j = 0; j < wide; ++j) {
                    double sum = bias.defined() ? bias[o].item<double>() : 0.0;
                    for (std::int64_t c = 0; c < x.size(1); ++c)
                        for (std::int64_t k = 0; k < kernel; ++k)
                            for (std::int64_t l = 0; l < kernel; ++l) {
                                const std::int64_t row = i * stride + k - pad, column = j * stride + l - pad;
                                if (row < 0 || column < 0 || row >= x.size(2) || column >= x.size(3)) continue;
                                sum += in[b][c][row][column] * w[o][c][k][l];
                            }
                    out[b][o][i][j] = sum;
                }
    return y;
}

inline torch::Tensor plain_pool(const torch::Tensor& x, bool largest) {
    torch::Tensor y = torch::zeros({x.size(0), x.size(1), x.size(2) / 2, x.size(3) / 2}, torch::kFloat64);
    const auto in = x.accessor<double, 4>();
    auto out = y.accessor<double, 4>();
    for (std::int64_t b = 0; b < y.size(0); ++b)
        for (std::int64_t c = 0; c < y.size(1); ++c)
            for (std::int64_t i = 0; i < y.size(2); ++i)
                for (std::int64_t j = 0; j < y.size(3); ++j) {
                    double most = -std::numeric_limits<double>::infinity(), sum = 0;
                    for (std::int64_t k = 0; k < 2; ++k)
                        for (std::int64_t l = 0; l < 2; ++l) {
                            most = std::max(most, in[b][c][2 * i + k][2 * j + l]);
                            sum += in[b][c][2 * i + k][2 * j + l];
                        }
                    out[b][c][i][j] = largest ? most : sum / 4;
                }
    return y;
}

/// Mean and variance (over all but the second axis) of every channel.
struct Moments {
    std::vector<double> mean, variance, unbiased;
};
inline Moments spread_of(const torch::Tensor& x) {
    const torch::Tensor flat_CN = x.transpose(0, 1).flatten(1).contiguous();
    const auto values = flat_CN.accessor<double, 2>();
    const std::int64_t count = flat_CN.size(1);
    Moments out;
    for (std::int64_t c = 0; c < flat_CN.size(0); ++c) {
        double mean = 0, square = 0;
        for (std::int64_t i = 0; i < count; ++i) mean += values[c][i] / static_cast<double>(count);
        for (std::int64_t i = 0; i < count; ++i) square += (values[c][i] - mean) * (values[c][i] - mean);
        out.mean.push_back(mean);
        out.variance.push_back(square / static_cast<double>(count));
        out.unbiased.push_back(square / static_cast<double>(count - 1));
    }
    return out;
}

inline torch::Tensor plain_norm(const torch::Tensor& x, const std::vector<double>& mean,
                                const std::vector<double>& variance, const torch::Tensor& weight,
                                const torch::Tensor& bias) {
    torch::Tensor y = x.clone();
    for (std::int64_t c = 0; c < x.size(1); ++c) {
        const auto at = static_cast<std::size_t>(c);
        const double scale = weight[c].item<double>() / std::sqrt(variance[at] + 1e-5);
        y.select(1, c).sub_(mean[at]).mul_(scale).add_(bias[c].item<double>());
    }
    return y;
}

inline std::vector<double> values_of(const torch::Tensor& tensor) {
    const torch::Tensor wide = tensor.detach().to(torch::kFloat64).contiguous();
    return {wide.data_ptr<double>(), wide.data_ptr<double>() + wide.numel()};
}

inline const BackboneKind& kind_named(const char* id) {
    return *find_kind(backbones(), id);
}

inline std::unique_ptr<Backbone> build(const char* id, const Json& settings, const InputFacts& input) {
    for (const schema::Problem& problem : kind_named(id).check(settings, "backbone"))
        ADD_FAILURE() << problem.path << " " << problem.message;
    return kind_named(id).build(settings, BackboneInputs{input, true, 7});
}

inline torch::Tensor some_pictures(std::int64_t rows, std::int64_t channels, std::int64_t height, std::int64_t width) {
    torch::manual_seed(11);
    return torch::randint(256, {rows, channels, height, width}, torch::kUInt8);
}

}  // namespace gw::plain
