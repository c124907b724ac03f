#include "optim/regularisation.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "engine/stretch.h"

// What is done to gradients and weights besides the optimizer, against plain sums.
namespace gw {
namespace {

class OnABank : public testing::Test {
  protected:
    torch::Tensor matrix_ = torch::tensor({{1.0f, -2.0f}, {0.0f, 3.0f}}), vector_ = torch::tensor({5.0f, -6.0f});
    ParameterBank bank_{{{"matrix", matrix_}, {"vector", vector_}}, torch::kCPU};
};

TEST_F(OnABank, L1PullsMatricesTowardsZero) {
    bank_.zero_gradients();
    Regularisation({.l1 = 0.5}).before_update(bank_, 0, 1);
    EXPECT_TRUE(torch::equal(bank_.entries()[0].parameter.grad(), torch::tensor({{0.5f, -0.5f}, {0.0f, 0.5f}})));
    EXPECT_TRUE(torch::equal(bank_.entries()[1].parameter.grad(), torch::zeros({2})));
}

TEST_F(OnABank, WhatIsFrozenIsLeftAlone) {
    bank_.set_paces([](const ParameterBank::Entry& entry) {
        return ParameterBank::Pace{entry.name == "vector" ? 1.0 : 0.0, 0};
    });
    bank_.zero_gradients();
    const Regularisation all({.l1 = 1, .gradient_noise = 1, .weight_limit = 2});
    all.before_update(bank_, 0, 1);
    all.after_update(bank_);
    EXPECT_TRUE(torch::equal(bank_.entries()[0].parameter.detach(), torch::tensor({{1.0f, -2.0f}, {0.0f, 3.0f}})));
    EXPECT_TRUE(torch::equal(bank_.entries()[1].parameter.detach(), torch::tensor({2.0f, -2.0f})));
}

TEST_F(OnABank, WeightsAreCut) {
    Regularisation({.weight_limit = 2}).after_update(bank_);
    EXPECT_TRUE(torch::equal(bank_.entries()[0].parameter.detach(), torch::tensor({{1.0f, -2.0f}, {0.0f, 2.0f}})));
    EXPECT_TRUE(torch::equal(bank_.entries()[1].parameter.detach(), torch::tensor({2.0f, -2.0f})));
}

TEST(GradientNoise, HasItsVarianceAndFades) {
    torch::Tensor weights = torch::zeros({200, 200});
    ParameterBank bank({{"weights", weights}}, torch::kCPU);
    const Regularisation noise({.gradient_noise = 0.3});
    for (const std::int64_t step : {0, 99}) {
        bank.zero_gradients();
        noise.before_update(bank, step, 7);
        const torch::Tensor added = bank.entries()[0].parameter.grad();
        const double variance = 0.3 / std::pow(1.0 + static_cast<double>(step), 0.55);
        EXPECT_NEAR(added.var().item<double>() / variance, 1, 0.03) << step;
        EXPECT_NEAR(added.mean().item<double>(), 0, 0.02 * std::sqrt(variance));
        const torch::Tensor first = added.clone();
        bank.zero_gradients();
        noise.before_update(bank, step, 7);
        EXPECT_TRUE(torch::equal(bank.entries()[0].parameter.grad(), first)) << "the seed names it";
    }
}

TEST(Regularised, RunsGoOnToTheBitAndMoveAsTheyAreAsked) {
    const auto spec = [](const Json& regularisation) {
        return complete_spec(test::tiny_spec({{"training", {{"budget", 8}}},
                                              {"saving", {{"every", 4}, {"keep_last", 5}}},
                                              {"regularisation", regularisation}}));
    };
    const Json all{{"l1", 1e-3}, {"gradient_noise", 1e-3}, {"weight_limit", 0.05}};
    test::Stretches plain, whole, parts;
    ASSERT_EQ(plain.go(spec(Json::object())).end, Outcome::End::finished) << plain.why();
    ASSERT_EQ(whole.go(spec(all)).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec(all), {}, 4).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec(all), parts.checkpoint(4)).end, Outcome::End::finished) << parts.why();
    const auto bytes = [](const test::Stretches& run) {
        return read_file(run.checkpoint(8) / "backbone.safetensors").or_throw();
    };
    EXPECT_EQ(bytes(whole), bytes(parts));
    EXPECT_NE(bytes(whole), bytes(plain));
    EXPECT_EQ(whole.figures(), parts.figures());
}

}  // namespace
}  // namespace gw
