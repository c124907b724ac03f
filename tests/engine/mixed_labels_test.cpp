#include <array>
#include <cmath>

#include "data/augmentation.h"
#include "engine/check_gradients.h"
#include "engine/every_objective.h"
#include "engine/stretch.h"
#include "objective/losses.h"

// Rows that are mixed with others learn from the labels of both, and nothing but training sees them.
namespace gw {
namespace {

struct MixedCase {
    const char* kind;
    std::vector<Json> settings;
};

class MixedLabels : public testing::TestWithParam<MixedCase> {
  protected:
    MixedLabels() {
        for (std::size_t i = 0; i < 6; ++i) {
            examples[i].classes = {static_cast<std::int32_t>(i % 3)};
            examples[i].value = 0.7 * static_cast<double>(i) - 1;
        }
        if (std::string(GetParam().kind) == "multi_label") examples[1].classes = {0, 2}, examples[4].classes = {};
        backbone = test::small_backbone({{"layers", 1}, {"width", 8}, {"heads", 2}, {"context", 8}}, 11, false,
                                        torch::kFloat64);
    }
    std::unique_ptr<Objective> made(Json settings) const {
        const ObjectiveKind& kind = *find_kind(objectives(), GetParam().kind);
        settings["dropout"] = 0.0;
        const LabelKind labels = kind.card.id == "regression"    ? LabelKind::number
                                 : kind.card.id == "multi_label" ? LabelKind::class_set
                                                                 : LabelKind::one_class;
        const LabelFacts facts{labels, {"a", "b", "c"}, {3, 2, 1}, 6, 0.5, 2};
        auto out = kind.build(kind.complete(settings), ObjectiveInputs{backbone->facts(), &letters, 3, facts});
        for (const Parameter& p : out->parameters()) {
            torch::Tensor tensor = p.tensor;
            tensor.set_data(tensor.detach().to(torch::kFloat64));
        }
        return out;
    }
    /// Four rows of tokens with the labels of `owners`.
    HostBatch rows(const std::vector<std::size_t>& owners) const {
        HostBatch out = test::token_rows(4, 3, {1, 2, 3, 4, 5, 6, 7, 8, 0, 2, 4, 6});
        for (const std::size_t owner : owners) out.examples.push_back(&examples[owner]);
        out.lengths.assign(4, 3);
        return out;
    }
    HostBatch mixed() const {
        HostBatch out = rows(own);
        for (const std::size_t partner : partners) out.partners.push_back(&examples[partner]);
        out.shares = shares;
        return out;
    }
    torch::Tensor loss(const Objective& objective, const HostBatch& rows) const {
        return minimised(objective.loss(*backbone, objective.feed(rows, 0), exact), {});
    }
    /// Of one row alone, its label given.
    double alone(const Objective& objective, std::size_t row, std::size_t owner) const {
        HostBatch one = test::token_rows(1, 3, {});
        const HostBatch all = rows(own);
        for (std::int64_t at = 0; at < 3; ++at)
            one.arrays.at(array::tokens).values<Token>()[at] = all.token(static_cast<std::int64_t>(row), at);
        one.examples = {&examples[owner]};
        one.lengths = {3};
        return loss(objective, one).item<double>();
    }

