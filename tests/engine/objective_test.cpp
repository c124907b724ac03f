#include <torch/optim/adam.h>

#include <cmath>
#include <set>

#include "engine/small.h"
#include "eval/evaluate.h"
#include "eval/generate.h"

namespace gw {
namespace {

const test::LetterTokenizer letters(9);
const Json small_settings = Json::parse(R"({"layers": 2, "width": 32, "heads": 2, "context": 16})");

std::unique_ptr<Objective> objective_of(const std::string& id, const Backbone& backbone,
                                        Json settings = Json::object()) {
    settings["kind"] = id;
    return find_kind(objectives(), id)->build(settings, ObjectiveInputs{backbone.facts(), &letters, 3});
}

HostBatch some_rows(std::int64_t rows, std::int64_t length) {
    std::vector<Token> ids;
    for (std::int64_t i = 0; i < rows * length; ++i) ids.push_back(static_cast<Token>((i * 7 + i * i / 5) % 9));
    return test::token_rows(rows, length, ids);
}

TEST(Objectives, NextTokenShiftsByOne) {
    const auto backbone = test::small_backbone(small_settings, letters.vocabulary(), true);
    const auto objective = objective_of("next_token", *backbone);
    const HostBatch rows = some_rows(2, objective->window_length(16));
    const Batch batch = objective->feed(rows, 1);
    ASSERT_EQ(batch[array::tokens].sizes(), torch::IntArrayRef({2, 16}));
    EXPECT_EQ(batch.counted, 32);
    for (int t = 0; t < 16; ++t) {
        EXPECT_EQ(batch[array::tokens][1][t].item<int>(), rows.token(1, t));
        EXPECT_EQ(batch[array::targets][1][t].item<int>(), rows.token(1, t + 1));
    }
}

TEST(Objectives, MaskingHasItsShares) {
    const auto backbone = test::small_backbone(small_settings, letters.vocabulary(), false);
    const auto objective = objective_of("masked", *backbone);
    const HostBatch rows = some_rows(64, 200);
    std::int64_t chosen = 0, masked = 0, changed = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Batch batch = objective->feed(rows, seed);
        const torch::Tensor target = batch[array::targets], ids = batch[array::tokens], hidden = target.ne(not_counted);
        const torch::Tensor original = Batch(rows)[array::tokens];
        EXPECT_TRUE(torch::equal(target.masked_select(hidden), original.masked_select(hidden)));
        EXPECT_TRUE(
            torch::equal(ids.masked_select(hidden.logical_not()), original.masked_select(hidden.logical_not())));
        chosen += hidden.sum().item<std::int64_t>();
        masked += ids.eq(letters.mask()).sum().item<std::int64_t>();
        changed += ids.ne(original).logical_and(ids.ne(letters.mask())).sum().item<std::int64_t>();
        EXPECT_EQ(batch.counted, hidden.sum().item<std::int64_t>());
    }
    const double all = 20 * 64 * 200;
    EXPECT_NEAR(static_cast<double>(chosen) / all, 0.15, 0.002);
    EXPECT_NEAR(static_cast<double>(masked) / static_cast<double>(chosen), 0.8 + 0.1 / 11,
                0.01);  // the mask itself may be drawn at random
    EXPECT_NEAR(static_cast<double>(changed) / static_cast<double>(chosen), 0.1 * 9.5 / 11, 0.01);
}

TEST(Objectives, MaskingIsPureInTheSeedAndDynamic) {
    const auto backbone = test::small_backbone(small_settings, letters.vocabulary(), false);
    const auto objective = objective_of("masked", *backbone);
    const HostBatch rows = some_rows(4, 16);
    EXPECT_TRUE(torch::equal(objective->feed(rows, 5)[array::tokens], objective->feed(rows, 5)[array::tokens]));
    EXPECT_FALSE(torch::equal(objective->feed(rows, 5)[array::targets], objective->feed(rows, 6)[array::targets]));
}

TEST(Objectives, WholeWordsAreHiddenTogether) {
    const auto backbone = test::small_backbone(small_settings, letters.vocabulary(), false);
    const auto objective = objective_of("masked", *backbone, {{"whole_words", true}, {"rate", 0.3}});
    std::vector<Token> ids;
    for (Token i = 0; i < 30; ++i) ids.push_back(i % 9);  // words 012 345 678
    const HostBatch rows = test::token_rows(1, 30, ids);
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const Batch batch = objective->feed(rows, seed);
        for (int word = 0; word < 10; ++word) {
            const auto hidden =
                batch[array::targets][0].narrow(0, word * 3, 3).ne(not_counted).sum().item<std::int64_t>();
            EXPECT_TRUE(hidden == 0 || hidden == 3) << "seed " << seed << " word " << word;
        }
    }
}

