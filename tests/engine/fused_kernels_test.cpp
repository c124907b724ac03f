#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "model/kernels/activation_rows.h"
#include "model/kernels/gemm.h"
#include "model/kernels/head_attention.h"
#include "model/kernels/norm_rows.h"
#include "model/kernels/scratch_floats.h"

// The kernels against plain loops in double precision, gradients against differences of these.
namespace gw::test {

namespace {

using Floats = std::vector<float>;

Floats normal_floats(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> draw;
    Floats out(count);
    for (float& x : out) x = draw(random);
    return out;
}

/// Slope of f(x) = sum of what `forward` gives times `pull`, along value `i` of x.
template <class Forward>
double slope(Floats x, std::size_t i, const Floats& pull, const Forward& forward) {
    constexpr double step = 1.0 / 1024;
    const auto value = [&](double shift) {
        std::vector<double> wide(x.begin(), x.end());
        wide[i] += shift;
        const std::vector<double> y = forward(wide);
        double sum = 0;
        for (std::size_t j = 0; j < y.size(); ++j) sum += y[j] * pull[j];
        return sum;
    };
    return (value(step) - value(-step)) / (2 * step);
}

double gelu(double x) {
    return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
}

std::vector<double> activated_rows(kernels::Activation activation, std::size_t rows, std::size_t hidden,
                                   const std::vector<double>& u) {
    std::vector<double> h(rows * hidden);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < hidden; ++j) {
            if (activation == kernels::Activation::swiglu) {
                const double gate = u[i * 2 * hidden + j];
                h[i * hidden + j] = gate / (1 + std::exp(-gate)) * u[i * 2 * hidden + hidden + j];
            } else {
                const double x = u[i * hidden + j];
                h[i * hidden + j] = activation == kernels::Activation::gelu ? gelu(x) : std::max(x, 0.0);
            }
        }
    return h;
}

std::vector<double> normed_rows(const kernels::NormRows& norm, const std::vector<double>& x) {
    const auto width = static_cast<std::size_t>(norm.width);
    std::vector<double> y(x.size());
    for (std::size_t at = 0; at < x.size(); at += width) {
        double mean = 0, squares = 0;
        for (std::size_t j = 0; j < width && !norm.rms; ++j) mean += x[at + j] / static_cast<double>(width);
        for (std::size_t j = 0; j < width; ++j)
            squares += (x[at + j] - mean) * (x[at + j] - mean) / static_cast<double>(width);
        for (std::size_t j = 0; j < width; ++j)
            y[at + j] =
                (x[at + j] - mean) / std::sqrt(squares + 1e-5) * norm.weight[j] + (norm.bias ? norm.bias[j] : 0.0F);
    }
    return y;
}

/// Attention of one head from its q, k and v behind each other, [3, T, C].
std::vector<double> attended_rows(std::size_t time, std::size_t length, std::size_t width, bool causal,
                                  const std::vector<double>& qkv) {
    const double *q = qkv.data(), *k = q + time * width, *v = k + time * width;
    std::vector<double> out(time * width, 0.0);
    for (std::size_t i = 0; i < time; ++i) {
        const std::size_t seen = causal ? i + 1 : length;
        std::vector<double> weights(seen);
        double sum = 0;
        for (std::size_t j = 0; j < seen; ++j) {
            double score = 0;
            for (std::size_t c = 0; c < width; ++c) score += q[i * width + c] * k[j * width + c];
            sum += weights[j] = std::exp(score / std::sqrt(static_cast<double>(width)));
        }
        for (std::size_t j = 0; j < seen; ++j)
            for (std::size_t c = 0; c < width; ++c) out[i * width + c] += weights[j] / sum * v[j * width + c];
    }
    return out;
}

}  // namespace

