#include <torch/cuda.h>

#include "adapt/checkpoint_model.h"
#include "engine/stretch.h"
#include "study/inference.h"

// The same runs on a GPU as on the processor. Skipped where there is none.
namespace gw {
namespace {

class Cuda : public testing::Test {
  protected:
    void SetUp() override {
        if (!torch::cuda::is_available()) GTEST_SKIP() << "this machine has no GPU that LibTorch can use";
    }
    static Json on(const char* device, const Json& changes = Json::object()) {
        const Json base = {{"backbone", {{"dropout", 0.0}}},
                           {"training", {{"device", device}, {"precision", "fp32"}, {"budget", 12}}},
                           {"evaluation", {{"every", 6}}},
                           {"saving", {{"every", 6}, {"keep_last", 9}}}};
        return test::tiny_spec(overlay_spec(base, changes));
    }
    /// The largest difference between the curves of two runs.
    static double apart(const test::Stretches& one, const test::Stretches& other) {
        double most = 0;
        const auto left = one.figures(), right = other.figures();
        for (const auto& [key, value] : left)
            if (key.second == "train/loss" || key.second == "validation/loss")
                most = std::max(most, std::abs(value - right.at(key)));
        return most;
    }
    /// Trains on both and compares.
    static void expect_alike(const Json& changes, double tolerance = 2e-3) {
        test::Stretches gpu, cpu;
        ASSERT_EQ(gpu.go(on("cuda", changes)).end, Outcome::End::finished) << gpu.why();
        ASSERT_EQ(cpu.go(on("cpu", changes)).end, Outcome::End::finished) << cpu.why();
        EXPECT_LT(apart(cpu, gpu), tolerance);
        // What was trained there is scored here.
        const CheckpointModel moved = CheckpointModel::load(gpu.current(), Compute{}).or_throw();
        EXPECT_TRUE(moved.model.bank->weights().device().is_cpu());
        const auto facts = gpu.all<RunFacts>();
        ASSERT_FALSE(facts.empty());
        EXPECT_NE(facts[0].device, "cpu");
    }
};

const Json pictures = Json::parse(R"({
    "dataset": {"kind": "shapes", "pictures": 240, "size": 16},
    "augmentation": {"kind": "image_changes", "shift": 2, "flip": 0.5},
    "tokenizer": {"kind": "none"},
    "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 16, "dropout": 0.0},
    "objective": {"kind": "classification", "dropout": 0.0},
    "training": {"micro_batch": 8, "accumulation": 2}
})");

TEST_F(Cuda, NextTokenFollowsTheProcessor) {
    expect_alike(Json::object());
}

TEST_F(Cuda, BadNumbersAreKeptOutBeforeTheyAreRead) {
    const auto spoilt = [](const char* guard, test::Stretches& run, std::int64_t stop_at) {
        test::RecordingPort port;
        const Json spec = on("cuda", {{"training", {{"guard", guard}}}, {"saving", {{"every", 6}}}});
        run.outcome = train({spec,
                             run.run_folder(),
                             run.cache,
                             {},
                             stop_at,
                             nullptr,
                             {{8, "backbone.blocks.1.feed_forward.up.weight"}}},
                            port);
        run.messages = port.messages;
        return run.outcome.end;
    };
    test::Stretches before, after, back;
    ASSERT_EQ(spoilt("skip", before, 7), Outcome::End::stopped) << before.why();
    ASSERT_EQ(spoilt("skip", after, 8), Outcome::End::stopped) << after.why();
    const auto weights = [](const fs::path& checkpoint) {
        return CheckpointModel::load(checkpoint, Compute{}).or_throw().model.bank->weights().clone();
    };
    EXPECT_TRUE(torch::equal(weights(before.checkpoint(7)), weights(after.checkpoint(8))));
    ASSERT_EQ(spoilt("rollback", back, 12), Outcome::End::stopped) << back.why();
    EXPECT_TRUE(back.said("warning", "Went back to the weights of step 6 at step 12"));
    EXPECT_TRUE(torch::equal(weights(back.checkpoint(6)), weights(back.checkpoint(12))));
}

TEST_F(Cuda, MaskedTokensFollowTheProcessor) {
    expect_alike({{"objective", {{"kind", "masked"}}}});
}

TEST_F(Cuda, PicturesFollowTheProcessor) {
    expect_alike(pictures, 1e-2);
}

TEST_F(Cuda, ARepeatableRunIsTheSameToTheBit) {
    Json changes = pictures;
    changes["training"]["deterministic"] = true;
    test::Stretches one, other;
    for (test::Stretches* run : {&one, &other})
        ASSERT_EQ(run->go(on("cuda", changes)).end, Outcome::End::finished) << run->why();
    EXPECT_EQ(apart(one, other), 0);
}

TEST_F(Cuda, BothOptimizersFollowTheProcessor) {
    for (const OptimizerKind& kind : optimizers())
        expect_alike({{"optimizer", {{"kind", kind.card.id}, {"lr", 1e-3}}}, {"training", {{"clip", 0.5}}}});
}

TEST_F(Cuda, AResumeGoesOnWhereTheRunStood) {
    for (const Json& changes : {Json::object(), pictures}) {
        test::Stretches whole, parts;
        ASSERT_EQ(whole.go(on("cuda", changes)).end, Outcome::End::finished) << whole.why();
        ASSERT_EQ(parts.go(on("cuda", changes), {}, 6).end, Outcome::End::stopped) << parts.why();
        ASSERT_EQ(parts.go(on("cuda", changes), parts.checkpoint(6)).end, Outcome::End::finished) << parts.why();
        EXPECT_LT(apart(whole, parts), 1e-3);  // sums of a GPU's threads have no order
    }
}

TEST_F(Cuda, MixedPrecisionLearns) {
    test::Stretches run;
    const Json spec = on("cuda", {{"training", {{"precision", "bf16"}, {"budget", 60}}},
                                  {"backbone", {{"dropout", 0.1}}},
                                  {"optimizer", {{"lr", 3e-3}}}});
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    const auto figures = run.figures();
    EXPECT_LT(figures.at({60, "train/loss"}), figures.at({1, "train/loss"}) - 1);
    EXPECT_GT(run.all<MetricRow>().size(), 60U);
    const CheckpointScore found = score_checkpoint(run.current(), "validation", {}, run.cache, {}, {}).or_throw();
    EXPECT_NEAR(found.metrics.at("loss"), figures.at({60, "validation/loss"}), 0.05);
}

TEST_F(Cuda, SamplesAreWritten) {
    test::Stretches run;
    ASSERT_EQ(run.go(on("cuda", {{"sampling", {{"every", 12}}}})).end, Outcome::End::finished) << run.why();
    EXPECT_FALSE(run.samples().empty());
}

}  // namespace
}  // namespace gw
