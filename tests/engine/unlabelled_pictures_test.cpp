#include <gmock/gmock.h>

#include "adapt/checkpoint_model.h"
#include "engine/stretch.h"
#include "study/inference.h"
#include "study/step_view.h"
#include "workspace/models/finetune.h"

// Whole runs that learn from pictures without labels: what holds for the others holds for them.
namespace gw {
namespace {

/// Whether it learns from pictures as they are, and from one view of each.
bool draws(const std::string& objective) {
    return objective == "autoencoder" || objective == "vae" || objective == "gan" || objective == "diffusion";
}

Json unlabelled_spec(const std::string& objective, const Json& changes = Json::object()) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 160, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "augmentation": {"kind": "views"},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 16},
        "training": {"budget": 8, "micro_batch": 8, "threads": 1},
        "evaluation": {"every": 4, "tokens": 0, "whole_at_end": true}
    })");
    Json spec = overlay_spec(overlay_spec(default_spec(), tiny), {{"objective", {{"kind", objective}}}});
    if (objective == "masked_image")
        spec = overlay_spec(
            spec, {{"backbone", {{"kind", "vit"}, {"patch", 4}, {"layers", 2}, {"heads", 2}, {"width", 16}}}});
    if (objective == "diffusion")
        spec = overlay_spec(spec, {{"backbone", {{"kind", "unet"}, {"stages", 1}, {"channels", 4}, {"groups", 2}}}});
    if (objective == "autoencoder") spec["objective"]["sparsity"] = 0.01;
    if (objective == "vae") spec["objective"]["kl_warmup"] = 5;
    if (draws(objective)) spec["augmentation"] = {{"kind", "none"}};
    return test::tiny_spec(overlay_spec(spec, changes));
}

class UnlabelledPictures : public testing::TestWithParam<const char*> {};

TEST_P(UnlabelledPictures, ResumeToTheBitAndAreEvaluatedAsRecorded) {
    const Json spec = unlabelled_spec(GetParam(), {{"saving", {{"every", 3}, {"keep_last", 9}}}});
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 3).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(3)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    const CheckpointModel one = CheckpointModel::load(whole.current()).or_throw(),
                          other = CheckpointModel::load(parts.current()).or_throw();
    EXPECT_TRUE(torch::equal(one.model.bank->weights(), other.model.bank->weights()));
    const Buffers left = one.model.objective->buffers(), right = other.model.objective->buffers();
    ASSERT_EQ(left.size(), right.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        EXPECT_TRUE(torch::equal(left[i].tensor, right[i].tensor)) << left[i].name;

    const auto figures = whole.figures();
    const CheckpointScore found = score_checkpoint(whole.current(), "validation", {}, whole.cache, {}, {}).or_throw();
    EXPECT_FALSE(found.labelled);
    const std::vector<std::string>& metrics = find_kind(objectives(), GetParam())->metrics;
    for (const std::string& metric : metrics) {
        // What only some settings or rows with classes have, and what takes long to draw.
        const bool sometimes = metric == "criterion" || metric == "penalty" || metric.find("modes") != metric.npos,
                   of_drawn = metric == "frechet" || metric == "drawn_spread";
        if (sometimes || (of_drawn && !one.model.objective->draws_quickly())) continue;
        ASSERT_TRUE(found.metrics.contains(metric)) << metric;
        ASSERT_TRUE(figures.contains({8, "validation/" + metric})) << metric;
        EXPECT_NEAR(found.metrics.at(metric), figures.at({8, "validation/" + metric}), 1e-5) << metric;
        EXPECT_TRUE(std::isfinite(found.metrics.at(metric))) << metric;
    }
}

TEST_P(UnlabelledPictures, ShowTheirStepsAndAreProbedByTheirOwnLabels) {
    const Json spec = unlabelled_spec(GetParam(), {{"probing", {{"every", 4}, {"examples", 40}}}});
    test::Stretches run;
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(run.figures().contains({4, "probe/knn_accuracy"}));
    EXPECT_TRUE(run.figures().contains({8, "probe/linear_accuracy"}));
    const StepView view = view_step(spec, run.current(), 2, run.cache, {}, {}).or_throw();
    ASSERT_EQ(view.samples.size(), 8U);
    const std::string kind = GetParam();
    const bool two = kind != "rotation" && kind != "gan" && kind != "diffusion";  // a second view, or what is drawn
    for (const ShownSample& sample : view.samples) {
        ASSERT_TRUE(sample.picture);
        EXPECT_EQ(sample.second.has_value(), two);
        if (two) {
            EXPECT_NE(sample.picture->pixels, sample.second->pixels);
        }
        EXPECT_TRUE(std::isfinite(sample.loss));
    }
}