TEST(FusedKernels, ProductsOfAnyShape) {
    const std::vector<std::array<std::int64_t, 3>> shapes = {{1, 1, 1},   {2, 5, 3},    {6, 16, 8},   {7, 17, 9},
                                                             {13, 40, 8}, {14, 31, 33}, {65, 70, 64}, {300, 19, 300}};
    for (const auto& [m, n, k] : shapes)
        for (int way = 0; way < 12; ++way) {
            const bool a_transposed = way & 1, b_transposed = way & 2, add = way / 4 == 1, biased = way / 4 == 2;
            const std::int64_t a_stride = (a_transposed ? m : k) + 3, b_stride = (b_transposed ? k : n) + 2,
                               c_stride = n + 1;
            const Floats a = normal_floats(static_cast<std::size_t>((a_transposed ? k : m) * a_stride), 1),
                         b = normal_floats(static_cast<std::size_t>((b_transposed ? n : k) * b_stride), 2),
                         bias = normal_floats(static_cast<std::size_t>(n), 3),
                         before = normal_floats(static_cast<std::size_t>(m * c_stride), 4);
            Floats c = before;
            kernels::gemm(m, n, k, {a.data(), a_stride, a_transposed}, {b.data(), b_stride, b_transposed}, c.data(),
                          c_stride, add, biased ? bias.data() : nullptr);
            for (std::int64_t i = 0; i < m; ++i)
                for (std::int64_t j = 0; j < c_stride; ++j) {
                    const auto at = static_cast<std::size_t>(i * c_stride + j);
                    double sum = add ? before[at] : biased && j < n ? bias[static_cast<std::size_t>(j)] : 0;
                    for (std::int64_t p = 0; p < k && j < n; ++p)
                        sum += static_cast<double>(
                                   a[static_cast<std::size_t>(a_transposed ? p * a_stride + i : i * a_stride + p)]) *
                               b[static_cast<std::size_t>(b_transposed ? j * b_stride + p : p * b_stride + j)];
                    // Between the rows lies what belongs to others.
                    if (j == n) sum = before[at];
                    ASSERT_NEAR(c[at], sum, 1e-5 * std::sqrt(static_cast<double>(k)) * 3)
                        << m << " " << n << " " << k << " way " << way << " at " << i << ", " << j;
                }
        }
}

TEST(FusedKernels, GeluIsExactToFloat) {
    Floats u, h;
    for (float x = -12; x < 12; x += 0.003F) u.push_back(x);
    h.resize(u.size());
    kernels::activate(kernels::Activation::gelu, 1, static_cast<std::int64_t>(u.size()), u.data(), h.data());
    for (std::size_t i = 0; i < u.size(); ++i) ASSERT_NEAR(h[i], gelu(u[i]), 4e-7 * (1 + std::abs(u[i]))) << u[i];
}

TEST(FusedKernels, ActivationsAndTheirSlopes) {
    constexpr std::size_t rows = 3, hidden = 21;
    for (const auto activation : {kernels::Activation::gelu, kernels::Activation::relu, kernels::Activation::swiglu}) {
        const std::size_t in = activation == kernels::Activation::swiglu ? 2 * hidden : hidden;
        const Floats u = normal_floats(rows * in, 5), pull = normal_floats(rows * hidden, 6);
        Floats h(rows * hidden), again(rows * hidden), slopes(rows * in);
        kernels::activate(activation, rows, hidden, u.data(), h.data());
        kernels::activate_back(activation, rows, hidden, u.data(), pull.data(), again.data(), slopes.data());
        const auto expected = activated_rows(activation, rows, hidden, {u.begin(), u.end()});
        for (std::size_t i = 0; i < h.size(); ++i) {
            EXPECT_NEAR(h[i], expected[i], 1e-6);
            EXPECT_FLOAT_EQ(h[i], again[i]);
        }
        for (std::size_t i = 0; i < u.size(); ++i) {
            if (std::abs(u[i]) < 0.002F) continue;  // ReLU's corner
            EXPECT_NEAR(
                slopes[i],
                slope(u, i, pull,
                      [&](const std::vector<double>& x) { return activated_rows(activation, rows, hidden, x); }),
                5e-6);
        }
    }
}

