#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "study/baselines/baseline.h"
#include "study/baselines/linear_fit.h"
#include "util/rng.h"

// Classic methods against their definitions, written out plainly.
namespace gw {
namespace {

const Baseline& baseline_called(const std::string& id) {
    return *std::find_if(baselines().begin(), baselines().end(), [&](const Baseline& b) { return b.card.id == id; });
}

/// Counts of a few words in texts of two or three classes that overlap.
PlainData random_counts(std::uint64_t seed, std::int32_t classes) {
    Rng rng(seed);
    PlainData data;
    data.features = 7;
    data.classes = classes;
    data.counts = true;
    for (PlainRows* part : {&data.learnt, &data.judged})
        for (int row = 0; row < 40; ++row) {
            const auto label = static_cast<std::int32_t>(rng.below(static_cast<std::uint64_t>(classes)));
            std::vector<PlainValue> values;
            for (std::int32_t f = 0; f < data.features; ++f)
                if (const auto count = rng.below(f % classes == label ? 4 : 2); count > 0)
                    values.push_back({f, static_cast<float>(count)});
            part->values.push_back(values);
            part->classes.push_back(label);
        }
    return data;
}

double accuracy(const Baseline& method, const PlainData& data) {
    const auto said = method.guess(data, {});
    int right = 0;
    for (std::size_t i = 0; i < said.size(); ++i) right += said[i] == data.judged.classes[i];
    return right / static_cast<double>(said.size());
}

TEST(Baselines, TheMajorityIsThatOfTheLearntRows) {
    PlainData data;
    data.classes = 3;
    data.learnt = {{{}, {}, {}}, {2, 0, 2}};
    data.judged = {{{}, {}}, {0, 1}};
    EXPECT_EQ(baseline_called("majority").guess(data, {}), (std::vector<std::int32_t>{2, 2}));
}

TEST(Baselines, NaiveBayesIsBayesRuleWithOneOfEachWordMore) {
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
        const PlainData data = random_counts(seed, 3);
        const auto said = baseline_called("naive_bayes").guess(data, {});
        ASSERT_EQ(said.size(), data.judged.size());
        for (std::size_t i = 0; i < said.size(); ++i) {
            std::map<double, std::int32_t> by_posterior;
            for (std::int32_t label = 0; label < 3; ++label) {
                double words = data.features, rows = 0;
                std::vector<double> count(static_cast<std::size_t>(data.features), 1.0);
                for (std::size_t r = 0; r < data.learnt.size(); ++r) {
                    if (data.learnt.classes[r] != label) continue;
                    ++rows;
                    for (const PlainValue& v : data.learnt.values[r]) {
                        count[static_cast<std::size_t>(v.feature)] += v.value;
                        words += v.value;
                    }
                }
                double likelihood = rows / static_cast<double>(data.learnt.size());
                for (const PlainValue& v : data.judged.values[i])
                    likelihood *= std::pow(count[static_cast<std::size_t>(v.feature)] / words, v.value);
                by_posterior[likelihood] = label;
            }
            EXPECT_EQ(said[i], by_posterior.rbegin()->second) << "seed " << seed << ", row " << i;
        }
        EXPECT_GT(accuracy(baseline_called("naive_bayes"), data), 0.5);
    }
}

TEST(Baselines, TheNearestPictureIsFoundAmongMoreThanABlock) {
    Rng rng(4);
    PlainData data;
    data.features = 5;
    data.classes = 4;
    data.bytes = true;
    const auto fill = [&](PlainRows& part, int rows) {
        for (int row = 0; row < rows; ++row) {
            std::vector<PlainValue> values;
            for (std::int32_t f = 0; f < data.features; ++f)
                if (const auto byte = rng.below(256); byte > 60)
                    values.push_back({f, static_cast<float>(byte) / 255.0F});
            part.values.push_back(values);
            part.classes.push_back(static_cast<std::int32_t>(rng.below(4)));
        }
    };
    fill(data.learnt, 5000);
    fill(data.judged, 600);
    const auto said = baseline_called("nearest").guess(data, {});
    const auto bytes = [&](const std::vector<PlainValue>& row) {
        std::vector<long> out(static_cast<std::size_t>(data.features), 0);
        for (const PlainValue& v : row) out[static_cast<std::size_t>(v.feature)] = std::lround(v.value * 255.0);
        return out;
    };
    std::vector<std::vector<long>> learnt;
    for (const auto& row : data.learnt.values) learnt.push_back(bytes(row));
    for (std::size_t i = 0; i < data.judged.size(); ++i) {
        const std::vector<long> asked = bytes(data.judged.values[i]);
        long best = std::numeric_limits<long>::max();
        std::int32_t label = -1;
        for (std::size_t k = 0; k < learnt.size(); ++k) {
            long distance = 0;
            for (std::size_t f = 0; f < asked.size(); ++f)
                distance += (asked[f] - learnt[k][f]) * (asked[f] - learnt[k][f]);
            if (distance < best) {
                best = distance;
                label = data.learnt.classes[k];
            }
        }
        ASSERT_EQ(said[i], label) << i;
    }
}

TEST(Baselines, LinearOnesSeparateWhatALineSeparatesWhicheverClassComesFirst) {
    for (const char* id : {"logistic", "linear_svm"})
        for (const bool turned : {false, true}) {
            PlainData data;
            data.features = 2;
            data.classes = 3;
            Rng rng(9);
            for (PlainRows* part : {&data.learnt, &data.judged})
                for (int row = 0; row < 150; ++row) {
                    const auto label = static_cast<std::int32_t>((turned ? 2 - row % 3 : row % 3));
                    const float jitter = static_cast<float>(rng.below(100)) / 1000.0F;
                    part->values.push_back(label == 0   ? std::vector<PlainValue>{{0, 0.9F + jitter}}
                                           : label == 1 ? std::vector<PlainValue>{{1, 0.9F + jitter}}
                                                        : std::vector<PlainValue>{{0, jitter}, {1, jitter}});
                    part->classes.push_back(label);
                }
            EXPECT_GE(accuracy(baseline_called(id), data), 0.99) << id << turned;
        }
}

TEST(Baselines, LogisticRegressionIsAtTheMinimumOfItsLoss) {
    // With one feature that stands in every row the fit is two numbers: a slow search over both finds no better split
    // point.
    PlainData data;
    data.features = 1;
    data.classes = 2;
    Rng rng(3);
    for (int row = 0; row < 300; ++row) {
        const float x = static_cast<float>(rng.below(1000)) / 1000.0F;
        data.learnt.values.push_back({{0, x}});
        data.learnt.classes.push_back(rng.below(1000) < static_cast<std::uint64_t>(1000 * x));
    }
    double least = std::numeric_limits<double>::infinity(), split = 0;
    for (double w = 0; w < 6; w += 0.02)
        for (double b = -4; b < 1; b += 0.02) {
            double loss = (w * w + b * b) / 2;  // the constant is held as a weight is
            for (std::size_t i = 0; i < data.learnt.size(); ++i) {
                const double z = (w * data.learnt.values[i][0].value + b) * (data.learnt.classes[i] == 1 ? 1 : -1);
                loss += std::log1p(std::exp(-z));
            }
            if (loss < least) {
                least = loss;
                split = -b / w;
            }
        }
    for (const double x : {split - 0.03, split + 0.03}) {
        data.judged.values.push_back({{0, static_cast<float>(x)}});
        data.judged.classes.push_back(x > split);
    }
    EXPECT_EQ(by_linear_fit(data, LinearLoss::logistic, 1, {}), data.judged.classes);
}

/// Rows of 12 values that `says` has the class of; `wrong_in_hundred` of the learnt ones say the other.
PlainData of_values(const std::function<bool(const std::vector<PlainValue>&)>& says, std::uint64_t wrong_in_hundred) {
    Rng rng(5);
    PlainData data;
    data.features = 12;
    data.classes = 2;
    for (PlainRows* part : {&data.learnt, &data.judged})
        for (int row = 0; row < 600; ++row) {
            std::vector<PlainValue> values;
            for (std::int32_t f = 0; f < data.features; ++f)
                values.push_back({f, static_cast<float>(1 + rng.below(1000)) / 1000.0F});
            const bool wrong = part == &data.learnt && rng.below(100) < wrong_in_hundred;
            part->classes.push_back(says(values) != wrong);
            part->values.push_back(std::move(values));
        }
    return data;
}

PlainData on_one_side() {
    return of_values([](const auto& row) { return row[0].value > 0.5F; }, 0);
}

TEST(Baselines, ATreeSeesWhatNoLineDoes) {
    // The class of a cell of a chessboard, whose columns are not of one width: the first branch has something to find.
    const PlainData chess =
        of_values([](const auto& row) { return (row[2].value > 0.3F) == (row[7].value > 0.4F); }, 0);
    EXPECT_LT(accuracy(baseline_called("logistic"), chess), 0.75);
    EXPECT_GT(accuracy(baseline_called("decision_tree"), chess), 0.95);
}

TEST(Baselines, AForestBeatsATreeWhereLabelsAreWrong) {
    const PlainData noisy = of_values(
        [](const auto& row) {
            return row[0].value + row[3].value + row[5].value + row[8].value + row[11].value > 2.5F;
        },
        15);
    EXPECT_GT(accuracy(baseline_called("random_forest"), noisy),
              accuracy(baseline_called("decision_tree"), noisy) + 0.05);
    EXPECT_EQ(baseline_called("random_forest").guess(noisy, {}), baseline_called("random_forest").guess(noisy, {}));
}

TEST(Baselines, ATreeBranchesWhereTheClassesPartBest) {
    // The first branch by Gini's measure, tried at every value; a second feature says the same less well.
    Rng rng(8);
    PlainData data;
    data.features = 2;
    data.classes = 2;
    for (int row = 0; row < 200; ++row) {
        const float x = static_cast<float>(row + 1) / 201.0F;
        const bool label = x > 0.3F;
        data.learnt.values.push_back({{0, x}, {1, label == (rng.below(10) > 0) ? 0.9F : 0.1F}});
        data.learnt.classes.push_back(label);
    }
    for (const float x : {0.296F, 0.304F})
        for (const float other : {0.1F, 0.9F}) {
            data.judged.values.push_back({{0, x}, {1, other}});
            data.judged.classes.push_back(x > 0.3F);
        }
    EXPECT_EQ(baseline_called("decision_tree").guess(data, {}), data.judged.classes);
}

TEST(Baselines, TreesOfOneClassOrOfNoValuesSayWhatIsMost) {
    for (const char* id : {"decision_tree", "random_forest"}) {
        PlainData data = on_one_side();
        for (std::int32_t& label : data.learnt.classes) label = 1;
        EXPECT_EQ(baseline_called(id).guess(data, {}), std::vector<std::int32_t>(data.judged.size(), 1)) << id;
        PlainData empty;
        empty.classes = 3;
        empty.learnt = {{{}, {}, {}}, {2, 0, 2}};
        empty.judged = {{{}}, {0}};
        EXPECT_EQ(baseline_called(id).guess(empty, {}), std::vector<std::int32_t>{2}) << id;
    }
}

/// Rows of three values and a number that is a plane of the first two and `bend` times a step of the third.
PlainData of_numbers(double bend) {
    Rng rng(6);
    PlainData data;
    data.features = 3;
    data.of_numbers = true;
    for (PlainRows* part : {&data.learnt, &data.judged})
        for (int row = 0; row < 400; ++row) {
            std::vector<PlainValue> values;
            for (std::int32_t f = 0; f < data.features; ++f)
                values.push_back({f, static_cast<float>(rng.below(1000)) / 1000.0F});
            part->numbers.push_back(3 + 2.0 * values[0].value - 5.0 * values[1].value +
                                    (values[2].value > 0.4F ? bend : 0.0));
            part->values.push_back(std::move(values));
        }
    return data;
}

double squared_error(const char* id, const PlainData& data) {
    const auto said = baseline_called(id).guess_number(data, {});
    EXPECT_EQ(said.size(), data.judged.size()) << id;
    double sum = 0;
    for (std::size_t i = 0; i < said.size(); ++i) sum += std::pow(said[i] - data.judged.numbers[i], 2);
    return sum / static_cast<double>(said.size());
}

TEST(Baselines, NumbersAreSaidByTheirMeanALineNeighboursAndTrees) {
    const PlainData plane = of_numbers(0), step = of_numbers(6);
    const double mean = squared_error("mean", step);
    EXPECT_LT(squared_error("linear_regression", plane), 1e-9) << "a plane is a plane";
    EXPECT_GT(squared_error("linear_regression", step), 1) << "and no step";
    for (const char* id : {"nearest", "decision_tree", "random_forest"})
        EXPECT_LT(squared_error(id, step), 0.2 * mean) << id;
    for (const Baseline& method : baselines())
        EXPECT_EQ(method.suits(plane), method.guess_number != nullptr) << method.card.id;
}

TEST(Baselines, LeastSquaresIsThatOfTheNormalEquations) {
    // One feature: slope = covariance / variance.
    PlainData data = of_numbers(2);
    data.features = 1;
    for (PlainRows* part : {&data.learnt, &data.judged})
        for (auto& row : part->values) row.resize(1);
    double x = 0, y = 0, xx = 0, xy = 0;
    const auto n = static_cast<double>(data.learnt.size());
    for (std::size_t i = 0; i < data.learnt.size(); ++i) {
        const double at = data.learnt.values[i][0].value, value = data.learnt.numbers[i];
        x += at / n, y += value / n, xx += at * at / n, xy += at * value / n;
    }
    const double slope = (xy - x * y) / (xx - x * x);
    const auto said = baseline_called("linear_regression").guess_number(data, {});
    for (std::size_t i = 0; i < said.size(); ++i)
        EXPECT_NEAR(said[i], y + slope * (data.judged.values[i][0].value - x), 1e-9);
}

TEST(Baselines, ColumnsThatSayTheSameTwiceDoNoHarm) {
    PlainData data = of_numbers(0);
    data.features = 5;  // one more is a copy, and one stands in no row
    for (PlainRows* part : {&data.learnt, &data.judged})
        for (auto& row : part->values) row.push_back({3, row[0].value});
    EXPECT_LT(squared_error("linear_regression", data), 1e-9);
}

TEST(Baselines, NumbersThatAreAllAlikeOrRowsOfNothingAreSaidByTheMean) {
    for (const char* id : {"linear_regression", "decision_tree", "random_forest"}) {
        PlainData data = of_numbers(0);
        for (double& number : data.learnt.numbers) number = 4;
        for (const double said : baseline_called(id).guess_number(data, {})) EXPECT_NEAR(said, 4, 1e-6) << id;
        PlainData empty;
        empty.of_numbers = true;
        empty.learnt = {{{}, {}}, {}, {1, 2}};
        empty.judged = {{{}}, {}, {0}};
        EXPECT_EQ(baseline_called(id).guess_number(empty, {}), std::vector<double>{1.5}) << id;
    }
}

TEST(Baselines, TreesAreLeftOutWhereTheyWouldTakeForLong) {
    PlainData data = on_one_side();
    data.features = 60000;  // of 1,200 rows: 72 million values
    for (const char* id : {"decision_tree", "random_forest"}) {
        EXPECT_TRUE(baseline_called(id).fits(data));
        data.features = 70000;
        EXPECT_FALSE(baseline_called(id).fits(data));
        data.counts = true;  // of texts they ask for a thousand words
        EXPECT_TRUE(baseline_called(id).fits(data));
        data.counts = false;
        data.features = 60000;
    }
}

TEST(Baselines, TreesOfTextsAskForWhatStandsInMostOfThem) {
    // 1,200 words, one a text but for the last, which stands in every second text and says its class.
    PlainData data;
    data.features = 1201;
    data.classes = 2;
    data.counts = true;
    for (std::int32_t row = 0; row < 1200; ++row) {
        data.learnt.values.push_back({{row, 1.0F}});
        if (row % 2 == 1) data.learnt.values.back().push_back({1200, 1.0F});
        data.learnt.classes.push_back(row % 2);
    }
    data.judged = {{{{1200, 1.0F}}, {{1199, 1.0F}}}, {1, 0}};
    EXPECT_EQ(baseline_called("decision_tree").guess(data, {}), data.judged.classes);
}

TEST(Baselines, AClassThatWasNeverSeenIsNeverSaid) {
    PlainData data = random_counts(2, 3);
    for (std::int32_t& label : data.learnt.classes) label = label == 1 ? 2 : label;
    for (const Baseline& method : baselines()) {
        if (!method.suits(data)) continue;
        const auto said = method.guess(data, {});
        EXPECT_EQ(std::count(said.begin(), said.end(), 1), 0) << method.card.id;
    }
}

TEST(Baselines, StopWhereTheyAreAsked) {
    const PlainData data = random_counts(2, 3);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(by_linear_fit(data, LinearLoss::logistic, 1, {{}, stop.get_token()}).empty());
    EXPECT_TRUE(baseline_called("random_forest").guess(data, {{}, stop.get_token()}).empty());
}

}  // namespace
}  // namespace gw
