#include "eval/side_by_side.h"

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "data/text/shards.h"
#include "engine/small.h"
#include "eval/evaluate.h"
#include "eval/judge.h"
#include "util/rng.h"
#include "util/task_pool.h"

// Batches of an evaluation are measured side by side: the figures are those of one thread, to the bit.
namespace gw {
namespace {

const test::LetterTokenizer letters(9);

class ThreadsOfPool {
  public:
    explicit ThreadsOfPool(int threads) : before_(TaskPool::shared().threads()) {
        TaskPool::shared().set_threads(threads);
    }
    ThreadsOfPool(const ThreadsOfPool&) = delete;
    ThreadsOfPool& operator=(const ThreadsOfPool&) = delete;
    ~ThreadsOfPool() { TaskPool::shared().set_threads(before_); }

  private:
    int before_;
};

TokenStream stream_of(const Scratch& folder, std::int64_t size) {
    ShardWriter writer = ShardWriter::create(folder / "s.tokens", letters.vocabulary()).or_throw();
    std::vector<Token> ids;
    Rng rng(5);
    for (std::int64_t i = 0; i < size; ++i) ids.push_back(static_cast<Token>(rng.below(9)));
    writer.add(ids).or_throw();
    writer.count(size, 1);
    writer.finish().or_throw();
    return ShardReader::open(folder / "s.tokens", letters.vocabulary()).or_throw();
}

std::unique_ptr<Backbone> backbone_of(bool causal) {
    return test::small_backbone({{"layers", 2}, {"width", 32}, {"heads", 2}, {"context", 24}}, letters.vocabulary(),
                                causal);
}

TEST(SideBySideTest, CutsByTheShapeAlone) {
    for (const int threads : {1, 6}) {
        const ThreadsOfPool pool(threads);
        const SideBySide text(torch::kCPU, 64, 32), wide(torch::kCPU, 4, 2048), gpu(torch::kCUDA, 64, 32);
        EXPECT_EQ(text.rows(), 8);
        EXPECT_EQ(text.at_once(), 16U);
        EXPECT_EQ(wide.rows(), 1);
        EXPECT_EQ(wide.at_once(), 8U);
        EXPECT_EQ(gpu.rows(), 64);
        EXPECT_EQ(gpu.at_once(), 1U);
    }
}

TEST(SideBySideTest, AStreamScoresTheSameWithAnyNumberOfThreads) {
    const Scratch folder;
    const TokenStream stream = stream_of(folder, 7000);
    for (const char* objective_kind : {"next_token", "masked"}) {
        SCOPED_TRACE(objective_kind);
        const auto backbone = backbone_of(std::string_view(objective_kind) == "next_token");
        const ObjectiveKind& kind = *find_kind(objectives(), objective_kind);
        const auto objective =
            kind.build(kind.complete(Json::object()), ObjectiveInputs{backbone->facts(), &letters, 3});
        const auto scored = [&](int threads) {
            const ThreadsOfPool pool(threads);
            EvaluationOptions options;
            options.rows = 40;
            options.overlap = 0.25;
            double done = 0;
            const Evaluation found = evaluate(*backbone, *objective, letters, stream, {}, options,
                                              [&](double share) {
                                                  EXPECT_GT(share, done);
                                                  done = share;
                                              },
                                              {});
            EXPECT_EQ(done, 1.0);
            return found;
        };
        const Evaluation one = scored(1);
        EXPECT_GT(one.scored, 500);
        EXPECT_GT(one.loss, 0);
        for (const int threads : {2, 5}) {
            const Evaluation several = scored(threads);
            EXPECT_EQ(several.scored, one.scored);
            EXPECT_EQ(several.loss, one.loss);
            EXPECT_EQ(several.accuracy, one.accuracy);
        }
    }
}

TEST(SideBySideTest, ExamplesAreJudgedTheSameWithAnyNumberOfThreads) {
    const Scratch folder;
    const TokenStream stream = stream_of(folder, 3000);
    const auto backbone = backbone_of(false);
    ExampleTable table{LabelKind::one_class, {"a", "b"}, {}};
    Rng rng(2);
    for (std::int32_t i = 0; i < 150; ++i) {
        const auto length = static_cast<std::int64_t>(1 + rng.below(24));
        table.examples.push_back({20 * i, length, {i % 2}, 0, {}, i});
    }
    const ObjectiveKind& kind = *find_kind(objectives(), "classification");
    const auto objective =
        kind.build(kind.complete(Json::object()),
                   ObjectiveInputs{backbone->facts(), &letters, 3,
                                   LabelFacts{LabelKind::one_class, {"a", "b"}, {75, 75}, 150, 0, 1}});
    const auto rows = text_rows(stream, 24, letters.separator());
    const auto judged = [&](int threads) {
        const ThreadsOfPool pool(threads);
        JudgeOptions options;
        options.rows = 64;
        return judge(*backbone, *objective, *rows, table, {}, options, {}, {});
    };
    const Judged one = judged(1);
    ASSERT_EQ(one.rows, 150);
    ASSERT_EQ(one.predictions.scores.size(), 300U);
    for (std::int64_t row = 0; row < 150; ++row)  // each row's own place, and none left empty
        EXPECT_NEAR(one.predictions.scores[static_cast<std::size_t>(2 * row)] +
                        one.predictions.scores[static_cast<std::size_t>(2 * row + 1)],
                    1.0, 1e-5);
    for (const int threads : {2, 5}) {
        const Judged several = judged(threads);
        EXPECT_EQ(several.loss, one.loss);
        EXPECT_EQ(several.predictions.scores, one.predictions.scores);
        EXPECT_EQ(several.predictions.documents, one.predictions.documents);
    }
}

TEST(SideBySideTest, AStopEndsItBetweenTwoGroups) {
    const Scratch folder;
    const TokenStream stream = stream_of(folder, 7000);
    const auto backbone = backbone_of(true);
    const ObjectiveKind& kind = *find_kind(objectives(), "next_token");
    const auto objective = kind.build(kind.complete(Json::object()), ObjectiveInputs{backbone->facts(), &letters, 3});
    EvaluationOptions options;
    options.rows = 8;
    std::stop_source stop;
    int told = 0;
    const Evaluation found = evaluate(
        *backbone, *objective, letters, stream, {}, options,
        [&](double) {
            ++told;
            stop.request_stop();
        },
        stop.get_token());
    EXPECT_EQ(told, 1);
    EXPECT_EQ(found.scored, 0);
}

TEST(SideBySideTest, WhatABatchThrowsIsThrown) {
    const auto backbone = backbone_of(true);
    const ObjectiveKind& kind = *find_kind(objectives(), "next_token");
    const auto objective = kind.build(kind.complete(Json::object()), ObjectiveInputs{backbone->facts(), &letters, 3});
    const ThreadsOfPool pool(3);
    SideBySide batches(torch::kCPU, 8, 24);
    for (int i = 0; i < 4; ++i) batches.add(Batch());  // without tokens
    EXPECT_THROW((void)batches.work_off(*backbone, *objective, {}), c10::Error);
    EXPECT_EQ(batches.size(), 0U);
}

}  // namespace
}  // namespace gw
