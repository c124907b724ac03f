#include <fstream>

#include "adapt/checkpoint_model.h"
#include "engine/stretch.h"
#include "optim/schedule.h"
#include "spec/start.h"

// First the head alone, then all weights: each part with a rate and a schedule of its own.
namespace gw {
namespace {

using test::Stretches;

class TwoParts : public testing::Test {
  protected:
    void SetUp() override {
        std::ofstream csv(folder_ / "labels.csv");
        csv << "text,label\n";
        for (int i = 0; i < 40; ++i)
            csv << (i % 2 ? "the cat sat " : "a dog ran ") << i << "," << (i % 2 ? "cat" : "dog") << "\n";
        csv.close();
        ASSERT_EQ(parent_.go(test::tiny_spec({{"training", {{"budget", 2}}}})).end, Outcome::End::finished)
            << parent_.why();
    }
    Json spec(const Json& start) const {
        Json section = {{"kind", "checkpoint"}, {"path", parent_.current().string()}, {"forgetting", false}};
        section.update(start);
        return test::tiny_spec(
            {{"dataset", {{"kind", "labelled_text"}, {"paths", {(folder_ / "labels.csv").string()}}}},
             {"split", {{"kind", "by_document"}, {"validation", 0.2}, {"test", 0.0}}},
             {"objective", {{"kind", "classification"}}},
             {"start", section},
             {"optimizer", {{"kind", "adamw"}, {"lr", 0.001}}},
             {"schedule", {{"kind", "linear"}, {"warmup", 2}}},
             {"training", {{"budget", 10}, {"threads", 1}}},
             {"saving", {{"every", 1}, {"keep_last", 20}}}});
    }
    static std::vector<double> rates(const Stretches& run) {
        const auto figures = run.figures();
        std::vector<double> out;
        for (std::int64_t step = 1; step <= 10; ++step) out.push_back(figures.at({step, "train/lr"}));
        return out;
    }
    torch::Tensor backbone_at(const fs::path& checkpoint) const {
        const CheckpointModel it = CheckpointModel::load(checkpoint).or_throw();
        std::vector<torch::Tensor> all;
        for (const Parameter& p : it.model.backbone->parameters())
            all.push_back(p.tensor.detach().reshape({-1}).clone());
        return torch::cat(all);
    }
    Scratch folder_;
    Stretches parent_;
};

TEST_F(TwoParts, EachHasItsRateAndTheScheduleFromItsBeginning) {
    Stretches run;
    const Json wish = spec({{"head_first", 0.4}, {"head_first_rate", 0.05}, {"head_rate", 3}});
    ASSERT_EQ(run.go(wish).end, Outcome::End::finished) << run.why();
    const auto schedule = find_kind(schedules(), "linear")->build(wish.at("schedule"));
    std::vector<double> expected;
    for (int step = 0; step < 4; ++step) expected.push_back(0.05 * schedule->factor(step, 4));
    for (int step = 0; step < 6; ++step) expected.push_back(0.001 * schedule->factor(step, 6));
    const auto found = rates(run);
    for (std::size_t i = 0; i < 10; ++i) EXPECT_DOUBLE_EQ(found[i], expected[i]) << "step " << i + 1;
    EXPECT_LT(found[4], found[5]) << "it warms up again";
    EXPECT_EQ(schedule_curve(wish, 10, 10), expected) << "as the form draws it";

    const torch::Tensor before = backbone_at(parent_.current());
    EXPECT_TRUE(torch::equal(backbone_at(run.checkpoint(4)), before)) << "the head alone";
    EXPECT_FALSE(torch::equal(backbone_at(run.checkpoint(10)), before));
}

TEST_F(TwoParts, WithoutARateOfItsOwnThereIsOneSchedule) {
    Stretches run;
    const Json wish = spec({{"head_first", 0.4}});
    ASSERT_EQ(run.go(wish).end, Outcome::End::finished) << run.why();
    const auto schedule = find_kind(schedules(), "linear")->build(wish.at("schedule"));
    const auto found = rates(run);
    for (int step = 0; step < 10; ++step)
        EXPECT_DOUBLE_EQ(found[static_cast<std::size_t>(step)], 0.001 * schedule->factor(step, 10)) << step;
    Json before = wish;
    before["start"].erase("head_first_rate");  // as specs were written that know nothing of it
    EXPECT_EQ(complete_spec(before), wish);
}

TEST_F(TwoParts, GoOnAfterAStopInEither) {
    const Json wish = spec({{"head_first", 0.4}, {"head_first_rate", 0.05}});
    Stretches whole;
    ASSERT_EQ(whole.go(wish).end, Outcome::End::finished) << whole.why();
    for (const std::int64_t step : {2, 4, 7}) {
        Stretches parts;
        ASSERT_EQ(parts.go(wish, {}, step).end, Outcome::End::stopped) << parts.why();
        ASSERT_EQ(parts.go(wish, parts.current()).end, Outcome::End::finished) << parts.why();
        EXPECT_EQ(parts.figures(), whole.figures()) << step;
    }
}

TEST_F(TwoParts, TheHeadGoesByTheRateOfItsPartAlone) {
    // With SGD the first update of the head is the rate times its gradient: twice the rate, twice the way.
    auto way = [&](const Json& start) {
        Json wish = spec(start);
        wish["optimizer"] = find_kind(optimizers(), "sgd")->complete({{"kind", "sgd"}, {"lr", 0.001}, {"momentum", 0}});
        wish["schedule"] = find_kind(schedules(), "constant")->complete({{"kind", "constant"}, {"warmup", 0}});
        wish["training"]["clip"] = 0;
        Stretches run;
        EXPECT_EQ(run.go(complete_spec(wish), {}, 2).end, Outcome::End::stopped) << run.why();
        auto head = [&](std::int64_t step) {
            const CheckpointModel it = CheckpointModel::load(run.checkpoint(step)).or_throw();
            return it.model.objective->parameters().front().tensor.detach().clone();
        };
        return (head(2) - head(1)).norm().item<double>();
    };
    const double once = way({{"head_first", 0.4}, {"head_first_rate", 0.01}}),
                 twice = way({{"head_first", 0.4}, {"head_first_rate", 0.02}}),
                 other_factor = way({{"head_first", 0.4}, {"head_first_rate", 0.01}, {"head_rate", 7}});
    EXPECT_NEAR(twice / once, 2, 0.05);
    EXPECT_DOUBLE_EQ(other_factor, once) << "head_rate is of the second part";
}

TEST(TwoPartsChecks, ARateWithoutAFirstPartIsSaid) {
    Json spec = default_spec();
    spec["start"] = find_sheet("start", "checkpoint")->complete({{"path", "/nowhere"}, {"head_first_rate", 0.1}});
    bool said = false;
    for (const schema::Problem& problem : check_spec(spec))
        said = said || (problem.warning && problem.path == "start.head_first_rate");
    EXPECT_TRUE(said);
}

}  // namespace
}  // namespace gw
