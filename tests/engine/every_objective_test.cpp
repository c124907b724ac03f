#include <algorithm>
#include <cmath>
#include <map>

#include "data/augmentation.h"
#include "data/series/window_settings.h"
#include "draw.h"
#include "engine/small.h"
#include "samples/core/objective/catalog.h"
#include "schema/metric.h"

// What every kind of objective promises, with each of its choices, over a small backbone of tokens or pictures. A new
// kind is covered the day it is listed.
namespace gw {
namespace {

constexpr std::int64_t row_count = 4, row_context = 12;
const test::LetterTokenizer nine_letters(9);

class EveryObjective : public testing::TestWithParam<std::string> {
  protected:
    const ObjectiveKind& kind() const { return *find_kind(test::every_objective(), GetParam()); }
    bool of_pictures() const {
        return test::has_word(kind().needs, "image") || test::has_word(kind().needs, value_rows);
    }
    bool of_series() const { return test::has_word(kind().needs, "windows of series"); }
    bool of_captions() const { return test::has_word(kind().needs, "captions"); }

    std::vector<Json> settings() const { return test::variants(kind(), kind().complete(Json::object())); }

    /// Labels of the sort that it needs, in `count` classes.
    LabelFacts facts() const {
        LabelFacts out;
        std::vector<std::string> needs = kind().needs;
        for (const Json& one : settings())
            for (std::string& word : kind().needs_as_set(one)) needs.push_back(std::move(word));
        for (const std::string& word : needs)
            if (const std::string start = "labels of the kind "; word.starts_with(start))
                out.kind = label_kind_named(word.substr(start.size()));
        if (out.kind == LabelKind::none) return out;
        out.examples = 10;
        if (out.kind == LabelKind::number) {
            out.mean = 2;
            out.deviation = 3;
        } else {
            out.classes = {"cold", "new", "warm"};
            out.counts = {2, 3, 5};
        }
        return out;
    }

    std::unique_ptr<Backbone> backbone() const {
        if (!of_pictures() && !of_series())
            return test::small_backbone(
                Json{{"layers", 1}, {"width", 16}, {"heads", 2}, {"context", row_context}, {"dropout", 0.0}},
                nine_letters.vocabulary(), kind().causal);
        BackboneInputs inputs{image_input(1, 8, 8), kind().causal, 7};
        if (of_captions()) inputs.input.tokens = TokensInput{nine_letters.vocabulary()};
        if (of_series())
            inputs.input = {std::nullopt, std::nullopt, SeriesInput{row_context, 5, {"a", "b"}, {0, 0}, {1, 1}}};
        for (const BackboneKind& each : backbones())
            if (suits(each)) return each.build(Json::object(), inputs);
        ADD_FAILURE() << "no backbone reads pictures or series";
        return nullptr;
    }
    /// Whether it reads pictures and offers what the objective needs of a backbone.
    bool suits(const BackboneKind& each) const {
        const std::vector<std::string> offered = each.offers(Json::object());
        auto given = [&](const std::string& word) {
            const bool by_data = word == "image" || word == value_rows || word == "windows of series" ||
                                 word == rows_that_follow || word == "captions" || word == "tokens" ||
                                 word == views_that_differ || word.starts_with("labels of ");
            return by_data || test::has_word(offered, word);
        };
        return (of_series() ? test::has_word(each.needs, "windows of series")
                            : test::has_word(each.needs, "image") || test::has_word(each.needs, value_rows)) &&
               std::all_of(kind().needs.begin(), kind().needs.end(), given);
    }
    std::unique_ptr<Objective> build(const Json& one, const Backbone& net, std::uint64_t seed = 3) const {
        return kind().build(one,
                            ObjectiveInputs{net.facts(), &nine_letters, seed, facts(), [&] { return backbone(); }});
    }

