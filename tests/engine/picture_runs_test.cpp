#include <gmock/gmock.h>

#include "adapt/checkpoint_model.h"
#include "data/preview.h"
#include "engine/stretch.h"
#include "study/inference.h"
#include "study/step_view.h"
#include "train/message/probe_report.h"
#include "workspace/models/finetune.h"
#include "workspace/studies/sequence_study.h"

// Whole runs on pictures: what holds for text holds for them.
namespace gw {
namespace {

using testing::HasSubstr;

Json picture_spec(const Json& changes = Json::object()) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 240, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "augmentation": {"kind": "image_changes", "shift": 2, "flip": 0.5},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 16, "dropout": 0.2},
        "objective": {"kind": "classification"},
        "training": {"budget": 12, "micro_batch": 8, "accumulation": 2, "threads": 1},
        "evaluation": {"every": 0, "tokens": 0, "whole_at_end": true}
    })");
    return test::tiny_spec(overlay_spec(overlay_spec(default_spec(), tiny), changes));
}

TEST(PictureRuns, ResumeToTheBitWithBatchNormDropoutAndAugmentation) {
    const Json spec = picture_spec({{"saving", {{"every", 5}, {"keep_last", 9}}}});
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 5).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(5)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    const auto model = [](const test::Stretches& run) { return CheckpointModel::load(run.current()).or_throw(); };
    const CheckpointModel one = model(whole), other = model(parts);
    EXPECT_TRUE(torch::equal(one.model.bank->weights(), other.model.bank->weights()));
    const Buffers left = one.model.backbone->buffers(), right = other.model.backbone->buffers();
    ASSERT_FALSE(left.empty()) << "batch norm keeps running statistics";
    for (std::size_t i = 0; i < left.size(); ++i)
        EXPECT_TRUE(torch::equal(left[i].tensor, right[i].tensor)) << left[i].name;
}

TEST(PictureRuns, AreCountedInPicturesAndEvaluatedAsRecorded) {
    test::Stretches run;
    ASSERT_EQ(run.go(picture_spec()).end, Outcome::End::finished) << run.why();
    EXPECT_EQ(run.tokens().rbegin()->second, 12 * 16);
    const auto facts = run.all<RunFacts>();
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(std::string(unit_of(input_facts_of(facts[0].input))), "images");
    EXPECT_EQ(facts[0].vocabulary, 0);
    EXPECT_GT(facts[0].flops_per_token, 1e4);
    const auto figures = run.figures();
    for (const char* part : {"validation", "test"}) {
        const CheckpointScore found = score_checkpoint(run.current(), part, {}, run.cache, {}, {}).or_throw();
        for (const char* metric : {"loss", "accuracy", "f1_macro"})
            EXPECT_NEAR(found.metrics.at(metric), figures.at({12, std::string(part) + "/" + metric}), 1e-6)
                << part << " " << metric;
    }
}

TEST(PictureRuns, AStepIsShownAsItWasFed) {
    test::Stretches run;
    const Json spec = picture_spec();
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    const StepView one = view_step(spec, run.current(), 3, run.cache, {}, {}).or_throw(),
                   again = view_step(spec, run.current(), 3, run.cache, {}, {}).or_throw();
    ASSERT_EQ(one.samples.size(), 16U);
    for (std::size_t i = 0; i < one.samples.size(); ++i) {
        ASSERT_TRUE(one.samples[i].picture);
        EXPECT_EQ(one.samples[i].picture->pixels, again.samples[i].picture->pixels);
        EXPECT_FALSE(one.samples[i].truth.empty());
        EXPECT_FALSE(one.samples[i].said.empty());
    }
    EXPECT_GE(one.samples.front().loss, one.samples.back().loss);
    // Without changes the rows are the pictures themselves.
    const Json plain = picture_spec({{"augmentation", {{"kind", "none"}}}});
    test::Stretches unchanged;
    ASSERT_EQ(unchanged.go(plain).end, Outcome::End::finished) << unchanged.why();
    const auto data = preview_dataset(spec.at("dataset"), 240, 100, {}).or_throw();
    for (const ShownSample& sample :
         view_step(plain, unchanged.current(), 3, unchanged.cache, {}, {}).or_throw().samples)
        EXPECT_EQ(sample.picture->pixels, data.documents[static_cast<std::size_t>(sample.place)].picture->pixels);
}

