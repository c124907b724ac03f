#include "eval/collapse.h"

#include <gmock/gmock.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>

#include "schema/metric.h"

// Meters of collapse against figures that are known.
namespace gw {
namespace {

/// [rows, columns] with these singular values.
torch::Tensor with_spectrum(const std::vector<double>& values, std::int64_t rows, std::int64_t columns) {
    torch::manual_seed(2);
    auto orthogonal = [&](std::int64_t size) {
        const torch::Tensor q = std::get<0>(at::linalg_qr(torch::randn({size, size}, torch::kFloat64)));
        return q.narrow(1, 0, static_cast<std::int64_t>(values.size()));
    };
    return torch::matmul(orthogonal(rows) * torch::tensor(values, torch::kFloat64), orthogonal(columns).t());
}

TEST(Collapse, EffectiveRankIsThatOfKnownSpectra) {
    const std::vector<std::pair<std::int64_t, std::int64_t>> shapes{{9, 6}, {6, 9}, {6, 6}};
    for (const auto& [rows, columns] : shapes) {
        EXPECT_NEAR(effective_rank(with_spectrum({1, 1, 1, 1}, rows, columns)), 4, 1e-4);
        EXPECT_NEAR(effective_rank(with_spectrum({5}, rows, columns)), 1, 1e-4);
        const double entropy = -(2.0 / 3 * std::log(2.0 / 3) + 1.0 / 3 * std::log(1.0 / 3));
        EXPECT_NEAR(effective_rank(with_spectrum({2, 1}, rows, columns)), std::exp(entropy), 1e-4);
    }
    EXPECT_EQ(effective_rank(torch::zeros({4, 3})), 0);
    EXPECT_NEAR(effective_rank(torch::ones({4, 3})), 1, 1e-4);
}

TEST(Collapse, SpreadIsOneInAllDirectionsAndZeroInOne) {
    for (const std::int64_t width : {2, 7, 64}) {
        const torch::Tensor axes = torch::eye(width);
        EXPECT_NEAR(feature_std(torch::cat({axes, -axes}) * 3), 1, 1e-6);
        EXPECT_NEAR(feature_std(torch::ones({10, width}) * torch::arange(1, 11).unsqueeze(1)), 0, 1e-6)
            << "length does not count";
    }
}

TEST(Collapse, AlignmentIsTheSquaredDistanceOfDirections) {
    const torch::Tensor right = torch::tensor({{1.0, 0.0}, {2.0, 0.0}}), up = torch::tensor({{0.0, 3.0}, {0.0, 1.0}});
    EXPECT_NEAR(alignment(right, right * 5), 0, 1e-12);
    EXPECT_NEAR(alignment(right, up), 2, 1e-12);
    EXPECT_NEAR(alignment(right, -right), 4, 1e-12);
}

TEST(Collapse, UniformityIsThatOfKnownPoints) {
    EXPECT_NEAR(uniformity(torch::ones({5, 3})), 0, 1e-12);
    EXPECT_NEAR(uniformity(torch::tensor({{1.0, 0.0}, {-2.0, 0.0}})), -8, 1e-9);
    EXPECT_NEAR(uniformity(torch::eye(6)), -4, 1e-9);
    EXPECT_LE(uniformity(torch::ones({5, 3})), 0);
}

/// More pictures than are held against each other at once.
TEST(Collapse, UniformityIsWhatPlainLoopsSay) {
    torch::manual_seed(3);
    const std::int64_t pictures = 300;
    const torch::Tensor x = torch::randn({pictures, 4}, torch::kFloat64),
                        units = x / x.square().sum(1, /*keepdim=*/true).sqrt();
    double sum = 0;
    const double* value = units.data_ptr<double>();
    for (std::int64_t i = 0; i < pictures; ++i)
        for (std::int64_t j = 0; j < i; ++j) {
            double distance = 0;
            for (std::int64_t d = 0; d < 4; ++d) distance += std::pow(value[i * 4 + d] - value[j * 4 + d], 2);
            sum += std::exp(-2 * distance);
        }
    EXPECT_NEAR(uniformity(x), std::log(sum / (pictures * (pictures - 1) / 2.0)), 1e-9);
}

TEST(Collapse, MetersStandInTheTableOfMetricsAndTellWhatCanBeTold) {
    torch::manual_seed(5);
    const torch::Tensor x = torch::randn({20, 6}), second = torch::randn({20, 6});
    const auto both = collapse_meters(x, second);
    EXPECT_EQ(both.size(), 4U);
    for (const auto& [name, value] : both) {
        const Metric* metric = find_metric(name);
        ASSERT_NE(metric, nullptr) << name;
        EXPECT_EQ(metric->better, Better::neither) << name;
        EXPECT_GE(value, metric->range.least) << name;
        EXPECT_LE(value, metric->range.most) << name;
    }
    EXPECT_FALSE(collapse_meters(x, {}).contains("alignment"));
    EXPECT_EQ(collapse_meters(x, {}).size(), 3U);
    EXPECT_FALSE(collapse_meters(x.narrow(0, 0, 1), {}).contains("uniformity"));
    EXPECT_TRUE(collapse_meters({}, {}).empty());
    torch::Tensor spoilt = x.clone();
    spoilt[3][2] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(collapse_meters(spoilt, second).empty());
    EXPECT_FALSE(collapse_meters(x, spoilt).contains("alignment"));
}

}  // namespace
}  // namespace gw