TEST(Objectives, OneBatchIsLearntByHeart) {
    for (const char* id : {"next_token", "masked"}) {
        const bool causal = find_kind(objectives(), id)->causal;
        const auto backbone = test::small_backbone(small_settings, letters.vocabulary(), causal);
        const auto objective = objective_of(id, *backbone);
        Parameters all = backbone->parameters();
        for (const Parameter& p : objective->parameters()) all.push_back(p);
        std::vector<torch::Tensor> tensors;
        for (const Parameter& p : all) tensors.push_back(p.tensor);
        torch::optim::Adam adam(tensors, torch::optim::AdamOptions(3e-3));
        const Batch batch = objective->feed(some_rows(2, objective->window_length(16)), 1);
        double loss = 0;
        for (int step = 0; step < 300; ++step) {
            adam.zero_grad();
            const torch::Tensor mean = minimised(objective->loss(*backbone, batch, {}), {batch.counted, 0});
            mean.backward();
            adam.step();
            loss = mean.item<double>();
        }
        EXPECT_LT(loss, 0.02) << id;
    }
}

TEST(Objectives, CrossEntropyMatchesItsDefinition) {
    torch::manual_seed(1);
    const torch::Tensor logits = torch::randn({5, 7}), targets = torch::tensor({0, 6, 3, 3, 2});
    double expected = 0;
    for (int i = 0; i < 5; ++i) {
        double total = 0;
        for (int j = 0; j < 7; ++j) total += std::exp(logits[i][j].item<double>());
        expected -= std::log(std::exp(logits[i][targets[i].item<int>()].item<double>()) / total);
    }
    EXPECT_NEAR(cross_entropy_sum(logits, targets).item<double>(), expected, 1e-5);
}

TEST(Generation, TemperatureZeroTakesTheLikeliest) {
    const torch::Tensor logits = torch::tensor({0.1F, 2.0F, -1.0F, 2.0F});
    SamplingOptions greedy;
    greedy.temperature = 0;
    EXPECT_EQ(draw_token(logits, greedy, 0.99), 1);  // ties go to the lower id
}

TEST(Generation, DrawsFollowTheProbabilities) {
    const torch::Tensor logits = torch::log(torch::tensor({0.5F, 0.3F, 0.15F, 0.05F}));
    auto shares = [&](SamplingOptions options) {
        std::vector<double> share(4);
        for (int i = 0; i < 1000; ++i)
            share[static_cast<std::size_t>(draw_token(logits, options, (i + 0.5) / 1000))] += 1e-3;
        return share;
    };
    SamplingOptions options;
    options.temperature = 1;
    EXPECT_NEAR(shares(options)[1], 0.3, 0.002);
    options.top_k = 2;
    EXPECT_NEAR(shares(options)[0], 0.5 / 0.8, 0.002);
    EXPECT_EQ(shares(options)[2], 0.0);
    options.top_k = 0;
    options.top_p = 0.9;
    EXPECT_NEAR(shares(options)[2], 0.15 / 0.95, 0.002);
    EXPECT_EQ(shares(options)[3], 0.0);
}

TEST(Generation, ContinuesPastTheContext) {
    const auto backbone = test::small_backbone(small_settings, letters.vocabulary(), true);
    const auto objective = objective_of("next_token", *backbone);
    SamplingOptions options;
    options.tokens = 40;
    options.stop_at_separator = false;
    const auto first =
        continue_tokens(*backbone, *objective, {1, 2, 3}, letters.separator(), options, {}, torch::kCPU, {});
    EXPECT_EQ(first.size(), 40U);
    EXPECT_EQ(first,
              continue_tokens(*backbone, *objective, {1, 2, 3}, letters.separator(), options, {}, torch::kCPU, {}));
    for (Token id : first) EXPECT_TRUE(id >= 0 && id < letters.vocabulary());
}

}  // namespace
}  // namespace gw