TEST(FusedKernels, NormsAndTheirSlopes) {
    constexpr std::int64_t rows = 3, width = 19;
    const Floats x = normal_floats(rows * width, 7), pull = normal_floats(rows * width, 8),
                 past = normal_floats(rows * width, 9), weight = normal_floats(width, 10),
                 bias = normal_floats(width, 11);
    for (const bool rms : {false, true}) {
        const kernels::NormRows norm{width, rms, weight.data(), rms ? nullptr : bias.data()};
        Floats mean(rows), scale(rows), y(rows * width), slopes(rows * width), to_weight(width, 1.0F),
            to_bias(width, 1.0F);
        const kernels::RowScales at{mean.data(), scale.data()};
        kernels::find_scales(norm, rows, x.data(), at);
        kernels::normalise(norm, rows, x.data(), at, y.data());
        kernels::normalise_back(norm, rows, x.data(), at, pull.data(), past.data(), slopes.data());
        kernels::norm_weight_gradients(norm, rows, 0, width, x.data(), at, pull.data(), to_weight.data(),
                                       to_bias.data());
        const auto forward = [&](const std::vector<double>& values) { return normed_rows(norm, values); };
        const auto expected = forward({x.begin(), x.end()});
        for (std::size_t i = 0; i < y.size(); ++i) {
            EXPECT_NEAR(y[i], expected[i], 2e-6);
            EXPECT_NEAR(slopes[i], past[i] + slope(x, i, pull, forward), 2e-5);
        }
        for (std::size_t j = 0; j < width; ++j) {
            double by_weight = 1, by_bias = 1;
            for (std::size_t i = j; i < y.size(); i += width) {
                by_weight += pull[i] * (expected[i] - (norm.bias ? bias[j] : 0.0F)) / weight[j];
                by_bias += pull[i];
            }
            EXPECT_NEAR(to_weight[j], by_weight, 2e-5);
            EXPECT_NEAR(to_bias[j], by_bias, 1e-5);
        }
    }
}

TEST(FusedKernels, AttentionAndItsSlopes) {
    constexpr std::size_t time = 70, width = 6;
    const Floats qkv = normal_floats(3 * time * width, 12), pull = normal_floats(time * width, 13);
    for (const bool causal : {false, true}) {
        const std::size_t length = causal ? time : 41;
        const float* const q = qkv.data();
        const kernels::HeadPlace head{
            time, static_cast<std::int64_t>(length), width, causal, q, q + time * width, q + 2 * time * width, width};
        Floats out(time * width), log_sums(time), slopes(3 * time * width, 0.0F);
        kernels::attend(head, out.data(), width, log_sums.data());
        kernels::attend_back(head, out.data(), pull.data(), width, log_sums.data(), slopes.data(),
                             slopes.data() + time * width, slopes.data() + 2 * time * width);
        const auto forward = [&](const std::vector<double>& values) {
            return attended_rows(time, length, width, causal, values);
        };
        const auto expected = forward({qkv.begin(), qkv.end()});
        for (std::size_t i = 0; i < out.size(); ++i) EXPECT_NEAR(out[i], expected[i], 2e-6);
        for (std::size_t i = 0; i < qkv.size(); i += 17)
            EXPECT_NEAR(slopes[i], slope(qkv, i, pull, forward), 5e-5) << i;
    }
}

TEST(FusedKernels, MemoryIsLentAgainAndNeverTwiceAtATime) {
    const float* first = nullptr;
    {
        const kernels::ScratchFloats one(1000), two(1000);
        EXPECT_NE(one.data(), two.data());
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(one.data()) % 64, 0U);
        first = one.data();
    }
    const kernels::ScratchFloats one(1000), two(900);
    EXPECT_TRUE(one.data() == first || two.data() == first);
}

}  // namespace gw::test
