#include "model/channel_ops.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <limits>

#include "model/normalisation.h"
#include "util/task_pool.h"

namespace gw {
namespace {

torch::Tensor map_of(std::vector<std::int64_t> shape, double offset = 0) {
    torch::manual_seed(4);
    torch::Tensor x = torch::randn(shape) + offset;
    if (x.dim() == 4) x = x.contiguous(at::MemoryFormat::ChannelsLast);
    return x.set_requires_grad(true);
}

struct Seen {
    torch::Tensor y, of_x, of_weight, of_bias;
};

/// Value and gradients of a sum in which every output counts differently; `type` of everything.
template <class Norm>
Seen seen(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias, const Norm& norm) {
    const torch::Tensor y = norm(x, weight, bias);
    const torch::Tensor shares =
        torch::cos(torch::arange(y.numel(), torch::kFloat64)).to(y.scalar_type()).view(y.sizes());
    const auto gradients = torch::autograd::grad({(y * shares).sum()}, {x, weight, bias});
    return {y.detach(), gradients[0], gradients[1], gradients[2]};
}

void expect_near(const torch::Tensor& found, const torch::Tensor& expected, double share, const char* what) {
    const torch::Tensor wide = found.to(torch::kFloat64);
    EXPECT_LE((wide - expected).abs().max().item<double>(), share * (1 + expected.abs().max().item<double>())) << what;
}

TEST(ChannelOps, BatchNormIsThePlainOne) {
    // Values far from zero, whose squares would cancel; places that fill several pieces; rows without places.
    const std::vector<std::pair<std::vector<std::int64_t>, double>> cases{
        {{3, 5, 4, 7}, 0}, {{2, 32, 60, 61}, 100}, {{2, 32, 60, 61}, 0.5}, {{64, 9}, -3}, {{2, 1, 1, 3}, 0}};
    for (const auto& [shape, offset] : cases)
        for (const bool rectified : {false, true}) {
            // Far from zero a value that is cut in float64 may be left in float32.
            if (rectified && offset > 50) continue;
            const torch::Tensor x = map_of(shape, offset);
            const std::int64_t channels = shape[1];
            const torch::Tensor weight = torch::linspace(0.5, -1.5, channels).set_requires_grad(true),
                                bias = torch::linspace(-0.3, 0.4, channels).set_requires_grad(true);
            BatchMoments moments;
            const Seen found = seen(x, weight, bias, [&](const auto& a, const auto& b, const auto& c) {
                return batch_norm_of(a, b, c, 1e-5, rectified, moments);
            });
            const auto wide = [](const torch::Tensor& t) {
                return t.detach().to(torch::kFloat64).set_requires_grad(true);
            };
            const torch::Tensor mean = torch::zeros({channels}, torch::kFloat64),
                                variance = torch::zeros({channels}, torch::kFloat64);
            const Seen plain =
                seen(wide(x), wide(weight), wide(bias), [&](const auto& a, const auto& b, const auto& c) {
                    const torch::Tensor y = at::batch_norm(a, b, c, mean, variance, true, 1.0, 1e-5, false);
                    return rectified ? at::relu(y) : y;
                });
            const double share = offset > 50 ? 3e-5 : 1e-5;
            expect_near(found.y, plain.y, share, "output");
            expect_near(found.of_x, plain.of_x, share, "gradient of the input");
            expect_near(found.of_weight, plain.of_weight, 1e-4, "gradient of the weight");
            expect_near(found.of_bias, plain.of_bias, 1e-4, "gradient of the bias");
            expect_near(moments.mean_C, mean, 1e-6, "mean");
            expect_near(moments.variance_C, variance, 1e-5, "variance");
            const torch::Tensor again = batch_norm_by(x.detach(), weight, bias, mean, variance, 1e-5, rectified);
            const torch::Tensor expected = at::batch_norm(x.detach(), weight, bias, mean.to(torch::kFloat32),
                                                          variance.to(torch::kFloat32), false, 1.0, 1e-5, false);
            expect_near(again, (rectified ? at::relu(expected) : expected).detach().to(torch::kFloat64), 3e-5,
                        "by known moments");
        }
}

TEST(ChannelOps, BatchNormHasTheSlopesOfFiniteDifferences) {
    const torch::Tensor x = map_of({2, 3, 2, 2});
    const torch::Tensor weight = torch::tensor({1.0F, -0.7F, 0.4F}).set_requires_grad(true),
                        bias = torch::tensor({0.5F, 0.2F, -0.1F}).set_requires_grad(true);
    const auto norm = [](const auto& a, const auto& b, const auto& c) {
        BatchMoments moments;
        return batch_norm_of(a, b, c, 1e-5, false, moments);
    };
    const Seen found = seen(x, weight, bias, norm);
    const torch::NoGradGuard no_grad;
    const torch::Tensor shares = torch::cos(torch::arange(24, torch::kFloat64)).to(torch::kFloat32).view({2, 3, 2, 2});
    float* const values = x.data_ptr<float>();
    for (std::int64_t i = 0; i < x.numel(); ++i) {
        const float kept = values[i], h = 1.0f / 128;
        values[i] = kept + h;
        const double above = (norm(x, weight, bias) * shares).sum().item<double>();
        values[i] = kept - h;
        const double below = (norm(x, weight, bias) * shares).sum().item<double>();
        values[i] = kept;
        EXPECT_NEAR(found.of_x.data_ptr<float>()[i], (above - below) / (2 * h), 5e-3);
    }
}

TEST(ChannelOps, TheLargestOfFourIsThePlainOne) {
    for (const std::vector<std::int64_t>& shape :
         std::vector<std::vector<std::int64_t>>{{3, 5, 4, 6}, {2, 32, 7, 5}, {40, 16, 28, 28}, {1, 1, 2, 2}}) {
        torch::Tensor x = map_of(shape).detach();
        x = (x * 2).round().clone(at::MemoryFormat::ChannelsLast).set_requires_grad(true);  // many are equal
        const auto told = [&](const torch::Tensor& y) {
            const torch::Tensor shares = torch::arange(y.numel(), torch::kFloat32).view(y.sizes());
            return std::pair{y.detach(), torch::autograd::grad({(y * shares).sum()}, {x})[0]};
        };
        const auto found = told(largest_of_four(x)), plain = told(at::max_pool2d(x, {2, 2}));
        EXPECT_TRUE(torch::equal(found.first, plain.first));
        EXPECT_TRUE(torch::equal(found.second, plain.second));
    }
    torch::Tensor bad = map_of({1, 2, 2, 2}).detach();
    bad[0][1][1][0] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(std::isnan(largest_of_four(bad)[0][1].item<float>()));
    EXPECT_FALSE(std::isnan(largest_of_four(bad)[0][0].item<float>()));
}

TEST(ChannelOps, DoNotDependOnTheThreads) {
    const torch::Tensor x = map_of({30, 16, 28, 28});
    const auto told = [&] {
        BatchMoments moments;
        return torch::autograd::grad(
            {largest_of_four(batch_norm_of(x, torch::ones({16}), torch::zeros({16}), 1e-5, true, moments))
                 .square()
                 .sum()},
            {x})[0];
    };
    const int before = TaskPool::shared().threads();
    TaskPool::shared().set_threads(1);
    const torch::Tensor alone = told();
    TaskPool::shared().set_threads(3);
    const torch::Tensor together = told();
    TaskPool::shared().set_threads(before);
    EXPECT_TRUE(torch::equal(alone, together));
}

TEST(ChannelOps, TheNormTakesThemWhereTheChannelsLieBesideEachOther) {
    const torch::Tensor x = map_of({4, 6, 5, 5}, 2);
    const BatchNorm last("norm", 6), first("norm", 6);
    const Pass training{.training = true};
    const torch::Tensor y = last(x, training, /*rectified=*/true),
                        plain = at::relu(first(x.detach().contiguous(), training));
    EXPECT_TRUE(torch::allclose(y, plain, 1e-4, 1e-5));
    Buffers moved, expected;
    last.list(moved);
    first.list(expected);
    for (std::size_t i = 0; i < moved.size(); ++i)
        EXPECT_TRUE(torch::allclose(moved[i].tensor, expected[i].tensor, 1e-5, 1e-6)) << moved[i].name;
    const torch::NoGradGuard no_grad;
    EXPECT_TRUE(torch::allclose(last(x, {}, /*rectified=*/true), at::relu(first(x.contiguous(), {})), 1e-4, 1e-4));
}

}  // namespace
}  // namespace gw