    /// Rows first, first + 1, ...: what a row holds depends on its number alone.
    HostBatch rows_of(const Objective& objective, std::int64_t first, std::int64_t count) {
        const LabelKind labels = objective.labels();
        const std::int64_t length = labels == LabelKind::none ? objective.window_length(row_context) : row_context;
        std::vector<Token> ids;
        for (std::int64_t row = first; row < first + count; ++row)
            for (std::int64_t i = 0; i < length; ++i)
                ids.push_back(static_cast<Token>((row * 5 + i * 7 + i * i / 3) % 9));
        HostBatch out = test::token_rows(count, length, ids);
        if (of_pictures()) {
            HostArray pictures(HostArray::Type::u8, {count, 1, 8, 8});
            for (std::int64_t i = 0; i < pictures.size(); ++i)
                pictures.values<std::uint8_t>()[i] = static_cast<std::uint8_t>((first * 64 + i) * 37 % 256);
            if (!of_captions()) out.arrays.clear();
            if (objective.views() == 2) {
                HostArray other = pictures;
                for (std::int64_t i = 0; i < other.size(); ++i) other.values<std::uint8_t>()[i] ^= 0x55;
                out.arrays.emplace(array::second, std::move(other));
            }
            out.arrays.emplace(array::image, std::move(pictures));
        }
        if (of_series()) {
            out.arrays.clear();
            for (const auto& [name, length_of] :
                 {std::pair{array::series, row_context}, {array::future, std::int64_t{5}}}) {
                HostArray values(HostArray::Type::f32, {count, length_of, 2});
                for (std::int64_t i = 0; i < values.size(); ++i)
                    values.values<float>()[i] = 0.1F * static_cast<float>((first * length_of * 2 + i) * 37 % 41) - 2.0F;
                out.arrays.emplace(name, std::move(values));
            }
        }
        for (std::int64_t row = 0; row < count; ++row) out.places[static_cast<std::size_t>(row)] = first + row;
        if (labels == LabelKind::none && !of_pictures()) return out;
        for (std::int64_t row = first; row < first + count; ++row) {
            Example example;
            example.length = length;
            example.row = row;
            example.value = 0.5 * static_cast<double>(row);
            if (facts().kind == LabelKind::one_class) example.classes = {static_cast<std::int32_t>(row % 3)};
            if (labels == LabelKind::class_set && row % 4) example.classes = {0, 2};
            if (labels == LabelKind::word_classes) {
                example.word_starts = {0, 3, 7};
                example.classes = {2, 0, static_cast<std::int32_t>(row % 3)};
            }
            out.examples.push_back(&(examples_[row] = example));
            if (out.length() > 0) out.lengths.push_back(length);
        }
        return out;
    }
    static double value_of(const torch::Tensor& tensor) { return tensor.item<double>(); }
    std::map<std::int64_t, Example> examples_;
};

/// The arrays that some batch may have.
const char* const batch_arrays[] = {array::tokens,    array::valid,  array::image,  array::second, array::targets,
                                    array::positions, array::labels, array::series, array::future};

TEST_P(EveryObjective, FeedingIsPure) {
    const auto net = backbone();
    for (const Json& one : settings()) {
        const auto objective = build(one, *net);
        const HostBatch rows = rows_of(*objective, 0, row_count);
        const Batch first = objective->feed(rows, 5), again = objective->feed(rows, 5);
        EXPECT_GT(first.counted, 0) << one.dump();
        EXPECT_EQ(first.counted, again.counted) << one.dump();
        for (const char* name : batch_arrays) {
            ASSERT_EQ(first[name].defined(), again[name].defined()) << name << one.dump();
            if (first[name].defined()) {
                EXPECT_TRUE(torch::equal(first[name], again[name])) << name << one.dump();
            }
        }
    }
}

TEST_P(EveryObjective, FirstWeightsFollowFromTheSeed) {
    const auto net = backbone();
    for (const Json& one : settings()) {
        const Parameters first = build(one, *net)->parameters(), again = build(one, *net)->parameters(),
                         other = build(one, *net, 4)->parameters();
        ASSERT_EQ(first.size(), again.size());
        bool differs = first.empty();
        for (std::size_t i = 0; i < first.size(); ++i) {
            EXPECT_TRUE(first[i].tensor.requires_grad() && first[i].tensor.is_leaf()) << first[i].name;
            EXPECT_TRUE(torch::equal(first[i].tensor, again[i].tensor)) << first[i].name << one.dump();
            // A lone number, such as a temperature, begins at what is set.
            differs = differs || (first.size() == 1 && first[i].tensor.numel() == 1) ||
                      !torch::equal(first[i].tensor, other[i].tensor);
        }
        EXPECT_TRUE(differs) << one.dump();
    }
}

TEST_P(EveryObjective, TheHeadIsOfTheSizeItSays) {
    const auto net = backbone();
    if (build(kind().complete(Json::object()), *net)->labels() != LabelKind::none)
        GTEST_SKIP() << "its outputs are known with the data";
    const BackboneFacts is = net->facts();
    for (const Json& one : settings()) {
        if (!kind().needs_as_set(one).empty()) continue;  // as large as the data has classes
        std::int64_t count = 0;
        for (const Parameter& p : build(one, *net)->parameters()) count += p.tensor.numel();
        EXPECT_EQ(count, kind().head_parameters(one, is)) << one.dump();
    }
}

TEST_P(EveryObjective, ItsLossReachesAllThatIsTrained) {
    for (const Json& one : settings()) {
        const auto net = backbone();
        const auto objective = build(one, *net);
        const Batch batch = objective->feed(rows_of(*objective, 0, row_count), 5);
        const std::size_t sides = std::max<std::size_t>(objective->players().size(), 1);
        for (std::size_t side = 0; side < sides; ++side) {
            const LossParts parts = objective->loss_of(side, *net, batch, Pass{torch::kFloat32, /*training=*/true});
            ASSERT_FALSE(parts.empty()) << one.dump();
            for (const LossPart& part : parts) {
                EXPECT_FALSE(part.name.empty());
                EXPECT_EQ(part.sum.numel(), 1) << part.name;
                EXPECT_TRUE(std::isfinite(value_of(part.sum))) << part.name << one.dump();
            }
            minimised(parts, {batch.counted, row_count}).backward();
        }
        for (const Parameters& all : {objective->parameters(), net->parameters()})
            for (const Parameter& p : all) {
                ASSERT_TRUE(p.tensor.grad().defined()) << p.name << one.dump();
                EXPECT_TRUE(torch::isfinite(p.tensor.grad()).all().item<bool>()) << p.name << one.dump();
            }
        double moved = 0;
        for (const Parameter& p : net->parameters()) moved += value_of(p.tensor.grad().abs().sum());
        EXPECT_GT(moved, 0) << one.dump();
    }
}

/// Micro-batches are a matter of memory, not of what is learnt.
TEST_P(EveryObjective, ALossIsTheSumOfItsRows) {
    const auto net = backbone();
    const torch::NoGradGuard no_grad;
    for (const Json& one : settings()) {
        const auto objective = build(one, *net);
        if (!objective->adds_up()) continue;
        const RowSeeds seeds = RowSeeds::by_place(5);
        auto loss_of = [&](std::int64_t first, std::int64_t count) {
            const Batch batch = objective->feed(rows_of(*objective, first, count), seeds);
            std::map<std::string, double> out;
            for (const LossPart& part : objective->loss(*net, batch, Pass{})) out[part.name] += value_of(part.sum);
            return out;
        };
        const auto whole = loss_of(0, row_count), front = loss_of(0, 1), back = loss_of(1, row_count - 1);
        for (const auto& [name, sum] : whole)
            EXPECT_NEAR(sum, front.at(name) + back.at(name), 1e-4 * (1 + std::abs(sum))) << name << one.dump();
    }
}

TEST_P(EveryObjective, MeasuresAreOfWhatCounts) {
    const auto net = backbone();
    const torch::NoGradGuard no_grad;
    for (const Json& one : settings()) {
        const auto objective = build(one, *net);
        const Batch batch = objective->feed(rows_of(*objective, 0, row_count), RowSeeds::by_place(5));
        const Measures found = objective->measures(*net, batch, Pass{});
        EXPECT_EQ(found.losses_N.numel(), batch.counted) << one.dump();
        EXPECT_TRUE(torch::isfinite(found.losses_N).all().item<bool>()) << one.dump();
        EXPECT_GE(value_of(found.losses_N.min()), -1e-6) << one.dump();
        if (found.criterion_N.defined()) {
            EXPECT_EQ(found.criterion_N.numel(), batch.counted) << one.dump();
        }
        if (found.hits_N.defined()) {
            EXPECT_EQ(found.hits_N.numel(), batch.counted) << one.dump();
            EXPECT_EQ(found.hits_N.scalar_type(), torch::kBool) << one.dump();
        }
        EXPECT_EQ(found.said.defined(), objective->labels() != LabelKind::none) << one.dump();
        if (!found.said.defined()) continue;
        EXPECT_EQ(found.said.size(0), batch.counted) << one.dump();
        EXPECT_EQ(found.said.size(1), std::max<std::int64_t>(1, static_cast<std::int64_t>(facts().classes.size())));
        EXPECT_TRUE(torch::equal(found.said, objective->predict(*net, batch, Pass{}))) << one.dump();
        if (objective->labels() == LabelKind::number) continue;
        EXPECT_TRUE(found.said.ge(0).logical_and(found.said.le(1)).all().item<bool>()) << one.dump();
        if (objective->labels() != LabelKind::class_set) {
            EXPECT_TRUE(torch::allclose(found.said.sum(1), torch::ones({batch.counted}))) << one.dump();
        }
    }
}

TEST_P(EveryObjective, WhatIsMeasuredOfARowDependsOnItAlone) {
    const auto net = backbone();
    const torch::NoGradGuard no_grad;
    for (const Json& one : settings()) {
        const auto objective = build(one, *net);
        if (!objective->adds_up()) continue;
        auto measured = [&](std::int64_t first, std::int64_t count) {
            const Batch batch = objective->feed(rows_of(*objective, first, count), RowSeeds::by_place(5));
            return objective->measures(*net, batch, Pass{}).losses_N;
        };
        const torch::Tensor together = measured(0, row_count);
        std::vector<torch::Tensor> alone;
        for (std::int64_t row = 0; row < row_count; ++row) alone.push_back(measured(row, 1));
        EXPECT_TRUE(torch::allclose(together, torch::cat(alone), 1e-4, 1e-5)) << one.dump();
    }
}

TEST_P(EveryObjective, NamesWhatItIsJudgedBy) {
    EXPECT_TRUE(test::has_word(kind().metrics, kind().main_metric)) << kind().main_metric;
    for (const std::string& name : kind().metrics) EXPECT_NE(find_metric(name), nullptr) << name;
    EXPECT_NE(better_of(kind().main_metric), Better::neither) << kind().main_metric;
    const auto net = backbone();
    const LabelKind says = build(kind().complete(Json::object()), *net)->labels();
    EXPECT_TRUE(says == facts().kind || ((of_pictures() || of_series()) && says == LabelKind::none))
        << "what it needs is what it says; one of pictures may read labels and say none";
}

INSTANTIATE_TEST_SUITE_P(All, EveryObjective, testing::ValuesIn(test::ids_of(test::every_objective())), test::id_name);

}  // namespace
}  // namespace gw
