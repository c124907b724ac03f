#pragma once
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <functional>

#include "model/backbone.h"

namespace gw::test {

/// Float64 leaf of standard normal values.
inline torch::Tensor numbers(std::vector<std::int64_t> shape, std::uint64_t seed) {
    torch::manual_seed(seed);
    return torch::randn(shape, torch::kFloat64).set_requires_grad(true);
}

/// Compares d loss / d parameter for up to `samples` values of each tensor.
inline void check_gradients(const Parameters& parameters, const std::function<torch::Tensor()>& loss,
                            int samples = 12) {
    for (const Parameter& p : parameters) {
        torch::Tensor tensor = p.tensor;
        ASSERT_EQ(tensor.scalar_type(), torch::kFloat64) << p.name;
        tensor.mutable_grad() = torch::Tensor();
    }
    loss().backward();
    const torch::NoGradGuard no_grad;
    constexpr double h = 1e-6;
    for (const Parameter& p : parameters) {
        ASSERT_TRUE(p.tensor.grad().defined()) << p.name << " got no gradient";
        const torch::Tensor flat = p.tensor.detach().view({-1}), gradient = p.tensor.grad().reshape({-1});
        const std::int64_t stride = std::max<std::int64_t>(1, flat.numel() / samples);
        for (std::int64_t i = 0; i < flat.numel(); i += stride) {
            double* value = flat.data_ptr<double>() + i;
            const double kept = *value;
            *value = kept + h;
            const double above = loss().item<double>();
            *value = kept - h;
            const double below = loss().item<double>();
            *value = kept;
            const double expected = (above - below) / (2 * h), got = gradient[i].item<double>();
            EXPECT_NEAR(got, expected, 1e-6 + 1e-5 * std::abs(expected)) << p.name << "[" << i << "]";
        }
    }
}

}  // namespace gw::test
