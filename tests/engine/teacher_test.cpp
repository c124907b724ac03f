#include <gmock/gmock.h>

#include "adapt/checkpoint_model.h"
#include "engine/stretch.h"
#include "study/inference.h"

// A run that learns from another's model beside the text.
namespace gw {
namespace {

using testing::HasSubstr;

Json pupil_spec(const fs::path& teacher, const Json& objective = Json::object()) {
    Json spec = {{"backbone", {{"layers", 1}, {"dropout", 0.0}}},
                 {"training", {{"budget", 8}}},
                 {"evaluation", {{"every", 4}}},
                 {"objective", {{"teacher", teacher.string()}}}};
    spec["objective"].update(objective);
    return test::tiny_spec(spec);
}

class Teachers : public testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(teacher_.go(test::tiny_spec()).end, Outcome::End::finished) << teacher_.why(); }
    test::Stretches teacher_;
};

TEST_F(Teachers, BothPartsAreRecordedAndAddUpToWhatIsMinimised) {
    test::Stretches run;
    ASSERT_EQ(run.go(pupil_spec(teacher_.current(), {{"teacher_weight", 0.3}})).end, Outcome::End::finished)
        << run.why();
    const auto figures = run.figures();
    for (std::int64_t step = 1; step <= 8; ++step)
        EXPECT_NEAR(figures.at({step, "train/loss"}),
                    0.7 * figures.at({step, "train/cross_entropy"}) + 0.3 * figures.at({step, "train/distillation"}),
                    1e-5)
            << step;
    EXPECT_NEAR(figures.at({8, "validation/criterion"}),
                0.7 * figures.at({8, "validation/loss"}) + 0.3 * figures.at({8, "validation/distillation"}), 1e-5);
    // What runs are compared by is the plain measure, which needs no teacher.
    const CheckpointScore found = score_checkpoint(run.current(), "validation", {}, run.cache, {}, {}).or_throw();
    EXPECT_NEAR(found.metrics.at("loss"), figures.at({8, "validation/loss"}), 2e-2);
}

TEST_F(Teachers, TheDivergenceIsThatOfThePlainFormula) {
    CheckpointModel loaded = CheckpointModel::load(teacher_.current()).or_throw();
    const Teacher teacher{loaded.model.backbone.get(), loaded.model.objective.get(), loaded.model.pass(false)};
    const Json spec = pupil_spec(teacher_.current(), {{"teacher_weight", 1.0}, {"temperature", 3.0}});
    const Model pupil = build_model(spec, loaded.model.input, *loaded.tokenizer, loaded.model.compute, {}, teacher);
    std::vector<Token> ids(2 * 33);
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<Token>((i * 37) % 200);
    const Batch batch = pupil.objective->feed(test::token_rows(2, 33, ids), 1);
    const LossParts parts = pupil.objective->loss(*pupil.backbone, batch, pupil.pass(false));
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[1].name, "distillation");

    auto logits = [&](Backbone& net, const Objective& objective) {
        const Pass pass = pupil.pass(false);
        const torch::Tensor features = net.features(batch, pass).sequence_BTD.flatten(0, 1);
        return objective.logits(features, pass).to(torch::kFloat64).detach();
    };
    const torch::Tensor p = torch::softmax(logits(*teacher.net, *teacher.objective) / 3, -1),
                        q = torch::softmax(logits(*pupil.backbone, *pupil.objective) / 3, -1);
    double expected = 0;
    for (std::int64_t n = 0; n < p.size(0); ++n)
        for (std::int64_t v = 0; v < p.size(1); ++v) {
            const double a = p[n][v].item<double>(), b = q[n][v].item<double>();
            expected += 9 * a * std::log(a / b);
        }
    EXPECT_NEAR(parts[1].sum.item<double>(), expected, 1e-3 * expected);
}

TEST_F(Teachers, GoOnAfterAResumeToTheBitAndAreNotTrained) {
    const Json spec = overlay_spec(pupil_spec(teacher_.current()), {{"saving", {{"every", 4}, {"keep_last", 9}}}});
    const auto before = CheckpointModel::load(teacher_.current()).or_throw().model.bank->weights().clone();
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 4).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(4)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    EXPECT_TRUE(torch::equal(before, CheckpointModel::load(teacher_.current()).or_throw().model.bank->weights()));
}

TEST_F(Teachers, ThatDoNotFitAreRefusedByName) {
    test::Stretches run;
    ASSERT_EQ(run.go(overlay_spec(pupil_spec(teacher_.current()), {{"backbone", {{"context", 64}}}})).end,
              Outcome::End::failed);
    EXPECT_THAT(run.why(), HasSubstr("shorter context"));
    EXPECT_THAT(run.why(), HasSubstr("objective.teacher"));
    // Masked tokens are seen from both sides: such a teacher knows the answers.
    test::Stretches masked, taught;
    ASSERT_EQ(masked.go(test::tiny_spec({{"objective", {{"kind", "masked"}}}})).end, Outcome::End::finished);
    ASSERT_EQ(taught.go(pupil_spec(masked.current())).end, Outcome::End::failed);
    EXPECT_THAT(taught.why(), HasSubstr("no language model"));
    test::Stretches gone;
    ASSERT_EQ(gone.go(pupil_spec(teacher_.folder.path() / "nothing")).end, Outcome::End::failed);
    EXPECT_THAT(gone.why(), HasSubstr("objective.teacher"));
}

}  // namespace
}  // namespace gw
