#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "artifact/safetensors.h"
#include "engine/stretch.h"
#include "optim/averaged_weights.h"
#include "optim/catalog.h"
#include "train/guard/good_state.h"
#include "train/prepared_run.h"
#include "train/replay/self_test.h"

// Averages of the weights against plain sums, and runs that are judged by them.
namespace gw {
namespace {

Json averaging_by(const Json& section) {
    const auto* kind = find_kind(averagings(), section.at("kind"));
    EXPECT_TRUE(kind->check(section, "averaging").empty());
    return kind->complete(section);
}

/// What an average comes to over `steps` weights w(t) = t, in float64.
double plainly(const Averaging& rule, std::int64_t steps, std::int64_t& taken) {
    double average = 0;
    for (std::int64_t t = 1; t <= steps; ++t) {
        const auto pace = rule.pace({t, static_cast<double>(t) / static_cast<double>(steps), taken});
        average += pace.value_or(1) * (static_cast<double>(t) - average);
        if (!pace) taken = 0;
        if (pace && *pace > 0) ++taken;
    }
    return average;
}

TEST(Averaging, EmaIsTheSumOfFadingWeights) {
    const auto ema = make_averaging(averaging_by({{"kind", "ema"}, {"decay", 0.9}}));
    std::int64_t taken = 0;
    double average = 0;
    for (int t = 1; t <= 200; ++t) {
        const double d = std::min(0.9, (1.0 + t) / (10.0 + t));
        average = d * average + (1 - d) * t;
    }
    EXPECT_NEAR(plainly(*ema, 200, taken), average, 1e-9);
    // In the long run it lags by d / (1 - d) updates.
    EXPECT_NEAR(average, 200 - 9, 0.01);
}

TEST(Averaging, SwaIsTheMeanOfTheEnd) {
    const auto swa = make_averaging(averaging_by({{"kind", "swa"}, {"start", 0.75}, {"every", 5}}));
    std::int64_t taken = 0;
    // From the first update at three quarters on: 75, 80, 85, 90, 95, 100.
    EXPECT_NEAR(plainly(*swa, 100, taken), 87.5, 1e-9);
    EXPECT_EQ(taken, 6);
}

TEST(Averaging, NothingIsAveragedWhereItIsNotAskedFor) {
    EXPECT_FALSE(make_averaging(Json()));
    EXPECT_FALSE(make_averaging(averaging_by({{"kind", "none"}})));
}

using test::RecordingPort;

class AveragedRuns : public testing::Test {
  protected:
    static Json spec(const Json& averaging, const Json& changes = Json::object()) {
        Json out = test::tiny_spec({{"training", {{"budget", 12}}},
                                    {"optimizer", {{"lr", 0.01}}},
                                    {"schedule", {{"kind", "constant"}, {"warmup", 0}}},
                                    {"evaluation", {{"every", 6}}},
                                    {"saving", {{"every", 1}, {"keep_last", 20}}},
                                    {"averaging", averaging}});
        return complete_spec(overlay_spec(out, changes));
    }
    /// All weights of a checkpoint's backbone, one after another in the order of their names.
    static torch::Tensor weights(const fs::path& checkpoint, const char* name = "backbone.safetensors",
                                 const std::string& beginning = "") {
        const auto file = SafetensorsFile::open(checkpoint / name).or_throw();
        std::map<std::string, torch::Tensor> all;
        for (const TensorView& view : file.tensors())
            if (view.dtype == "F32" && (beginning.empty() || view.name.starts_with(beginning + "backbone.")))
                all[view.name] = torch::from_blob(const_cast<void*>(view.data),
                                                  {static_cast<std::int64_t>(view.bytes / sizeof(float))})
                                     .clone();
        std::vector<torch::Tensor> out;
        for (const auto& [key, tensor] : all) out.push_back(tensor);
        return torch::cat(out);
    }
};

TEST_F(AveragedRuns, TheAverageIsSavedAndJudgedAndTrainingIsTheSame) {
    test::Stretches plain, averaged;
    ASSERT_EQ(plain.go(spec({{"kind", "none"}})).end, Outcome::End::finished) << plain.why();
    ASSERT_EQ(averaged.go(spec({{"kind", "ema"}, {"decay", 0.8}})).end, Outcome::End::finished) << averaged.why();
    const auto figures = plain.figures(), others = averaged.figures();
    for (std::int64_t step = 1; step <= 12; ++step)
        EXPECT_EQ(figures.at({step, "train/loss"}), others.at({step, "train/loss"})) << step;
    EXPECT_NE(figures.at({12, "validation/loss"}), others.at({12, "validation/loss"}));
    torch::Tensor expected;
    for (std::int64_t step = 1; step <= 12; ++step) {
        const torch::Tensor now = weights(plain.checkpoint(step)).to(torch::kFloat64);
        const double t = static_cast<double>(step), d = std::min(0.8, (1 + t) / (10 + t));
        // The first weights, before any update, are as those after the first one without it: they fade like others.
        if (step == 1) {
            test::Stretches still;
            ASSERT_EQ(
                still.go(spec({{"kind", "none"}}, {{"optimizer", {{"lr", 0.0}}}, {"training", {{"budget", 1}}}})).end,
                Outcome::End::finished);
            expected = weights(still.checkpoint(1)).to(torch::kFloat64);
        }
        expected = d * expected + (1 - d) * now;
    }
    EXPECT_TRUE(torch::allclose(weights(averaged.checkpoint(12)).to(torch::kFloat64), expected, 1e-4, 1e-6));
    EXPECT_TRUE(torch::equal(weights(averaged.checkpoint(12), "optimizer.safetensors", "in_training."),
                             weights(plain.checkpoint(12))));
    // Whoever begins from the checkpoint has the average, and judges it alike.
    test::Stretches next;
    next.go(spec({{"kind", "none"}}, {{"start", {{"kind", "checkpoint"}, {"path", averaged.checkpoint(12).string()}}},
                                      {"training", {{"budget", 1}}}}));
    EXPECT_NEAR(next.figures().at({0, "validation/loss"}), others.at({12, "validation/loss"}), 1e-6) << next.why();
}

TEST_F(AveragedRuns, GoOnToTheBit) {
    for (const Json& averaging :
         {Json{{"kind", "ema"}, {"decay", 0.9}}, Json{{"kind", "swa"}, {"start", 0.3}, {"every", 2}}}) {
        Scratch scratch;
        SelfTestRequest request;
        request.spec = spec(averaging);
        request.scratch = scratch.path();
        request.cache = scratch.path() / "cache";
        request.steps = 11;
        request.resumes = 3;
        const SelfTestReport report = self_test(request).or_throw();
        EXPECT_TRUE(report.same) << averaging.dump();
    }
}

TEST_F(AveragedRuns, AForkMayBeginOrEndAveraging) {
    test::Stretches run;
    ASSERT_EQ(run.go(spec({{"kind", "ema"}}), {}, 6).end, Outcome::End::stopped) << run.why();
    test::Stretches without, with;
    ASSERT_EQ(without.go(spec({{"kind", "none"}}), run.checkpoint(6)).end, Outcome::End::finished) << without.why();
    EXPECT_TRUE(without.said("note", "averaged weights of the checkpoint"));
    ASSERT_EQ(with.go(spec({{"kind", "swa"}, {"start", 0.5}}), without.checkpoint(8)).end, Outcome::End::finished)
        << with.why();
    EXPECT_FALSE(torch::equal(weights(with.checkpoint(12)), weights(without.checkpoint(12))));
    EXPECT_TRUE(torch::equal(weights(with.checkpoint(12), "optimizer.safetensors", "in_training."),
                             weights(without.checkpoint(12))));
}

TEST_F(AveragedRuns, AForkThatAveragesInAnotherWayBeginsWithWhatWasTrained) {
    test::Stretches plain, ema, from_plain, from_ema;
    ASSERT_EQ(plain.go(spec({{"kind", "none"}}), {}, 6).end, Outcome::End::stopped) << plain.why();
    ASSERT_EQ(ema.go(spec({{"kind", "ema"}}), {}, 6).end, Outcome::End::stopped) << ema.why();
    const Json swa = spec({{"kind", "swa"}, {"start", 0.5}});
    ASSERT_EQ(from_plain.go(swa, plain.checkpoint(6)).end, Outcome::End::finished) << from_plain.why();
    ASSERT_EQ(from_ema.go(swa, ema.checkpoint(6)).end, Outcome::End::finished) << from_ema.why();
    EXPECT_TRUE(torch::equal(weights(from_ema.checkpoint(12)), weights(from_plain.checkpoint(12))));
}

TEST_F(AveragedRuns, GoingBackPutsTheAverageBack) {
    Scratch scratch;
    const TrainRequest request{spec({{"kind", "swa"}, {"start", 0.0}}), scratch.path() / "run",
                               scratch.path() / "cache"};
    fs::create_directories(request.run_folder);
    RecordingPort port;
    PreparedRun ready;
    ready.prepare(request, port);
    Player& player = ready.players.front();
    const torch::NoGradGuard no_grad;
    const auto go = [&](std::int64_t step) {
        player.bank->weights().add_(1.0);
        player.average->follow(step, 0.5);
    };
    go(1);
    go(2);
    GoodState good;
    good.keep(ready, Standing{2, 0, 0});
    const torch::Tensor weights = player.bank->weights().clone(), average = player.average->aside().clone();
    EXPECT_TRUE(torch::allclose(average, weights - 0.5)) << "of two";
    go(3);
    EXPECT_EQ(player.average->taken(), 3);
    good.give_back(ready);
    EXPECT_TRUE(torch::equal(player.bank->weights(), weights));
    EXPECT_TRUE(torch::equal(player.average->aside(), average));
    EXPECT_EQ(player.average->taken(), 2);
    {
        const AveragesInPlace looked(ready.players);
        EXPECT_TRUE(torch::equal(player.bank->weights(), average));
    }
    EXPECT_TRUE(torch::equal(player.bank->weights(), weights)) << "to the bit";
}

}  // namespace
}  // namespace gw
