#include <cmath>

#include "engine/small.h"
#include "optim/catalog.h"

namespace gw {
namespace {

struct Fixture {
    torch::Tensor matrix = torch::tensor({{0.5F, -1.0F, 2.0F}, {0.1F, 0.0F, -0.3F}}).set_requires_grad(true);
    torch::Tensor vector = torch::tensor({1.0F, -2.0F}).set_requires_grad(true);
    ParameterBank bank{{{"vector", vector}, {"matrix", matrix}}, torch::kCPU};
    void set_gradients(float scale) {
        const torch::NoGradGuard no_grad;
        matrix.mutable_grad().copy_(torch::tensor({{0.1F, 0.2F, -0.3F}, {0.4F, -0.5F, 0.6F}}) * scale);
        vector.mutable_grad().copy_(torch::tensor({-1.0F, 0.5F}) * scale);
    }
};

Update plain(double lr) { return {lr, torch::tensor(1.0F), torch::tensor(true)}; }

TEST(Optimizers, BankKeepsNamesAndGradients) {
    Fixture f;
    EXPECT_EQ(f.bank.parameters(), 8);
    EXPECT_EQ(f.bank.entries().front().name, "matrix");  // matrices first
    EXPECT_GE(f.bank.decayed(), 6);
    (f.matrix.sum() * 3 + f.vector.sum()).backward();
    EXPECT_NEAR(f.bank.gradient_norm().item<double>(), std::sqrt(6 * 9.0 + 2), 1e-6);
    f.bank.weights().mul_(2);
    EXPECT_FLOAT_EQ(f.vector[1].item<float>(), -4.0F);
    f.bank.zero_gradients();
    EXPECT_EQ(f.matrix.grad().abs().sum().item<float>(), 0.0F);
}

TEST(Optimizers, AdamWFollowsThePaper) {
    Fixture f;
    const Json settings = Json::parse(R"({"lr": 0.01, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-8, "weight_decay": 0.1})");
    const auto optimizer = adamw_kind().build(settings, f.bank);
    // Loshchilov and Hutter's algorithm 2, value by value.
    std::vector<double> w{0.5, -1.0, 2.0, 0.1, 0.0, -0.3, 1.0, -2.0}, m(8), v(8);
    const std::vector<double> g{0.1, 0.2, -0.3, 0.4, -0.5, 0.6, -1.0, 0.5};
    for (int t = 1; t <= 5; ++t) {
        f.set_gradients(static_cast<float>(t));
        optimizer->step(plain(0.01));
        for (std::size_t i = 0; i < 8; ++i) {
            const double gradient = g[i] * t;
            if (i < 6) w[i] -= 0.01 * 0.1 * w[i];
            m[i] = 0.9 * m[i] + 0.1 * gradient;
            v[i] = 0.99 * v[i] + 0.01 * gradient * gradient;
            w[i] -= 0.01 * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(0.99, t))) + 1e-8);
        }
    }
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(f.matrix.view({-1})[static_cast<int>(i)].item<double>(), w[i], 1e-5) << i;
    for (std::size_t i = 6; i < 8; ++i) EXPECT_NEAR(f.vector[static_cast<int>(i - 6)].item<double>(), w[i], 1e-5) << i;
}

