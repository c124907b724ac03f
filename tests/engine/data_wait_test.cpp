#include "train/message/data_wait.h"

#include <thread>

#include "data/batch_source.h"
#include "engine/stretch.h"
#include "spec/settings.h"
#include "train/examine/evaluation_cost.h"

// What a run loses to other things than training, and what it says of it.
namespace gw {
namespace {

/// Takes its time over every batch.
class SlowRows final : public BatchSource {
  public:
    SlowRows(std::unique_ptr<BatchSource> source, std::chrono::milliseconds each)
        : source_(std::move(source)), each_(each) {}
    std::int64_t rows_per_epoch() const override { return source_->rows_per_epoch(); }
    double units_per_row() const override { return source_->units_per_row(); }
    HostBatch batch(std::int64_t first, std::int64_t rows) const override {
        std::this_thread::sleep_for(each_);
        return source_->batch(first, rows);
    }

  private:
    const std::unique_ptr<BatchSource> source_;
    const std::chrono::milliseconds each_;
};

TEST(DataWait, IsTheShareOfTheLastSteps) {
    DataWait wait;
    EXPECT_EQ(wait.share(), 0);
    wait.note(1, 0.1, 0.4);
    EXPECT_NEAR(wait.share(), 0.25, 1e-12);
    for (int step = 0; step < 200; ++step) wait.note(1, 0, 0.4);
    EXPECT_LT(wait.share(), 1e-6) << "what was long ago is forgotten";
    EXPECT_NEAR(wait.seconds(), 0.1, 1e-12) << "but counts for the stretch";
    EXPECT_FALSE(wait.said()) << "0.1 s of 80 s";
    // Whether steps are told one by one or together, the same pace is the same share.
    DataWait one, many;
    for (int step = 0; step < 16; ++step) one.note(1, 0.01, 0.1);
    many.note(16, 0.16, 1.6);
    EXPECT_NEAR(one.share(), many.share(), 1e-12);
}

TEST(DataWait, IsSaidAboveHalfAPercent) {
    DataWait hardly, more, short_run;
    hardly.note(100, 0.49, 100);
    EXPECT_FALSE(hardly.said());
    more.note(100, 0.51, 100);
    ASSERT_TRUE(more.said());
    EXPECT_EQ(more.said()->text(), "Training waited for its data for 0.510 s, 0.510 % of the time of its steps");
    short_run.note(1, 0.05, 0.1);
    EXPECT_FALSE(short_run.said()) << "a moment";
}

TEST(DataWait, OfASlowSourceIsRecordedAndSaid) {
    const Json spec =
        test::tiny_spec({{"training", {{"budget", 12}, {"accumulation", 2}}}, {"schedule", {{"warmup", 1}}}});
    constexpr std::chrono::milliseconds each{20};
    const auto trained = [&](const test::Stretches& run, test::RecordingPort& port, bool slow) {
        TrainRequest request{spec, run.run_folder(), run.cache};
        if (slow)
            request.around = [each](std::unique_ptr<BatchSource> source) {
                return std::make_unique<SlowRows>(std::move(source), each);
            };
        return train(request, port);
    };
    const auto said = [](const test::RecordingPort& port) {
        std::string out;
        for (const Event& event : port.all<Event>())
            if (event.text.starts_with("Training waited for its data")) out += event.kind + ": " + event.text + "\n";
        return out;
    };
    test::Stretches slow, quick;
    test::RecordingPort of_slow, of_quick;
    ASSERT_EQ(trained(slow, of_slow, true).end, Outcome::End::finished);
    ASSERT_EQ(trained(quick, of_quick, false).end, Outcome::End::finished);

    // Every step waited for 40 ms.
    int told = 0;
    for (const MetricRow& row : of_slow.all<MetricRow>())
        for (const Point& point : row.points)
            if (point.metric == "train/data_wait") {
                ++told;
                EXPECT_GT(point.value, 0.01) << row.step;
                EXPECT_LE(point.value, 1) << row.step;
            }
    EXPECT_EQ(told, 12) << "at every step, as the speed";
    ASSERT_TRUE(of_quick.last("train/data_wait"));
    EXPECT_LT(*of_quick.last("train/data_wait"), *of_slow.last("train/data_wait"));

    const std::string text = said(of_slow);
    ASSERT_TRUE(text.starts_with("note: Training waited for its data for ")) << text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
    const double seconds = std::stod(text.substr(std::string("note: Training waited for its data for ").size()));
    EXPECT_GE(seconds, 12 * 2 * 0.02 - 0.005) << text;
    EXPECT_EQ(said(of_quick), "");
    EXPECT_EQ(of_quick.losses, of_slow.losses) << "how slow the data is changes nothing";
}

TEST(EvaluationCost, IsToldOnceItTakesAThirdOfTheTime) {
    EvaluationCost cost;
    cost.note(9, 20);
    EXPECT_FALSE(cost.often(5)) << "a person hardly notices";
    cost.note(3, 40);
    EXPECT_FALSE(cost.often(5)) << "12 of 40 s";
    cost.note(3, 44);
    const auto said = cost.often(1500);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->text(),
              "Evaluations took 34 % of the time so far. Evaluate less often (evaluation.every, now 1,500 steps), or "
              "less of the validation part (evaluation.tokens)");
    cost.note(100, 150);
    EXPECT_FALSE(cost.often(1500)) << "once is enough";
}

TEST(EvaluationCost, OfTheLastOneIsToldWhereItIsTheCause) {
    EvaluationCost often, late, cheap;
    often.note(30, 60);
    often.note(5, 65);
    EXPECT_FALSE(often.at_end(5)) << "those on the way were";
    late.note(2, 60);
    late.note(58, 118);
    const auto said = late.at_end(58);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->text(),
              "Evaluations took 51 % of the time, the last one 58.0 s. Keep less for validation, or turn "
              "evaluation.whole_at_end off");
    cheap.note(20, 100);
    EXPECT_FALSE(cheap.at_end(20));
}

TEST(EvaluationCost, WhatIsLookedAtGoesByWhatIsTrainedOn) {
    EvaluationSettings evaluation;
    ASSERT_EQ(evaluation.tokens, -1) << "the default goes by the training";
    evaluation.every = 200;
    EXPECT_EQ(evaluation.looked_at(1024), 50000) << "the most";
    EXPECT_EQ(evaluation.looked_at(32), 3200) << "half of 200 steps of 32 pictures";
    EXPECT_EQ(evaluation.looked_at(1), 1000) << "the least";
    EXPECT_EQ(evaluation.looked_at(0), 50000) << "a run that has not begun";
    EXPECT_EQ(evaluation.looked_at(std::int64_t{1} << 60), 50000);
    evaluation.overlap = 0.5;
    EXPECT_EQ(evaluation.looked_at(32), 1600) << "every token costs twice";
    evaluation.every = 0;
    EXPECT_EQ(evaluation.looked_at(32), 50000);
    evaluation.every = 200;
    for (const std::int64_t chosen : {0, 7, 1000000}) {
        evaluation.tokens = chosen;
        EXPECT_EQ(evaluation.looked_at(32), chosen) << "what a person chose stays";
    }
}

}  // namespace
}  // namespace gw