    const Pass exact{torch::kFloat64, /*training=*/false};
    const test::LetterTokenizer letters{9};
    const std::vector<std::size_t> own{0, 1, 2, 3}, partners{5, 4, 2, 1};
    const std::vector<double> shares{0.25, 0.75, 0.5, 1};
    std::array<Example, 6> examples;
    std::unique_ptr<Backbone> backbone;
};

TEST_P(MixedLabels, CountByWhatARowHoldsOfEach) {
    for (const Json& settings : GetParam().settings) {
        const auto objective = made(settings);
        double expected = 0;
        for (std::size_t row = 0; row < 4; ++row)
            expected += shares[row] * alone(*objective, row, own[row]) +
                        (1 - shares[row]) * alone(*objective, row, partners[row]);
        EXPECT_NEAR(loss(*objective, mixed()).item<double>(), expected, 1e-6) << settings.dump();
        EXPECT_GT(std::abs(loss(*objective, rows(own)).item<double>() - expected), 1e-4) << settings.dump();
        const Measures measures = objective->measures(*backbone, objective->feed(mixed(), 0), exact);
        EXPECT_NEAR(measures.criterion_N.sum().item<double>(), expected, 1e-6) << settings.dump();
    }
}

TEST_P(MixedLabels, GiveTheGradientsOfTheirLoss) {
    for (const Json& settings : GetParam().settings) {
        const auto objective = made(settings);
        Parameters all = backbone->parameters();
        for (const Parameter& p : objective->parameters()) all.push_back(p);
        test::check_gradients(
            all, [&] { return loss(*objective, mixed()); }, 3);
    }
}

INSTANTIATE_TEST_SUITE_P(All, MixedLabels,
                         testing::Values(MixedCase{"classification",
                                                   {Json::object(),
                                                    {{"smoothing", 0.2}, {"balanced", true}},
                                                    {{"loss", "focal"}, {"balanced", true}},
                                                    {{"loss", "hinge"}}}},
                                         MixedCase{"multi_label", {Json::object(), {{"loss", "focal"}}}},
                                         MixedCase{"regression",
                                                   {{{"loss", "squared"}},
                                                    {{"loss", "huber"}},
                                                    {{"loss", "absolute"}},
                                                    {{"loss", "log_cosh"}},
                                                    {{"loss", "quantile"}}}}),
                         [](const auto& info) { return std::string(info.param.kind); });

TEST(MixedLosses, OfCrossEntropyAreThoseOfTheMixedTarget) {
    const torch::Tensor logits = test::numbers({4, 3}, 5), own = torch::tensor({0, 1, 2, 0}, torch::kInt64),
                        partners = torch::tensor({1, 1, 0, 2}, torch::kInt64),
                        shares = torch::tensor({0.3, 0.6, 0.0, 1.0}, torch::kFloat64);
    const torch::Tensor target =
        shares.unsqueeze(1) * torch::one_hot(own, 3) + (1 - shares).unsqueeze(1) * torch::one_hot(partners, 3);
    const torch::Tensor expected = -(target * torch::log_softmax(logits, -1)).sum(-1);
    EXPECT_TRUE(torch::allclose(
        mixed_rows(cross_entropy_rows(logits, own, {}, 0), cross_entropy_rows(logits, partners, {}, 0), shares),
        expected));
}

Json mixing_spec(const Json& changes) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 120, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "mlp", "layers": 1, "width": 16, "norm": "none", "dropout": 0},
        "objective": {"kind": "classification", "dropout": 0},
        "training": {"budget": 6, "micro_batch": 8, "accumulation": 2, "threads": 1},
        "evaluation": {"every": 0, "tokens": 0, "whole_at_end": true}
    })");
    return test::tiny_spec(overlay_spec(overlay_spec(default_spec(), tiny), changes));
}

const Json mixing_views{{"kind", "views"}, {"mixup", 0.4}, {"cutmix", 1}, {"noise", 0.05}};