TEST(Optimizers, SgdFollowsItsFormula) {
    for (const bool nesterov : {false, true}) {
        Fixture f;
        const Json settings{{"lr", 0.1}, {"momentum", 0.9}, {"nesterov", nesterov}, {"weight_decay", 0.01}};
        const auto optimizer = sgd_kind().build(settings, f.bank);
        std::vector<double> w{0.5, -1.0, 2.0, 0.1, 0.0, -0.3, 1.0, -2.0}, velocity(8);
        const std::vector<double> g{0.1, 0.2, -0.3, 0.4, -0.5, 0.6, -1.0, 0.5};
        for (int t = 1; t <= 4; ++t) {
            f.set_gradients(1.0F);
            optimizer->step(plain(0.1));
            for (std::size_t i = 0; i < 8; ++i) {
                const double gradient = g[i] + (i < 6 ? 0.01 * w[i] : 0.0);
                velocity[i] = 0.9 * velocity[i] + gradient;
                w[i] -= 0.1 * (nesterov ? gradient + 0.9 * velocity[i] : velocity[i]);
            }
        }
        for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(f.matrix.view({-1})[static_cast<int>(i)].item<double>(), w[i], 1e-5) << i;
        EXPECT_NEAR(f.vector[0].item<double>(), w[6], 1e-5);
    }
}

TEST(Optimizers, GradientScaleActsBeforeEverythingElse) {
    for (const auto& kind : optimizers()) {
        Fixture a, b;
        const auto one = kind.build(Json::object(), a.bank), other = kind.build(Json::object(), b.bank);
        a.set_gradients(0.25F);
        b.set_gradients(1.0F);
        one->step(plain(0.01));
        other->step({0.01, torch::tensor(0.25F), torch::tensor(true)});
        EXPECT_TRUE(torch::allclose(a.bank.weights(), b.bank.weights(), 1e-6, 1e-7)) << kind.card.id;
    }
}

TEST(Optimizers, AnUpdateThatIsNotFiniteChangesNothing) {
    for (const auto& kind : optimizers()) {
        Fixture f;
        const auto optimizer = kind.build(Json::object(), f.bank);
        f.set_gradients(INFINITY);
        const torch::Tensor before = f.bank.weights().clone();
        optimizer->step({0.01, torch::tensor(1.0F), torch::tensor(false)});
        EXPECT_TRUE(torch::equal(before, f.bank.weights())) << kind.card.id;
        for (const auto& [name, flat] : optimizer->state()) EXPECT_EQ(flat.abs().sum().item<float>(), 0.0F) << kind.card.id << " " << name;
    }
}

TEST(Schedules, Values) {
    const auto cosine = cosine_kind().build(Json{{"warmup", 10}, {"final", 0.1}});
    EXPECT_NEAR(cosine->factor(0, 110), 0.1, 1e-12);
    EXPECT_NEAR(cosine->factor(9, 110), 1.0, 1e-12);
    EXPECT_NEAR(cosine->factor(60, 110), 0.55, 1e-12);
    EXPECT_NEAR(cosine->factor(110, 110), 0.1, 1e-12);
    const auto linear = linear_kind().build(Json{{"warmup", 0}, {"final", 0.0}});
    EXPECT_NEAR(linear->factor(25, 100), 0.75, 1e-12);
    const auto share = cosine_kind().build(Json{{"warmup", 0.1}, {"final", 0.1}});  // the same at 100 steps
    for (const double step : {0.0, 3.0, 9.0, 10.0, 50.0, 100.0}) EXPECT_DOUBLE_EQ(share->factor(step, 100), cosine->factor(step, 100));
    EXPECT_DOUBLE_EQ(linear_kind().build(Json{{"warmup", 0.5}})->factor(9, 40), 0.5);
    const auto constant = constant_kind().build(Json{{"warmup", 4}});
    EXPECT_NEAR(constant->factor(1, 100), 0.5, 1e-12);
    EXPECT_NEAR(constant->factor(99, 100), 1.0, 1e-12);
}

TEST(Schedules, StayWithinZeroAndOneForAnyLength) {
    for (const auto& kind : schedules())
        for (const double total : {1.0, 5.0, 1000.0})
            for (double step = 0; step <= 2 * total; ++step) {
                const double factor = kind.build(Json{{"warmup", 20}})->factor(step, total);
                EXPECT_TRUE(factor >= 0 && factor <= 1) << kind.card.id << " " << step << "/" << total << " " << factor;
            }
}

}  // namespace
}  // namespace gw
