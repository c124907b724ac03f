#include <array>
#include <cmath>
#include <map>

#include "engine/small.h"
#include "optim/catalog.h"
#include "optim/newton_schulz.h"

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

/// w after 1, 2, 5 and 10 updates of w^2 / 2 from w = 1, computed in float64 by a program of its own.
struct Trace {
    const char* kind;
    Json settings;
    std::array<double, 4> after;
};

/// One vector of one value, which no weight decay touches.
struct OneValue {
    torch::Tensor value = torch::ones({1}).set_requires_grad(true);
    ParameterBank bank{{{"w", value}}, torch::kCPU};
    double now() const { return value.item<double>(); }
};

TEST_P(BothRoads, EveryKindFollowsItsTrace) {
    const std::vector<Trace> traces{
        {"adam", {{"lr", 0.1}}, {0.900000001, 0.800412229712, 0.507963661927, 0.076249160620}},
        {"rmsprop", {{"lr", 0.01}}, {0.900000010, 0.832917975265, 0.696465799281, 0.549891131713}},
        {"adagrad", {{"lr", 0.1}}, {0.9, 0.833103526852, 0.697714862065, 0.553731200378}},
        {"adadelta", {{"lr", 1}}, {0.996837738151, 0.993598198408, 0.983631387349, 0.966597186370}},
        {"nadam", {{"lr", 0.1}}, {0.894354823221, 0.819973071532, 0.623662893783, 0.323364022561}},
        {"radam", {{"lr", 0.1}}, {0.9, 0.805263157895, 0.552364195102, 0.534747594718}},
        {"lion", {{"lr", 0.1}}, {0.9, 0.8, 0.5, 0.0}},
        {"adafactor", {{"lr", 0.1}, {"by_size", false}}, {0.9, 0.804646980311, 0.548381436426, 0.234651747436}},
        {"adafactor", {{"lr", 0.1}}, {0.9, 0.814182282280, 0.618266153848, 0.416682493747}},
        {"adamax", {{"lr", 0.1}}, {0.900000001, 0.805168328117, 0.551553805051, 0.228792213150}},
    };
    for (const Trace& trace : traces) {
        OneValue it;
        const auto optimizer = find_kind(optimizers(), trace.kind)->build(trace.settings, it.bank);
        std::size_t next = 0;
        for (int t = 1; t <= 10; ++t) {
            it.bank.gradients().copy_(it.bank.weights());
            step(*optimizer, plain(trace.settings.at("lr")));
            if (t == 1 || t == 2 || t == 5 || t == 10) {
                EXPECT_NEAR(it.now(), trace.after[next], 1e-6) << trace.kind << " after " << t;
                ++next;
            }
        }
    }
}

/// (1 - x)^2 + 100 (y - x^2)^2, from the usual (-1.2, 1), where it is 24.2 (Rosenbrock 1960).
TEST(Optimizers, EveryKindFindsItsWayThroughRosenbrocksValley) {
    const std::map<std::string, double> rates{
        {"sgd", 0.0002}, {"lion", 0.001}, {"radam", 0.002}, {"adagrad", 0.5}, {"adadelta", 0.3}};
    for (const OptimizerKind& kind : optimizers()) {
        torch::Tensor at = torch::tensor({-1.2F, 1.0F}).set_requires_grad(true);
        ParameterBank bank({{"at", at}}, torch::kCPU);
        const auto found = rates.find(kind.card.id);
        const double lr = found == rates.end() ? 0.02 : found->second;
        const auto optimizer = kind.build(kind.complete({{"lr", lr}}), bank);
        double height = 24.2;
        for (int t = 0; t < 12000; ++t) {
            const float* const w = at.data_ptr<float>();
            const double x = w[0], y = w[1], off = y - x * x;
            height = (1 - x) * (1 - x) + 100 * off * off;
            bank.gradients()[0] = -2 * (1 - x) - 400 * x * off;
            bank.gradients()[1] = 200 * off;
            optimizer->step(plain(lr));
        }
        EXPECT_LT(height, 0.25) << kind.card.id;
    }
}

TEST(Optimizers, NewtonAndSchulzMoveSingularValuesAsPublished) {
    const std::array<float, 4> before{1.0F, 0.5F, 0.1F, 0.01F};
    const std::array<double, 4> after{0.696436, 0.765439, 0.712120, 0.698917};
    torch::manual_seed(5);
    // The same values between rotations: vectors stay, values move.
    const torch::Tensor left = std::get<0>(at::linalg_qr(torch::randn({4, 4}))),
                        right = std::get<0>(at::linalg_qr(torch::randn({6, 6}))).narrow(0, 0, 4);
    const auto between = [&](const torch::Tensor& values) { return left.mm(values.unsqueeze(1) * right); };
    torch::Tensor x = between(torch::tensor({before[0], before[1], before[2], before[3]})).contiguous();
    const torch::Tensor by_tensors = newton_schulz(x);
    newton_schulz(4, 6, x.data_ptr<float>());
    EXPECT_TRUE(torch::allclose(x, by_tensors, 1e-4, 1e-5));
    const torch::Tensor moved = left.t().mm(x).mm(right.t());
    for (std::int64_t i = 0; i < 4; ++i)
        for (std::int64_t j = 0; j < 4; ++j)
            EXPECT_NEAR(moved[i][j].item<double>(), i == j ? after[static_cast<std::size_t>(i)] : 0.0, 2e-4) << i << j;
}

