#include "eval/task_metrics.h"

#include "engine/small.h"

// Figures are those of scikit-learn 1.2.1 for the same rows, and, where they are short, worked out by hand.
namespace gw {
namespace {

Predictions classes_of(const std::vector<std::vector<float>>& scores, const std::vector<std::int32_t>& truth,
                       LabelKind kind = LabelKind::one_class) {
    Predictions p;
    p.kind = kind;
    p.outputs = static_cast<std::int64_t>(scores.front().size());
    for (std::int64_t c = 0; c < p.outputs; ++c) p.classes.push_back(std::string(1, static_cast<char>('a' + c)));
    for (std::size_t i = 0; i < scores.size(); ++i) {
        p.scores.insert(p.scores.end(), scores[i].begin(), scores[i].end());
        p.truth.push_back({truth[i]});
        p.values.push_back(0);
        p.documents.push_back(static_cast<std::int64_t>(i));
    }
    return p;
}

const Predictions three = classes_of({{.7F, .2F, .1F},
                                      {.1F, .8F, .1F},
                                      {.2F, .3F, .5F},
                                      {.6F, .3F, .1F},
                                      {.3F, .4F, .3F},
                                      {.1F, .2F, .7F},
                                      {.25F, .5F, .25F},
                                      {.8F, .1F, .1F},
                                      {.4F, .35F, .25F},
                                      {.05F, .15F, .8F}},
                                     {0, 1, 2, 1, 1, 2, 0, 0, 2, 2});

TEST(TaskMetrics, OfClassesEqualPublishedOnes) {
    const auto metrics = task_metrics(three);
    const std::map<std::string, double> expected{{"accuracy", 0.7},
                                                 {"balanced_accuracy", 0.6944444444},
                                                 {"precision_macro", 0.7222222222},
                                                 {"recall_macro", 0.6944444444},
                                                 {"f1_macro", 0.6984126984},
                                                 {"precision_weighted", 0.75},
                                                 {"recall_weighted", 0.7},
                                                 {"f1_weighted", 0.7142857143},
                                                 {"f1_micro", 0.7},
                                                 {"roc_auc", 0.8759920635},
                                                 {"average_precision", 0.8240740741},
                                                 {"majority_baseline", 0.4}};
    for (const auto& [name, value] : expected) {
        ASSERT_TRUE(metrics.count(name)) << name;
        EXPECT_NEAR(metrics.at(name), value, 1e-9) << name;
    }
    EXPECT_EQ(confusion_of(three).counts, (std::vector<std::int64_t>{2, 1, 0, 1, 2, 0, 1, 0, 3}));
}

TEST(TaskMetrics, MacroMeansOfBothDefinitionsAreTold) {
    // scikit-learn 1.2: f1_score([0, 0, 1, 1], [0, 2, 1, 1], average="macro") = (2/3 + 1 + 0) / 3; with labels=[0, 1]
    // (2/3 + 1) / 2.
    const auto metrics =
        task_metrics(classes_of({{.8F, .1F, .1F}, {.1F, .2F, .7F}, {.1F, .8F, .1F}, {.2F, .6F, .2F}}, {0, 0, 1, 1}));
    EXPECT_NEAR(metrics.at("f1_macro"), (2.0 / 3 + 1) / 2, 1e-12);
    EXPECT_NEAR(metrics.at("f1_macro_all"), (2.0 / 3 + 1) / 3, 1e-12);
    EXPECT_NEAR(metrics.at("precision_macro_all"), (1.0 + 1 + 0) / 3, 1e-12);
    EXPECT_NEAR(metrics.at("recall_macro_all"), (0.5 + 1 + 0) / 3, 1e-12);
    EXPECT_NEAR(metrics.at("recall_macro"), 0.75, 1e-12);
}

TEST(TaskMetrics, OfSetsEqualPublishedOnes) {
    Predictions p = classes_of({{.9F, .2F, .6F}, {.4F, .7F, .1F}, {.2F, .3F, .8F}, {.6F, .6F, .6F}, {.1F, .2F, .3F}},
                               {0, 0, 0, 0, 0}, LabelKind::class_set);
    p.truth = {{0, 2}, {1}, {1, 2}, {0, 2}, {}};
    const auto metrics = task_metrics(p);
    const std::map<std::string, double> expected{
        {"accuracy", 0.4 + 0.2},    {"hamming_loss", 0.1333333333},     {"f1_macro", 0.8333333333},
        {"f1_micro", 0.8571428571}, {"precision_micro", 0.8571428571},  {"recall_micro", 0.8571428571},
        {"roc_auc", 0.9444444444},  {"average_precision", 0.9444444444}};
    for (const auto& [name, value] : expected) EXPECT_NEAR(metrics.at(name), value, 1e-9) << name;
}

TEST(TaskMetrics, OfNumbersEqualPublishedOnes) {
    Predictions p;
    p.kind = LabelKind::number;
    p.outputs = 1;
    p.scores = {2.5F, 0, 2, 8, 1};
    p.values = {3, -0.5, 2, 7, 0};
    p.truth.resize(5);
    p.documents = {0, 1, 2, 3, 4};
    const auto metrics = task_metrics(p);
    EXPECT_NEAR(metrics.at("rmse"), 0.7071067811865476, 1e-9);
    EXPECT_NEAR(metrics.at("mae"), 0.6, 1e-9);
    EXPECT_NEAR(metrics.at("r2"), 0.9301675977653632, 1e-9);
    EXPECT_NEAR(metrics.at("mape"), 0.3273809523809524, 1e-9);  // the label 0 is left out
}

TEST(TaskMetrics, EqualScoresCountHalf) {
    const std::vector<double> scores{.5, .5, .3, .5, .1, .3};
    const std::vector<bool> truth{true, false, true, true, false, false};
    EXPECT_NEAR(roc_auc(scores, truth).value(), 0.7222222222222222, 1e-12);
    EXPECT_NEAR(average_precision(scores, truth).value(), 0.6444444444444444, 1e-12);
    EXPECT_FALSE(roc_auc({.1, .2}, {true, true}));
}

TEST(TaskMetrics, CurvesEncloseTheirAreas) {
    for (std::int64_t c = 0; c < 3; ++c) {
        const auto curve = roc_curve(three, c);
        double area = 0;
        for (std::size_t i = 1; i < curve.size(); ++i)
            area += (curve[i].x - curve[i - 1].x) * (curve[i].y + curve[i - 1].y) / 2;
        EXPECT_NEAR(area, class_scores(three)[static_cast<std::size_t>(c)].roc_auc.value(), 1e-9);
        EXPECT_EQ(curve.back().x, 1);
        EXPECT_EQ(curve.back().y, 1);
    }
}

TEST(TaskMetrics, CalibrationByHand) {
    // Confidences 0.9 (right), 0.75 (wrong), 0.6 (right): bins (0.8, 0.9], (0.7, 0.8], (0.5, 0.6].
    const Predictions p = classes_of({{.9F, .1F}, {.25F, .75F}, {.6F, .4F}}, {0, 0, 0});
    EXPECT_NEAR(expected_calibration_error(calibration(p)), (0.1 + 0.75 + 0.4) / 3, 1e-6);
}

TEST(Predictions, ComeBackFromTheirFile) {
    const Scratch folder;
    write_predictions(folder / "p.jsonl", three).or_throw();
    const Predictions back = read_predictions(folder / "p.jsonl").or_throw();
    EXPECT_EQ(back.classes, three.classes);
    EXPECT_EQ(back.truth, three.truth);
    EXPECT_EQ(back.documents, three.documents);
    EXPECT_EQ(task_metrics(back), task_metrics(three));
    std::ofstream(folder / "broken.jsonl") << "{\"kind\":\"class\",\"classes\":[\"a\"]}\n{\"document\":";
    EXPECT_FALSE(read_predictions(folder / "broken.jsonl"));
}

}  // namespace
}  // namespace gw
