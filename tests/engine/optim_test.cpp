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

Update plain(double lr) {
    return {lr, torch::tensor(1.0F), torch::tensor(true)};
}

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

/// Both roads of an update: over memory, and by tensors as a device does it.
class BothRoads : public testing::TestWithParam<bool> {
  protected:
    static void step(Optimizer& optimizer, const Update& update) {
        if (GetParam())
            optimizer.step_by_tensors(update);
        else
            optimizer.step(update);
    }
};
INSTANTIATE_TEST_SUITE_P(Optimizers, BothRoads, testing::Bool(),
                         [](const auto& info) { return info.param ? "tensors" : "memory"; });

TEST_P(BothRoads, AdamWFollowsThePaper) {
    Fixture f;
    const Json settings =
        Json::parse(R"({"lr": 0.01, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-8, "weight_decay": 0.1})");
    const auto optimizer = adamw_kind().build(settings, f.bank);
    // Loshchilov and Hutter's algorithm 2, value by value.
    std::vector<double> w{0.5, -1.0, 2.0, 0.1, 0.0, -0.3, 1.0, -2.0}, m(8), v(8);
    const std::vector<double> g{0.1, 0.2, -0.3, 0.4, -0.5, 0.6, -1.0, 0.5};
    for (int t = 1; t <= 5; ++t) {
        f.set_gradients(static_cast<float>(t));
        step(*optimizer, plain(0.01));
        for (std::size_t i = 0; i < 8; ++i) {
            const double gradient = g[i] * t;
            if (i < 6) w[i] -= 0.01 * 0.1 * w[i];
            m[i] = 0.9 * m[i] + 0.1 * gradient;
            v[i] = 0.99 * v[i] + 0.01 * gradient * gradient;
            w[i] -= 0.01 * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(0.99, t))) + 1e-8);
        }
    }
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_NEAR(f.matrix.view({-1})[static_cast<int>(i)].item<double>(), w[i], 1e-5) << i;
    for (std::size_t i = 6; i < 8; ++i) EXPECT_NEAR(f.vector[static_cast<int>(i - 6)].item<double>(), w[i], 1e-5) << i;
}

TEST_P(BothRoads, SgdFollowsItsFormula) {
    for (const bool nesterov : {false, true}) {
        Fixture f;
        const Json settings{{"lr", 0.1}, {"momentum", 0.9}, {"nesterov", nesterov}, {"weight_decay", 0.01}};
        const auto optimizer = sgd_kind().build(settings, f.bank);
        std::vector<double> w{0.5, -1.0, 2.0, 0.1, 0.0, -0.3, 1.0, -2.0}, velocity(8);
        const std::vector<double> g{0.1, 0.2, -0.3, 0.4, -0.5, 0.6, -1.0, 0.5};
        for (int t = 1; t <= 4; ++t) {
            f.set_gradients(1.0F);
            step(*optimizer, plain(0.1));
            for (std::size_t i = 0; i < 8; ++i) {
                const double gradient = g[i] + (i < 6 ? 0.01 * w[i] : 0.0);
                velocity[i] = 0.9 * velocity[i] + gradient;
                w[i] -= 0.1 * (nesterov ? gradient + 0.9 * velocity[i] : velocity[i]);
            }
        }
        for (std::size_t i = 0; i < 6; ++i)
            EXPECT_NEAR(f.matrix.view({-1})[static_cast<int>(i)].item<double>(), w[i], 1e-5) << i;
        EXPECT_NEAR(f.vector[0].item<double>(), w[6], 1e-5);
    }
}

TEST(Optimizers, AFullTensorAndOneOfWhatIsTrainedFindEachOthersPlaces) {
    Fixture f;
    f.bank.set_paces([](const ParameterBank::Entry& entry) {
        return ParameterBank::Pace{entry.name == "vector" ? 1.0 : 0.0, 0};
    });
    torch::Tensor full = torch::zeros_like(f.bank.weights());
    f.bank.add_to(full, torch::ones({f.bank.trained()}));
    EXPECT_TRUE(torch::equal(f.bank.trained_of(full), torch::ones({f.bank.trained()})));
    EXPECT_EQ(f.bank.view(full, f.bank.entries().front()).abs().sum().item<float>(), 0.0F);
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
    for (const double step : {0.0, 3.0, 9.0, 10.0, 50.0, 100.0})
        EXPECT_DOUBLE_EQ(share->factor(step, 100), cosine->factor(step, 100));
    EXPECT_DOUBLE_EQ(linear_kind().build(Json{{"warmup", 0.5}})->factor(9, 40), 0.5);
    const auto constant = constant_kind().build(Json{{"warmup", 4}});
    EXPECT_NEAR(constant->factor(1, 100), 0.5, 1e-12);
    EXPECT_NEAR(constant->factor(99, 100), 1.0, 1e-12);
}

}  // namespace
}  // namespace gw