TEST(MixedRuns, AStepIsTheSameHoweverItIsAccumulated) {
    std::vector<double> losses[2];
    for (const int parts : {1, 2}) {
        test::Stretches run;
        test::RecordingPort port;
        ASSERT_EQ(run.go(mixing_spec({{"augmentation", mixing_views},
                                      {"training", {{"micro_batch", 16 / parts}, {"accumulation", parts}}}}),
                         port)
                      .end,
                  Outcome::End::finished)
            << run.why();
        losses[parts - 1] = port.losses;
    }
    ASSERT_EQ(losses[0].size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(losses[0][i], losses[1][i], 1e-5) << i;
}

TEST(MixedRuns, ResumeToTheBitAndLeaveHeldOutRowsAsTheyAre) {
    const Json spec = mixing_spec({{"augmentation", mixing_views}, {"saving", {{"every", 3}, {"keep_last", 9}}}});
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 3).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(3)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());

    // Without learning, the held-out figures are those of a run that mixes nothing.
    const Json still{{"training", {{"budget", 1}}}, {"optimizer", {{"lr", 0.0}}}};
    Json mixing = still;
    mixing["augmentation"] = mixing_views;
    test::RecordingPort plain_port, mixed_port;
    test::Stretches plain, mixed;
    ASSERT_EQ(plain.go(mixing_spec(still), plain_port).end, Outcome::End::finished) << plain.why();
    ASSERT_EQ(mixed.go(mixing_spec(mixing), mixed_port).end, Outcome::End::finished) << mixed.why();
    for (const char* metric : {"validation/loss", "validation/accuracy"})
        EXPECT_EQ(plain_port.last(metric).value(), mixed_port.last(metric).value()) << metric;
    EXPECT_NE(plain_port.losses, mixed_port.losses);
}

bool augmentation_refused(const Json& spec, const std::string& words) {
    for (const schema::Problem& problem : check_spec(spec))
        if (problem.path == "augmentation.kind" && problem.message.find(words) != std::string::npos) return true;
    return false;
}

TEST(MixedRuns, AreRefusedWhereTheObjectiveCannotMix) {
    const Json mixing{{"augmentation", {{"kind", "image_changes"}, {"mixup", 0.2}}}};
    EXPECT_TRUE(spec_status(mixing_spec(mixing)));
    Json other = mixing_spec(mixing);
    other["objective"] = find_kind(objectives(), "word_classes")->complete(Json::object());
    EXPECT_TRUE(augmentation_refused(other, "needs an objective that mixes labels"));
    EXPECT_TRUE(augmentation_refused(other, "set augmentation.mixup and augmentation.cutmix to 0"));
    other["augmentation"]["mixup"] = 0;
    EXPECT_FALSE(augmentation_refused(other, "mixes labels"));
}

TEST(TextChangesRuns, ChangeTrainingAloneAndNeedLabelsOfWholeRows) {
    const Scratch folder;
    const Json still{{"training", {{"budget", 1}}},
                     {"optimizer", {{"lr", 0.0}}},
                     {"evaluation", {{"every", 0}, {"tokens", 0}, {"whole_at_end", true}}}};
    Json changing = still;
    changing["augmentation"] = {{"kind", "text_changes"}, {"drop", 0.4}, {"shuffle", 0.5}};
    const ObjectiveKind& kind = *find_kind(objectives(), "classification");
    test::RecordingPort plain_port, changed_port;
    test::Stretches plain, changed;
    ASSERT_EQ(plain.go(test::tiny_spec_of(kind, folder.path(), still), plain_port).end, Outcome::End::finished)
        << plain.why();
    const Json spec = test::tiny_spec_of(kind, folder.path(), changing);
    EXPECT_TRUE(spec_status(spec));
    ASSERT_EQ(changed.go(spec, changed_port).end, Outcome::End::finished) << changed.why();
    EXPECT_EQ(plain_port.last("validation/loss").value(), changed_port.last("validation/loss").value());
    EXPECT_NE(plain_port.losses, changed_port.losses);

    const ObjectiveKind& words = *find_kind(objectives(), "word_classes");
    const Json changes{{"augmentation", changing["augmentation"]}};
    EXPECT_TRUE(augmentation_refused(overlay_spec(test::tiny_spec_of(words, folder.path(), still), changes),
                                     labels_whole_rows));
    EXPECT_TRUE(augmentation_refused(overlay_spec(test::tiny_spec(still), changes), labels_whole_rows));
}

}  // namespace
}  // namespace gw