TEST_P(BothRoads, MuonTurnsMatricesInsideAndLeavesTheRestToAdamW) {
    torch::manual_seed(6);
    const auto leaf = [](at::IntArrayRef shape) { return torch::randn(shape).set_requires_grad(true); };
    const Parameters parameters{{"backbone.blocks.0.up.weight", leaf({5, 12})},
                                {"backbone.blocks.0.down.weight", leaf({12, 5})},
                                {"backbone.image.blocks.1.filter", leaf({4, 3, 2, 2})},
                                {"backbone.tokens.weight", leaf({9, 5})},
                                {"backbone.blocks.0.up.bias", leaf({12})}};
    std::vector<torch::Tensor> first;
    for (const Parameter& p : parameters) first.push_back(p.tensor.detach().clone());
    ParameterBank bank(parameters, torch::kCPU);
    const Json settings{{"lr", 0.01}, {"weight_decay", 0.1}, {"momentum", 0.9}};
    const auto optimizer = muon_kind().build(settings, bank);
    std::vector<torch::Tensor> gradients;
    for (const Parameter& p : parameters) gradients.push_back(torch::randn_like(p.tensor));
    for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i].tensor.mutable_grad().copy_(gradients[i]);
    step(*optimizer, plain(0.01));
    for (std::size_t i = 0; i < 3; ++i) {
        const torch::Tensor g = gradients[i].view({gradients[i].size(0), -1}).to(torch::kFloat64);
        // The orthogonal factor by singular vectors; five rounds leave the values between 0.6 and 1.3.
        const auto [u, s, vh] = at::linalg_svd(g, false);
        const double size = 0.2 * std::sqrt(static_cast<double>(std::max(g.size(0), g.size(1))));
        const torch::Tensor way = ((first[i] * (1 - 0.01 * 0.1) - parameters[i].tensor.detach()) / (0.01 * size))
                                      .view(g.sizes())
                                      .to(torch::kFloat64);
        const torch::Tensor values = u.t().mm(way).mm(vh.t()), diagonal = values.diagonal();
        EXPECT_GT(diagonal.min().item<double>(), 0.6) << parameters[i].name;
        EXPECT_LT(diagonal.max().item<double>(), 1.3) << parameters[i].name;
        EXPECT_LT((values - diagonal.diag()).abs().max().item<double>(), 0.01) << "along the same singular vectors";
    }
    for (std::size_t i = 3; i < 5; ++i) {
        const double kept = first[i].dim() >= 2 ? 1 - 0.01 * 0.1 : 1;
        EXPECT_TRUE(
            torch::allclose(parameters[i].tensor.detach(), first[i] * kept - 0.01 * gradients[i].sign(), 1e-4, 1e-5))
            << "the first step of AdamW is lr in every weight: " << parameters[i].name;
    }
}

/// A layer that has fallen silent: its momentum fades through all that a float can hold.
TEST_P(BothRoads, WithoutGradientsNothingIsDrawnOutOfNothing) {
    for (const char* kind : {"muon", "lamb"}) {
        torch::Tensor matrix = torch::randn({6, 4}).set_requires_grad(true);
        ParameterBank bank({{"backbone.blocks.0.weight", matrix}}, torch::kCPU);
        Json settings{{"lr", 0.01}, {"weight_decay", 0}, {"beta1", 0.5}};
        if (kind == std::string("muon")) settings["momentum"] = 0.5;
        const auto optimizer = find_kind(optimizers(), kind)->build(settings, bank);
        bank.gradients().normal_();
        for (int t = 0; t < 300; ++t) {
            step(*optimizer, plain(0.01));
            bank.gradients().zero_();
        }
        const torch::Tensor before = bank.weights().clone();
        step(*optimizer, plain(0.01));
        EXPECT_TRUE(torch::isfinite(bank.weights()).all().item<bool>()) << kind;
        EXPECT_TRUE(torch::allclose(before, bank.weights(), 0, 1e-6)) << kind;
    }
}