TEST_P(UnlabelledPictures, AreBegunFromByATaskWithLabels) {
    test::Stretches parent;
    ASSERT_EQ(parent.go(unlabelled_spec(GetParam())).end, Outcome::End::finished) << parent.why();
    ParentCard card;
    card.checkpoint = parent.current();
    const CheckpointFacts facts = read_checkpoint_facts(card.checkpoint).or_throw();
    card.spec = complete_spec(facts.spec);
    card.state = facts.state;
    const Json changes = {{"dataset", {{"kind", "shapes"}, {"pictures", 120}, {"size", 16}, {"label", "colour"}}},
                          {"augmentation", {{"kind", "none"}}},
                          {"objective", {{"kind", "classification"}}},
                          {"evaluation", {{"every", 3}}},
                          {"training", {{"budget", 3}, {"micro_batch", 8}}}};
    const Json spec = finetune_spec(card, changes).or_throw();
    EXPECT_NE(spec.at("split").at("kind"), card.spec.at("split").at("kind")) << "other pictures, other parts";
    const Json same = finetune_spec(card, {{"dataset", {{"examples", 20}, {"label", "colour"}}}}).or_throw();
    EXPECT_EQ(same.at("split"), card.spec.at("split")) << "what was seen is not what is judged by";
    test::Stretches child;
    ASSERT_EQ(child.go(spec).end, Outcome::End::finished) << child.why();
    EXPECT_TRUE(child.figures().contains({3, "validation/accuracy"}));
}

TEST(DrawnSamples, AreThoseOfTheObjectiveAndTheSameAfterAResume) {
    using Sheets = std::vector<std::string>;
    for (const auto& [objective, sheets] : {std::pair<const char*, Sheets>{"vae", {"between", "redrawn", "drawn"}},
                                            {"autoencoder", {"between", "redrawn"}},
                                            {"gan", {"drawn"}},
                                            {"diffusion", {"steps", "drawn"}},
                                            {"masked_image", {"redrawn"}},
                                            {"rotation", {}}}) {
        SCOPED_TRACE(objective);
        Json changes = {{"sampling", {{"every", 4}}}, {"saving", {{"every", 3}, {"keep_last", 9}}}};
        if (objective == std::string("diffusion")) changes["objective"] = {{"sampler_steps", 3}};
        const Json spec = unlabelled_spec(objective, changes);
        test::Stretches whole, parts;
        ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
        const std::vector<SampleText> all = whole.all<SampleText>();
        std::vector<std::pair<std::int64_t, std::string>> expected, found;
        for (const std::int64_t step : {4, 8})
            for (const std::string& sheet : sheets) expected.emplace_back(step, sheet);
        for (const SampleText& one : all) {
            found.emplace_back(one.step, one.prompt);
            EXPECT_EQ(one.picture.substr(1, 3), "PNG");
            EXPECT_FALSE(one.text.empty());
        }
        EXPECT_EQ(found, expected);
        ASSERT_EQ(parts.go(spec, {}, 3).end, Outcome::End::stopped) << parts.why();
        ASSERT_EQ(parts.go(spec, parts.checkpoint(3)).end, Outcome::End::finished) << parts.why();
        const std::vector<SampleText> again = parts.all<SampleText>();
        ASSERT_EQ(again.size(), all.size());
        for (std::size_t i = 0; i < all.size(); ++i) EXPECT_TRUE(again[i].picture == all[i].picture) << all[i].prompt;
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, UnlabelledPictures,
                         testing::Values("simclr", "moco", "rotation", "masked_image", "supervised_contrastive",
                                         "metric_learning", "autoencoder", "vae", "gan", "diffusion"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace gw