TEST(PictureRuns, WhatTheyBeginFromMayBeFrozenInPartOrWhole) {
    test::Stretches parent;
    ASSERT_EQ(parent.go(picture_spec()).end, Outcome::End::finished) << parent.why();
    ParentCard card;
    card.checkpoint = parent.current();
    const CheckpointFacts facts = read_checkpoint_facts(card.checkpoint).or_throw();
    card.spec = complete_spec(facts.spec);
    card.state = facts.state;
    for (const char* train : {"all", "head", "last", "lora"}) {
        const Json changes = {{"dataset", {{"kind", "shapes"}, {"pictures", 120}, {"size", 16}, {"label", "colour"}}},
                              {"start", {{"kind", "checkpoint"}, {"train", train}}},
                              {"training", {{"budget", 2}, {"budget_unit", "epochs"}, {"micro_batch", 8}}}};
        const Json spec = finetune_spec(card, changes).or_throw();
        EXPECT_EQ(spec.at("objective").at("kind"), "classification");
        test::Stretches child;
        ASSERT_EQ(child.go(spec).end, Outcome::End::finished) << train << ": " << child.why();
        const auto before = CheckpointModel::load(parent.current()).or_throw(),
                   after = CheckpointModel::load(child.current()).or_throw();
        if (std::string(train) != "head") continue;
        // A frozen backbone moves nothing, running statistics neither.
        const Parameters left = before.model.backbone->parameters(), right = after.model.backbone->parameters();
        for (std::size_t i = 0; i < left.size(); ++i)
            EXPECT_TRUE(torch::equal(left[i].tensor, right[i].tensor)) << left[i].name;
        const Buffers theirs = before.model.backbone->buffers(), ours = after.model.backbone->buffers();
        for (std::size_t i = 0; i < theirs.size(); ++i)
            EXPECT_TRUE(torch::equal(theirs[i].tensor, ours[i].tensor)) << theirs[i].name;
    }
}

TEST(PictureRuns, AreProbedAndTaughtInSequence) {
    test::Stretches run;
    ASSERT_EQ(run.go(picture_spec()).end, Outcome::End::finished) << run.why();
    const Json dataset =
                   find_sheet("dataset", "shapes")->complete({{"pictures", 240}, {"size", 16}, {"label", "colour"}}),
               split = find_sheet("split", "stratified")->complete(Json::object());
    const ProbeReport probe = probe_checkpoint({run.current(), dataset, split, 200, run.cache, {}, {}}).or_throw();
    EXPECT_GT(probe.trained.linear, probe.baseline) << "colours are plain to see";
    const Workspace workspace = Workspace::open(run.folder / "groundwork").or_throw();
    SequenceStudy study;
    study.name = "colours";
    study.checkpoint = run.current();
    study.datasets = {dataset};
    study.split = split;
    study.group = 3;
    study.seeds = 1;
    study.settings = sequence_sheet().complete({{"epochs", 1}, {"micro_batch", 8}});
    study.strategies = {"replay", "ewc", "joint"};
    const SequenceStudy done = carry_out_study(workspace, study, {}, {}).or_throw();
    ASSERT_EQ(done.results.size(), 3U);
    for (const SequenceResult& result : done.results)
        EXPECT_EQ(result.by_head.size(), result.strategy == "joint" ? 1U : 2U) << result.strategy;
}

TEST(PictureRuns, PicturesOfAnotherSizeAreRefused) {
    test::Stretches run;
    ASSERT_EQ(run.go(picture_spec()).end, Outcome::End::finished) << run.why();
    Json spec = picture_spec({{"dataset", {{"size", 20}}}});
    spec["start"] = {{"kind", "checkpoint"}, {"path", run.current().string()}};
    test::Stretches child;
    ASSERT_EQ(child.go(complete_spec(spec)).end, Outcome::End::failed);
    EXPECT_THAT(child.why(), HasSubstr("3 × 20 × 20"));
    EXPECT_THAT(child.why(), HasSubstr("3 × 16 × 16"));
}

TEST(PictureRuns, WhatDoesNotBelongTogetherIsRefusedWithTheReason) {
    Json spec = complete_spec(picture_spec());
    spec["backbone"] = find_sheet("backbone", "transformer")->complete(Json::object());
    EXPECT_THAT(to_text(spec_status(spec).error()), HasSubstr("tokens"));
    EXPECT_THAT(why_not(picture_spec(), "objective", "next_token"), HasSubstr("needs"));
    EXPECT_THAT(why_not(default_spec(), "backbone", "cnn"), HasSubstr("image"));
    EXPECT_THAT(why_not(default_spec(), "tokenizer", "none"), HasSubstr("rows without text"));
}

// A network without batch norm adds up: as many pictures a step, cut in one or two, give the same step.
TEST(PictureRuns, AccumulationIsTheSameStepWithoutBatchNorm) {
    const auto losses = [](std::int64_t micro, std::int64_t times) {
        test::RecordingPort port;
        test::Stretches run;
        const Json spec = picture_spec({{"backbone", {{"norm", "none"}, {"dropout", 0.0}}},
                                        {"objective", {{"dropout", 0.0}}},
                                        {"training", {{"micro_batch", micro}, {"accumulation", times}}}});
        EXPECT_EQ(run.go(spec, port).end, Outcome::End::finished) << run.why();
        return port.losses;
    };
    const auto whole = losses(16, 1), cut = losses(8, 2);
    ASSERT_EQ(whole.size(), cut.size());
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_NEAR(whole[i], cut[i], 1e-4) << i;
}

}  // namespace
}  // namespace gw
