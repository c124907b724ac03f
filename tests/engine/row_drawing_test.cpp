#include "engine/row_drawing.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/optim/adam.h>

#include <cmath>

#include "eval/frechet.h"
#include "objective/noise_schedule.h"
#include "train/step/row_samples.h"

// Objectives that draw rows of a table, and how what they draw is judged and shown.
namespace gw {
namespace {

using test::RowDrawing;

TEST(RowDiffusion, ReachesTheOptimumOfANormalDistribution) {
    // The best guess of the noise in a normal variable leaves a share a s^2 / (a s^2 + 1 - a) of it at a signal's share
    // a.
    constexpr std::int64_t steps = 50, rows = 256;
    const std::vector<double> shares = signal_shares("linear", steps);
    for (const double deviation : {1.0, 2.0}) {
        double best = 0;
        for (std::int64_t t = 1; t <= steps; ++t) {
            const double a = shares[static_cast<std::size_t>(t)], s = a * deviation * deviation;
            best += s / (s + 1 - a) / steps;
        }
        const RowDrawing it("diffusion",
                            {{"noise_schedule", "linear"}, {"noise_steps", steps}, {"sampler_steps", steps}},
                            {{"kind", "residual_mlp"}, {"layers", 2}, {"width", 32}}, 1);
        torch::optim::Adam adam(it.weights(), torch::optim::AdamOptions(3e-3));
        torch::manual_seed(5);
        double last = 0;
        constexpr int updates = 1500, measured = 300;
        for (int step = 0; step < updates; ++step) {
            if (step == updates - measured)
                for (auto& group : adam.param_groups())
                    static_cast<torch::optim::AdamOptions&>(group.options()).lr(2e-4);
            const Batch fed = it.batch(deviation * torch::randn({rows, 1}), static_cast<std::uint64_t>(step));
            adam.zero_grad();
            const torch::Tensor loss = minimised(it.objective->loss(*it.net, fed, Pass{}), {rows, rows});
            loss.backward();
            adam.step();
            if (step >= updates - measured) last += loss.item<double>() / measured;
        }
        EXPECT_NEAR(last, best, 0.03 * best) << deviation;
        EXPECT_GT(last, 0.985 * best) << "nothing lies below the optimum: " << deviation;
        const torch::NoGradGuard no_grad;
        const torch::Tensor drawn = it.objective->drawn(*it.net, 2000, 1, Pass{});
        EXPECT_EQ(drawn.sizes(), (std::vector<std::int64_t>{2000, 1}));
        EXPECT_NEAR(drawn.mean().item<double>(), 0, 0.15 * deviation);
        EXPECT_NEAR(drawn.std().item<double>(), deviation, 0.15 * deviation);
    }
}

TEST(RowGan, PlaysOverRowsAndDrawsThem) {
    const RowDrawing it("gan", {{"code", 4}, {"decoder_width", 8}, {"norm", false}},
                        {{"kind", "mlp"}, {"layers", 1}, {"width", 8}}, 3);
    torch::manual_seed(2);
    const Batch fed = it.batch(torch::randn({6, 3}), 1);
    ASSERT_EQ(it.objective->players().size(), 2U);
    for (std::size_t player = 0; player < 2; ++player) {
        for (const torch::Tensor& weight : it.weights()) weight.mutable_grad() = torch::Tensor();
        minimised(it.objective->loss_of(player, *it.net, fed, Pass{}), {6, 6}).backward();
        for (const Parameter& p : it.objective->parameters()) {
            const bool draws = p.name.starts_with("decoder.");
            if (player == 0 && draws) {
                EXPECT_FALSE(p.tensor.grad().defined()) << p.name << ": what is drawn is given to the one that tells";
            }
            if (player == 1 && draws) {
                EXPECT_GT(p.tensor.grad().abs().sum().item<double>(), 0) << p.name;
            }
        }
    }
    const torch::NoGradGuard no_grad;
    const torch::Tensor drawn = it.objective->drawn(*it.net, 5, 9, Pass{});
    EXPECT_EQ(drawn.sizes(), (std::vector<std::int64_t>{5, 3}));
    EXPECT_EQ(drawn.scalar_type(), torch::kFloat32);
    EXPECT_TRUE(torch::equal(drawn, it.objective->drawn(*it.net, 5, 9, Pass{})));
    EXPECT_FALSE(torch::equal(drawn, it.objective->drawn(*it.net, 5, 8, Pass{})));
    EXPECT_TRUE((drawn < 0).any().item<bool>()) << "nothing bounds a row's values";
}

TEST(RowGan, ItsPenaltyIsTheSquaredGradientOfTheScore) {
    // Over many directions the squared slope comes to the squared gradient, which autograd gives row by row.
    constexpr std::int64_t rows = 4, values = 3;
    const RowDrawing it("gan",
                        {{"code", 4}, {"decoder_width", 8}, {"norm", false}, {"penalty", 10}, {"loss", "wasserstein"}},
                        {{"kind", "mlp"}, {"layers", 2}, {"width", 16}, {"activation", "tanh"}}, values);
    torch::manual_seed(3);
    const torch::Tensor x_BN = torch::randn({rows, values}).set_requires_grad(true);
    Batch seen;
    seen.set(array::table, x_BN);
    torch::Tensor weight, bias;
    for (const Parameter& p : it.objective->parameters()) {
        if (p.name == "score.weight") weight = p.tensor;
        if (p.name == "score.bias") bias = p.tensor;
    }
    const torch::Tensor score = torch::matmul(it.net->features(seen, Pass{}).pooled_BD, weight.t()).sum();
    const torch::Tensor gradient_BN = torch::autograd::grad({score}, {x_BN})[0];
    const double exact = gradient_BN.square().sum().item<double>();
    double sum = 0;
    constexpr std::uint64_t draws = 1500;
    const torch::NoGradGuard no_grad;
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        const LossParts parts = it.objective->loss(*it.net, it.batch(x_BN.detach(), seed), Pass{});
        ASSERT_EQ(parts.size(), 2U);
        EXPECT_EQ(parts[1].name, "penalty");
        EXPECT_EQ(parts[1].weight, 5);
        sum += parts[1].sum.item<double>() / static_cast<double>(draws);
    }
    EXPECT_NEAR(sum, exact, 0.1 * exact);
}

TEST(RowGan, ItsPenaltyMayLieBetweenRealAndDrawnRows) {
    // A generator whose last layer is 0 draws its bias, here 0: between lies a share of each real row.
    constexpr std::int64_t rows = 4, values = 3;
    const RowDrawing it("gan",
                        {{"code", 4},
                         {"decoder_width", 8},
                         {"norm", false},
                         {"penalty", 10},
                         {"penalty_at", "between"},
                         {"loss", "wasserstein"}},
                        {{"kind", "mlp"}, {"layers", 2}, {"width", 16}, {"activation", "tanh"}}, values);
    const torch::NoGradGuard no_grad;
    torch::Tensor weight;
    for (const Parameter& p : it.objective->parameters()) {
        if (p.name == "score.weight") weight = p.tensor;
        if (p.name.starts_with("decoder.")) p.tensor.zero_();
    }
    torch::manual_seed(3);
    const torch::Tensor x_BN = 2 * torch::randn({rows, values});
    const auto gradient_at = [&](const torch::Tensor& at_BN) {
        const torch::AutoGradMode with_grad(true);
        const torch::Tensor leaf = at_BN.detach().clone().set_requires_grad(true);
        Batch seen;
        seen.set(array::table, leaf);
        const torch::Tensor score = torch::matmul(it.net->features(seen, Pass{}).pooled_BD, weight.t()).sum();
        return torch::autograd::grad({score}, {leaf})[0].square().sum().item<double>();
    };
    // The mean over the way, by a plain sum, against what is drawn at random.
    double plain = 0, drawn = 0;
    constexpr int places = 200;
    for (int i = 0; i < places; ++i) plain += gradient_at((i + 0.5) / places * x_BN) / places;
    constexpr std::uint64_t draws = 3000;
    for (std::uint64_t seed = 0; seed < draws; ++seed)
        drawn += it.objective->loss(*it.net, it.batch(x_BN, seed), Pass{})[1].sum.item<double>() / draws;
    EXPECT_NEAR(drawn, plain, 0.08 * plain);
    EXPECT_GT(std::abs(gradient_at(x_BN) - plain), 0.2 * plain) << "else nothing were told by it";
}

TEST(RowGan, NoiseOnWhatIsToldApartFades) {
    const Json settings = {{"code", 4}, {"decoder_width", 8}, {"norm", false}, {"noise", 0.5}, {"noise_fade", 2}};
    Json plain = settings;
    plain["noise"] = 0;
    const Json mlp = {{"kind", "mlp"}, {"layers", 1}, {"width", 8}};
    const RowDrawing noisy("gan", settings, mlp, 3), calm("gan", plain, mlp, 3);
    const torch::NoGradGuard no_grad;
    torch::manual_seed(2);
    const torch::Tensor x_BN = torch::randn({6, 3});
    const auto loss = [&](const RowDrawing& it, std::size_t player) {
        return it.objective->loss_of(player, *it.net, it.batch(x_BN, 1), Pass{})[0].sum.item<double>();
    };
    ASSERT_EQ(noisy.objective->buffers().size(), 1U) << "a checkpoint must know how far it has faded";
    EXPECT_TRUE(noisy.objective->buffers()[0].state);
    EXPECT_TRUE(calm.objective->buffers().empty());
    std::vector<double> apart;
    for (int update = 0; update < 3; ++update) {
        apart.push_back(std::abs(loss(noisy, 0) - loss(calm, 0)) + std::abs(loss(noisy, 1) - loss(calm, 1)));
        noisy.objective->after_update(*noisy.net);
    }
    EXPECT_GT(apart[0], 1e-3);
    EXPECT_GT(apart[1], 1e-4);
    EXPECT_EQ(apart[2], 0) << "after so many steps there is none";
    const Measures judged = noisy.objective->measures(*noisy.net, noisy.batch(x_BN, 1), Pass{});
    EXPECT_TRUE(judged.losses_N.equal(calm.objective->measures(*calm.net, calm.batch(x_BN, 1), Pass{}).losses_N))
        << "a judgement is of the rows themselves";
}

TEST(RowGan, WassersteinNeedsItsPenalty) {
    const ObjectiveKind& kind = *find_kind(objectives(), "gan");
    EXPECT_FALSE(kind.check({{"loss", "wasserstein"}}, "objective").empty());
    EXPECT_TRUE(kind.check({{"loss", "wasserstein"}, {"penalty", 1}}, "objective").empty());
}

TEST(ModeReach, CountsAsOneWouldByHand) {
    torch::manual_seed(4);
    constexpr std::int64_t each = 200;
    const std::vector<std::pair<double, double>> middles{{0, 0}, {5, 0}, {0, 5}};
    std::vector<torch::Tensor> real;
    std::vector<std::int64_t> classes;
    for (std::size_t c = 0; c < middles.size(); ++c) {
        real.push_back(0.1 * torch::randn({each, 2}) +
                       torch::tensor({middles[c].first, middles[c].second}, torch::kFloat32));
        classes.insert(classes.end(), each, static_cast<std::int64_t>(c));
    }
    const torch::Tensor all = torch::cat(real), of = torch::tensor(classes, torch::kInt64);
    const ModeReach perfect = mode_reach(all, of, 3, all);
    EXPECT_EQ(perfect.drawn, 3);
    EXPECT_NEAR(perfect.near, 0.9889, 0.01) << "1 - exp(-9 / 2)";
    // Two middles and much between them.
    const torch::Tensor some = torch::cat({real[0], real[1], torch::full({2 * each, 2}, 2.5)});
    const ModeReach half = mode_reach(all, of, 3, some);
    EXPECT_EQ(half.drawn, 2);
    EXPECT_NEAR(half.near, 0.5 * 0.9889, 0.01);
    EXPECT_EQ(mode_reach(all, of, 3, torch::full({10, 2}, 100.0)).drawn, 0);
}

TEST(Scatter, IsAPictureOfPointsOrOfBars) {
    for (const std::int64_t values : {1, 2, 5}) {
        const std::string png = scatter_png(torch::randn({50, values}), torch::randn({60, values}) + 30);
        EXPECT_EQ(png.substr(1, 3), "PNG") << values;
    }
    EXPECT_EQ(scatter_png(torch::zeros({4, 2}), torch::zeros({4, 2})).substr(1, 3), "PNG") << "all in one place";
    EXPECT_EQ(scatter_png(torch::randn({4, 2}), torch::full({4, 2}, 3e38)).substr(1, 3), "PNG") << "far off";
}

}  // namespace
}  // namespace gw