TEST_P(BothRoads, AdafactorKeepsSquaresByRowAndColumn) {
    // Squares that are a product of rows and columns are kept whole: the step is the sign of the gradient.
    torch::manual_seed(6);
    torch::Tensor matrix = torch::randn({5, 7}).set_requires_grad(true);
    ParameterBank bank({{"weight", matrix}}, torch::kCPU);
    const auto optimizer = adafactor_kind().build({{"lr", 0.01}, {"by_size", false}}, bank);
    const torch::Tensor rows = torch::rand({5, 1}) + 0.5, columns = torch::rand({1, 7}) + 0.5,
                        signs = torch::randn({5, 7}).sign(), before = matrix.detach().clone();
    matrix.mutable_grad().copy_(rows * columns * signs);
    step(*optimizer, plain(0.01));
    EXPECT_TRUE(torch::allclose(matrix.detach(), before - 0.01 * signs, 1e-4, 1e-6));
    const torch::Tensor kept = optimizer->state().front().second, squares = (rows * columns).square();
    EXPECT_TRUE(torch::allclose(kept.narrow(0, 0, 5), squares.mean(1), 1e-4));
    EXPECT_TRUE(torch::allclose(kept.narrow(0, 5, 7), squares.mean(0), 1e-4));
    EXPECT_EQ(kept.narrow(0, 12, 23).abs().sum().item<float>(), 0) << "nothing else is kept";
    // Any other squares by the means of rows and columns, against plain sums.
    const torch::Tensor g = torch::randn({5, 7}, torch::kFloat64), was = matrix.detach().to(torch::kFloat64);
    matrix.mutable_grad().copy_(g);
    step(*optimizer, plain(0.01));
    const double fresh = std::pow(2.0, -0.8);
    const torch::Tensor of_rows = squares.to(torch::kFloat64).mean(1) * (1 - fresh) + g.square().mean(1) * fresh,
                        of_columns = squares.to(torch::kFloat64).mean(0) * (1 - fresh) + g.square().mean(0) * fresh;
    torch::Tensor u = g / ((of_rows / of_rows.mean()).unsqueeze(1) * of_columns.unsqueeze(0)).sqrt();
    u = u / std::max(1.0, u.square().mean().sqrt().item<double>());
    EXPECT_TRUE(torch::allclose(matrix.detach().to(torch::kFloat64), was - 0.01 * u, 1e-4, 1e-6));
}

TEST_P(BothRoads, LambStepsAreAsLongAsTheWeightsAreLarge) {
    Fixture f;
    const torch::Tensor before = f.matrix.detach().clone(), vector = f.vector.detach().clone();
    const auto optimizer = lamb_kind().build({{"lr", 0.01}}, f.bank);
    f.set_gradients(3.0F);
    step(*optimizer, plain(0.01));
    EXPECT_NEAR((f.matrix.detach() - before).norm().item<double>(), 0.01 * before.norm().item<double>(), 1e-6);
    EXPECT_TRUE(torch::allclose(f.vector.detach(), vector + 0.01 * torch::tensor({1.0F, -1.0F}), 1e-4, 1e-5));
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
    const auto stable = stable_decay_kind().build(Json{{"warmup", 10}, {"decay", 0.2}, {"final", 0.0}});
    EXPECT_DOUBLE_EQ(stable->factor(79, 100), 1.0);
    EXPECT_NEAR(stable->factor(85, 100), 0.5, 1e-12) << "1 - sqrt(1/4)";
    const auto cycle = one_cycle_kind().build(Json{{"rise", 0.3}, {"first", 0.04}, {"final", 0.0}});
    EXPECT_NEAR(cycle->factor(15, 100), 0.52, 1e-12);
    EXPECT_NEAR(cycle->factor(30, 100), 1.0, 1e-12);
    EXPECT_NEAR(cycle->factor(65, 100), 0.5, 1e-12);
    const auto restarts =
        cosine_restarts_kind().build(Json{{"warmup", 0}, {"cycles", 2}, {"longer", 3}, {"final", 0.0}});
    EXPECT_NEAR(restarts->factor(12.5, 100), 0.5, 1e-12);
    EXPECT_NEAR(restarts->factor(25, 100), 1.0, 1e-12) << "the second cycle begins";
    EXPECT_NEAR(restarts->factor(62.5, 100), 0.5, 1e-12);
    const auto falls = step_kind().build(Json{{"warmup", 0}, {"falls", 2}, {"by", 0.1}});
    EXPECT_NEAR(falls->factor(33, 100), 1.0, 1e-12);
    EXPECT_NEAR(falls->factor(34, 100), 0.1, 1e-12);
    EXPECT_NEAR(falls->factor(67, 100), 0.01, 1e-12);
    const auto halves = exponential_kind().build(Json{{"warmup", 0}, {"final", 0.25}});
    EXPECT_NEAR(halves->factor(50, 100), 0.5, 1e-12);
    const auto square = polynomial_kind().build(Json{{"warmup", 0}, {"final", 0.0}, {"power", 2}});
    EXPECT_NEAR(square->factor(50, 100), 0.25, 1e-12);
    const auto root = inverse_root_kind().build(Json{{"warmup", 25}});
    EXPECT_NEAR(root->factor(99, 100), 0.5, 1e-12);
    const auto constant = constant_kind().build(Json{{"warmup", 4}});
    EXPECT_NEAR(constant->factor(1, 100), 0.5, 1e-12);
    EXPECT_NEAR(constant->factor(99, 100), 1.0, 1e-12);
}

}  // namespace
}  // namespace gw
