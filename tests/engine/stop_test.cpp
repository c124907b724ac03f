#include <cmath>

#include "adapt/model_state.h"
#include "engine/stretch.h"

// A run that is stopped and saved tells the figure of what it leaves behind.
namespace gw {
namespace {

using test::Stretches;

Json stopped_spec(const Json& changes = Json::object()) {
    return test::tiny_spec(overlay_spec({{"training", {{"budget", 12}, {"threads", 1}}}}, changes));
}

/// Stops at a step; with `changes_its_mind` an end without saving is asked for as soon as the stop is obeyed.
class StoppingPort final : public RunPort {
  public:
    StoppingPort(std::int64_t step, bool save, bool changes_its_mind = false)
        : step_(step), save_(save), changes_its_mind_(changes_its_mind) {}
    void report(Message message) override {
        if (const auto* row = std::get_if<MetricRow>(&message)) last_ = row->step;
        if (const auto* progress = std::get_if<Progress>(&message)) looks += progress->phase == "evaluating";
        messages.push_back(std::move(message));
    }
    Orders between_steps() override {
        Orders orders;
        orders.stop = last_ >= step_;
        orders.save_on_stop = save_ && !(changes_its_mind_ && asked_++ > 0 && orders.stop);
        if (!orders.stop) asked_ = 0;
        if (orders.stop) stop_.request_stop();  // as a host does: long phases end
        return orders;
    }
    std::stop_token stop_token() const override { return stop_.get_token(); }
    std::vector<Message> messages;
    int looks = 0;

  private:
    const std::int64_t step_;
    const bool save_, changes_its_mind_;
    std::int64_t last_ = 0;
    int asked_ = 0;
    std::stop_source stop_;
};

TEST(Stop, WithSavingTellsTheFigureOfTheCheckpointOnce) {
    for (const bool save : {true, false}) {
        Stretches run;
        StoppingPort port(7, save);
        ASSERT_EQ(run.go(stopped_spec(), port).end, Outcome::End::stopped) << run.why();
        EXPECT_EQ(run.figures().count({7, "validation/loss"}), save ? 1U : 0U);
        if (!save) continue;
        const CheckpointSaved saved = run.all<CheckpointSaved>().back();
        EXPECT_EQ(saved.step, 7);
        ASSERT_TRUE(saved.score);
        EXPECT_EQ(*saved.score, run.figures().at({7, "validation/loss"}));
        EXPECT_FALSE(saved.best);
        // As an evaluation on the way would have said it.
        Stretches other;
        ASSERT_EQ(other.go(stopped_spec({{"evaluation", {{"every", 7}}}}), {}, 7).end, Outcome::End::stopped);
        EXPECT_EQ(other.figures().at({7, "validation/loss"}), *saved.score);
    }
}

TEST(Stop, WhereAnEvaluationWasDueThereIsNoSecond) {
    Stretches run;
    StoppingPort port(7, true);
    ASSERT_EQ(run.go(stopped_spec({{"evaluation", {{"every", 7}}}}), port).end, Outcome::End::stopped) << run.why();
    int rows = 0;
    for (const MetricRow& row : run.all<MetricRow>())
        for (const Point& point : row.points) rows += point.metric == "validation/loss";
    EXPECT_EQ(rows, 1);
}

TEST(Stop, TheLookCountsForNothing) {
    const Json spec = stopped_spec({{"evaluation", {{"every", 5}, {"patience", 50}}}});
    Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    StoppingPort port(7, true);
    ASSERT_EQ(parts.go(spec, port).end, Outcome::End::stopped) << parts.why();
    EXPECT_EQ(best_checkpoint_of(parts.run_folder())->step, 5) << "the loss falls, but 7 is no step of an evaluation";
    ASSERT_EQ(parts.go(spec, parts.current()).end, Outcome::End::finished) << parts.why();
    auto figures = parts.figures();
    std::erase_if(figures, [](const auto& figure) {
        return figure.first.first == 7 && figure.first.second.starts_with("validation/");
    });
    EXPECT_EQ(figures, whole.figures());
    const auto facts = read_checkpoint_facts(parts.current()).or_throw(),
               as_whole = read_checkpoint_facts(whole.current()).or_throw();
    EXPECT_EQ(facts.state.at("early_stop"), as_whole.state.at("early_stop"));
}

TEST(Stop, WhoWantsNoFigureAnyMoreWaitsForNone) {
    Stretches run;
    StoppingPort port(7, true, /*changes_its_mind=*/true);
    ASSERT_EQ(run.go(stopped_spec(), port).end, Outcome::End::stopped) << run.why();
    EXPECT_TRUE(fs::exists(run.checkpoint(7))) << "what is saved stays";
    EXPECT_FALSE(run.figures().count({7, "validation/loss"}));
    EXPECT_LE(port.looks, 2) << "the beginning, and one batch";
}

}  // namespace
}  // namespace gw
