#include <chrono>
#include <thread>

#include "adapt/model_state.h"
#include "engine/stretch.h"
#include "train/examine/dues.h"
#include "train/examine/verdict.h"

// What a stop or a crash leaves undone at a step is made up: the curves of a run in pieces are those of a whole one.
namespace gw {
namespace {

using test::Interruption;
using test::Stretches;

/// Evaluations, probes and samples at steps of their own, and saves at every step.
class MakingUp : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_ = std::make_unique<Scratch>();
        std::ofstream csv(shared_->path() / "labels.csv");
        csv << "text,label\n";
        for (int i = 0; i < 60; ++i)
            csv << (i % 2 ? "the cat sat " : "a dog ran ") << i << "," << (i % 2 ? "cat" : "dog") << "\n";
        csv.close();
        whole_ = std::make_unique<Stretches>();
        whole_->cache = shared_->path() / "cache";
        ASSERT_EQ(whole_->go(spec()).end, Outcome::End::finished) << whole_->why();
    }
    static void TearDownTestSuite() {
        whole_.reset();
        shared_.reset();
    }
    static Json spec() {
        return test::tiny_spec(
            {{"training", {{"budget", 12}, {"threads", 1}}},
             {"backbone", {{"layers", 1}}},
             {"evaluation", {{"every", 3}, {"tokens", 300}, {"patience", 100}, {"whole_at_end", true}}},
             {"saving", {{"every", 1}, {"keep_last", 2}}},
             {"sampling", {{"every", 5}, {"tokens", 5}}},
             {"probing", {{"every", 4}, {"examples", 20}, {"paths", {(shared_->path() / "labels.csv").string()}}}}});
    }
    static std::unique_ptr<Stretches> pieces() {
        auto out = std::make_unique<Stretches>();
        out->cache = shared_->path() / "cache";
        return out;
    }
    static void expect_as_whole(const Stretches& parts, const std::string& what) {
        // What a stop tells of the weights that it leaves behind stands beside the curve.
        auto figures = parts.figures();
        std::erase_if(figures, [](const auto& figure) {
            const auto& [step, name] = figure.first;
            return step % 3 != 0 && name.starts_with("validation/");
        });
        EXPECT_EQ(figures, whole_->figures()) << what;
        EXPECT_EQ(parts.samples(), whole_->samples()) << what;
        EXPECT_EQ(parts.tokens(), whole_->tokens()) << what;
        const auto best = best_checkpoint_of(parts.run_folder()), as_whole = best_checkpoint_of(whole_->run_folder());
        ASSERT_TRUE(best && as_whole) << what;
        EXPECT_EQ(best->step, as_whole->step) << what;
        EXPECT_EQ(best->value, as_whole->value) << what;
        EXPECT_EQ(parts.current().filename(), whole_->current().filename()) << what;
    }
    static std::unique_ptr<Scratch> shared_;
    static std::unique_ptr<Stretches> whole_;
};
std::unique_ptr<Scratch> MakingUp::shared_;
std::unique_ptr<Stretches> MakingUp::whole_;

TEST_F(MakingUp, AWholeRunHasItAll) {
    const auto figures = whole_->figures();
    for (const std::int64_t step : {3, 6, 9, 12}) EXPECT_TRUE(figures.count({step, "validation/loss"})) << step;
    for (const std::int64_t step : {4, 8, 12}) EXPECT_TRUE(figures.count({step, "probe/knn_accuracy"})) << step;
    for (const std::int64_t step : {5, 10, 12})
        EXPECT_EQ(whole_->samples().count({step, whole_->samples().begin()->first.second}), 1u) << step;
}

TEST_F(MakingUp, StoppedAtAnyStep) {
    for (std::int64_t step = 1; step < 12; ++step) {
        const auto parts = pieces();
        ASSERT_EQ(parts->go(spec(), {}, step).end, Outcome::End::stopped) << parts->why();
        EXPECT_EQ(parts->current().filename(), checkpoint_name(step));
        ASSERT_EQ(parts->go(spec(), parts->current()).end, Outcome::End::finished) << parts->why();
        expect_as_whole(*parts, "stopped at " + std::to_string(step));
    }
}

TEST_F(MakingUp, InterruptedInTheMiddleOfALook) {
    for (const auto& [phase, step] : {std::pair<const char*, std::int64_t>{"evaluating", 6},
                                      {"evaluating", 12},
                                      {"probing", 8},
                                      {"probing", 12},
                                      {"sampling", 10},
                                      {"sampling", 12},
                                      {"saving", 9}})
        for (const auto how : {Interruption::How::crash, Interruption::How::stop, Interruption::How::discard}) {
            const std::string what =
                std::string(phase) + " at " + std::to_string(step) + ", way " + std::to_string(static_cast<int>(how));
            const auto parts = pieces();
            Interruption port(how, phase, step);
            const Outcome outcome = parts->go(spec(), port);
            EXPECT_TRUE(port.happened) << what;
            EXPECT_EQ(outcome.end, how == Interruption::How::crash ? Outcome::End::failed : Outcome::End::stopped)
                << what;
            if (how == Interruption::How::stop && step < 12) {  // what the end owes a resume makes up
                EXPECT_TRUE(parts->figures().count({step, "validation/loss"})) << what;
            }
            ASSERT_EQ(parts->go(spec(), parts->current()).end, Outcome::End::finished) << what << ": " << parts->why();
            expect_as_whole(*parts, what);
        }
}

TEST_F(MakingUp, WhatIsMadeUpIsSaid) {
    const auto parts = pieces();
    Interruption port(Interruption::How::crash, "evaluating", 6);
    parts->go(spec(), port);
    EXPECT_FALSE(parts->said("note", "Made up"));
    ASSERT_EQ(parts->go(spec(), parts->current()).end, Outcome::End::finished);
    EXPECT_TRUE(parts->said("note", "Made up at step 6: evaluation"));
    EXPECT_FALSE(parts->said("note", "Made up at step 5"));
}

/// So high a rate that the loss soon rises again.
Json rises_soon(const Json& changes = Json::object()) {
    return overlay_spec(test::tiny_spec({{"training", {{"budget", 400}, {"clip", 0.0}, {"threads", 1}}},
                                         {"optimizer", {{"kind", "adamw"}, {"lr", 0.3}}},
                                         {"schedule", {{"kind", "linear"}, {"warmup", 390}}},
                                         {"evaluation", {{"every", 5}, {"patience", 2}, {"tokens", 1000}}},
                                         {"backbone", {{"dropout", 0.0}}}}),
                        changes);
}

TEST(WhichWeights, AfterAnEarlyStopTheBestWhereverItIsAsked) {
    for (const bool keep_best : {true, false}) {
        const Json spec = complete_spec(rises_soon({{"saving", {{"keep_best", keep_best}, {"keep_last", 1}}}}));
        Stretches run;
        ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
        ASSERT_TRUE(run.said("early_stop", "Back to the weights of"));
        const CurrentCheckpoint current = current_checkpoint(run.run_folder()).or_throw();
        EXPECT_EQ(current.why, "best");
        const auto best = best_checkpoint_of(run.run_folder());
        ASSERT_TRUE(best) << "without saving.keep_best too: patience needs it";
        EXPECT_EQ(best->path, current.path);
        EXPECT_EQ(best->metric, "loss");
        // The figure that the run ended with is that of these weights.
        const auto last = run.figures();
        std::int64_t end = 0;
        for (const auto& [at, value] : last) end = std::max(end, at.first);
        EXPECT_LT(current.step, end);
        EXPECT_DOUBLE_EQ(last.at({end, "validation/loss"}), last.at({current.step, "validation/loss"}));
        EXPECT_EQ(run.all<CheckpointSaved>().back().best, true);
    }
}

TEST(WhichWeights, AnEarlyStopInPiecesEndsAsAWholeOne) {
    const Json spec = complete_spec(rises_soon({{"saving", {{"every", 5}}}}));
    Stretches whole;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    const std::int64_t best = best_checkpoint_of(whole.run_folder())->step, end = best + 10;
    for (const std::int64_t step : {best, best + 5, end})
        for (const auto how : {Interruption::How::crash, Interruption::How::stop}) {
            Stretches parts;
            Interruption port(how, "evaluating", step);
            parts.go(spec, port);
            ASSERT_TRUE(port.happened);
            ASSERT_EQ(parts.go(spec, parts.current()).end, Outcome::End::finished) << parts.why();
            EXPECT_EQ(parts.figures(), whole.figures()) << step;
            EXPECT_EQ(parts.current().filename(), whole.current().filename()) << step;
        }
    // The last look, after it went back: the weights of the end are still those to go on from.
    Stretches parts;
    Interruption port(Interruption::How::stop, "sampling", end);
    ASSERT_EQ(parts.go(spec, port).end, Outcome::End::stopped);
    EXPECT_EQ(parts.current().filename(), checkpoint_name(end));
    ASSERT_EQ(parts.go(spec, parts.current()).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    EXPECT_EQ(parts.current().filename(), checkpoint_name(best));
}

TEST(WhichWeights, AnExtendedRunGoesOnAfterAnEarlyStop) {
    const Json spec = complete_spec(rises_soon());
    Stretches run;
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    const std::int64_t best = current_checkpoint(run.run_folder()).or_throw().step;
    const Json longer = complete_spec(overlay_spec(spec, {{"training", {{"budget", 410}}}}));
    ASSERT_EQ(run.go(longer, run.current(), best + 3).end, Outcome::End::stopped) << run.why();
    EXPECT_EQ(current_checkpoint(run.run_folder()).or_throw().step, best + 3);
}

TEST(WhichWeights, ARewoundRunIsTheCheckpointThatItWentBackTo) {
    const Json spec = test::tiny_spec(
        {{"saving", {{"every", 5}, {"keep_last", 9}}}, {"evaluation", {{"every", 5}}}, {"training", {{"threads", 1}}}});
    Stretches run;
    ASSERT_EQ(run.go(spec, {}, 17).end, Outcome::End::stopped);
    EXPECT_EQ(run.current(), run.checkpoint(17));
    EXPECT_EQ(best_checkpoint_of(run.run_folder())->step, 15) << "the loss falls";
    Interruption port(Interruption::How::discard, "training", 0);
    EXPECT_EQ(run.go(spec, port, run.checkpoint(10)).end, Outcome::End::stopped);
    EXPECT_EQ(current_checkpoint(run.run_folder()).or_throw().path, run.checkpoint(10));
    EXPECT_EQ(current_checkpoint(run.run_folder()).or_throw().why, "resumed");
    EXPECT_EQ(best_checkpoint_of(run.run_folder())->step, 10) << "as it was at the time of that checkpoint";
    ASSERT_EQ(run.go(spec, run.current(), 12).end, Outcome::End::stopped);
    EXPECT_EQ(run.current(), run.checkpoint(12));
}

bool is_best(const Stretches& run, std::int64_t step) {
    const auto best = best_checkpoint_of(run.run_folder());
    return best && best->step == step;
}

/// Nothing can be saved while a file stands where the folder of the checkpoints should.
void block(const Stretches& run) {
    const fs::path folder = run.run_folder() / "checkpoints";
    make_folder(folder).or_throw();
    fs::rename(folder, run.run_folder() / "aside");
    write_file_atomic(folder, "in the way").or_throw();
}
void unblock(const Stretches& run) {
    fs::remove(run.run_folder() / "checkpoints");
    fs::rename(run.run_folder() / "aside", run.run_folder() / "checkpoints");
}

TEST(WhichWeights, AFailedSaveLeavesTheBestWhereItIs) {
    const Json spec = test::tiny_spec({{"training", {{"budget", 30}, {"threads", 1}}},
                                       {"evaluation", {{"every", 5}, {"tokens", 0}}},
                                       {"saving", {{"every", 10}, {"keep_last", 1}}}});
    Stretches run;
    test::RecordingPort port;
    port.orders = [&](std::int64_t step) {
        // What was begun at step 10 is to be through.
        for (int i = 0; step == 14 && i < 500 && !is_best(run, 10); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (step == 14) block(run);
        if (step == 16) {
            // The save of step 15 is tried by a thread beside this one, which a busy machine may keep waiting.
            std::this_thread::sleep_for(std::chrono::seconds(2));
            unblock(run);
        }
        return Orders{};
    };
    ASSERT_EQ(run.go(spec, port, {}, 17).end, Outcome::End::stopped) << run.why();
    EXPECT_TRUE(run.said("save_failed", "Checkpoint not saved"));
    const auto best = best_checkpoint_of(run.run_folder());
    ASSERT_TRUE(best);
    EXPECT_EQ(best->step, 10);
    EXPECT_TRUE(verify_checkpoint(best->path)) << "keep_last=1 must not take it";
}

TEST(WhichWeights, RetentionKeepsWhatThePointerToTheBestNames) {
    const Json spec = test::tiny_spec({{"training", {{"budget", 30}, {"threads", 1}}},
                                       {"evaluation", {{"every", 0}, {"whole_at_end", false}}},
                                       {"saving", {{"every", 5}, {"keep_last", 1}}}});
    Stretches run;
    test::RecordingPort port;
    port.orders = [&](std::int64_t step) {
        // As where the pointer moved and the keeper was told that it had not.
        const fs::path five = run.run_folder() / "checkpoints" / checkpoint_name(5);
        for (int i = 0; step == 7 && i < 500 && !fs::exists(five); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (step == 7) set_best_checkpoint(five.parent_path(), BestCheckpoint{five, 5, "loss", 1, 1}).or_throw();
        return Orders{};
    };
    ASSERT_EQ(run.go(spec, port, {}, 17).end, Outcome::End::stopped) << run.why();
    const auto best = best_checkpoint_of(run.run_folder());
    ASSERT_TRUE(best);
    EXPECT_EQ(best->step, 5);
    EXPECT_TRUE(verify_checkpoint(best->path));
    EXPECT_FALSE(fs::exists(run.run_folder() / "checkpoints" / checkpoint_name(10))) << "the others go as before";
}

TEST(WhichWeights, CheckpointsOfEarlierVersionsStillLoad) {
    const Json spec = test::tiny_spec(
        {{"evaluation", {{"every", 5}}}, {"saving", {{"every", 5}, {"keep_last", 9}}}, {"training", {{"threads", 1}}}});
    Stretches whole, run;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished);
    ASSERT_EQ(run.go(spec, {}, 10).end, Outcome::End::stopped);
    // Written as they were: best and patience beside each other, the best by an absolute path, nothing of what was due.
    auto facts = read_checkpoint_facts(run.checkpoint(10)).or_throw();
    const double loss = run.figures().at({5, "validation/loss"});
    for (const char* key : {"best", "dues", "guard", "adaptation", "origin"}) facts.state.erase(key);
    facts.state["best_loss"] = loss;
    facts.state["best_checkpoint"] = "/somewhere/else/runs/x/checkpoints/step-00000005";
    facts.state["early_stop"] = {{"best", loss}, {"waited", 0}};
    Scratch copy;
    for (const auto& entry : fs::directory_iterator(run.checkpoint(10)))
        if (const std::string name = entry.path().filename(); name != "verdict.json" && name != "manifest.json")
            fs::copy(entry.path(), copy / name);
    fs::remove_all(run.checkpoint(10));
    for (const char* pointer : {"best.json", "current.json"}) fs::remove(run.run_folder() / "checkpoints" / pointer);
    auto writer = CheckpointWriter::begin(run.checkpoint(10), 1).or_throw();
    for (const auto& entry : fs::directory_iterator(copy.path()))
        fs::copy(entry.path(), writer.file(entry.path().filename()));
    fs::remove(writer.file("state.json"));
    writer.add("state.json", facts.state.dump()).or_throw();
    (void)writer.commit().or_throw();
    ASSERT_EQ(run.go(spec, run.current()).end, Outcome::End::finished) << run.why();
    EXPECT_EQ(run.figures(), whole.figures());
    EXPECT_EQ(best_checkpoint_of(run.run_folder())->step, best_checkpoint_of(whole.run_folder())->step);
}

TEST(Saving, AStopWhoseSaveFailsIsAnError) {
    const Json spec = test::tiny_spec();
    for (const bool by_order : {true, false}) {
        Stretches run;
        test::RecordingPort port;
        port.orders = [&](std::int64_t step) {
            if (step == 6) block(run);
            return Orders{by_order && step == 7, true, false, false, std::nullopt, false};
        };
        const Outcome outcome = run.go(spec, port, {}, by_order ? 0 : 7);
        ASSERT_EQ(outcome.end, Outcome::End::failed);
        EXPECT_EQ(outcome.error->code, Error::Code::io);
        EXPECT_NE(run.why().find("step 7"), std::string::npos) << run.why();
    }
}

TEST(Verdicts, GoByTheMetricAndItsDirection) {
    Verdict verdict({"accuracy", {/*higher_is_better=*/true}, 2, 0});
    EXPECT_TRUE(verdict.would_be_best({0.5, 1.0}));
    EXPECT_FALSE(verdict.would_be_best({NAN, 0.1}));
    verdict.set_best(Verdict::Best{5, {0.5, 1.0}});
    EXPECT_TRUE(verdict.would_be_best({0.6, 2.0})) << "a higher accuracy, though the loss is worse";
    EXPECT_FALSE(verdict.would_be_best({0.4, 0.2}));
    EXPECT_TRUE(verdict.would_be_best({0.5, 0.9})) << "equal: the plain loss decides";
    EXPECT_FALSE(verdict.would_be_best({0.5, 1.0}));
    verdict.note({0.5, 1.0}, true);
    verdict.note({0.4, 0.5}, true);
    EXPECT_FALSE(verdict.stopped());
    Verdict again({"accuracy", {true}, 2, 0});
    again.restore(Json::parse(verdict.state().dump()));
    EXPECT_EQ(again.state(), verdict.state());
    again.note({NAN, 0.5}, true);
    EXPECT_TRUE(again.stopped());
    EXPECT_EQ(again.why_it_ends().text(),
              "Stopped early: 2 evaluations in a row without a better accuracy than 0.5000");
    EXPECT_EQ(again.best()->step, 5);
    again.wait_again();
    EXPECT_FALSE(again.stopped());
    Verdict other({"loss", {false}, 2, 0});
    other.restore(verdict.state());
    EXPECT_FALSE(other.best()) << "an accuracy is no loss";
}

TEST(EarlyStopping, AGainIsInTheMetricsUnit) {
    EarlyStop stop(2, 0.01, {/*higher_is_better=*/true});
    EXPECT_FALSE(stop.note(0.50, 1));
    EXPECT_FALSE(stop.note(0.505, 0.5)) << "too small a gain, whatever the loss says";
    EXPECT_FALSE(stop.note(0.52, 2));
    EXPECT_FALSE(stop.note(0.52, 1));
    EXPECT_TRUE(stop.note(0.51, 1));
}

TEST(DuesOfAStep, AreDoneOnce) {
    Dues dues;
    dues.reach(12);
    EXPECT_TRUE(dues.owed(Dues::Due::evaluation, 4));
    EXPECT_FALSE(dues.owed(Dues::Due::evaluation, 5));
    EXPECT_FALSE(dues.owed(Dues::Due::evaluation, 0));
    dues.note(Dues::Due::evaluation);
    EXPECT_FALSE(dues.owed(Dues::Due::evaluation, 4));
    Dues again;
    again.restore(Json::parse(dues.state().dump()), 12);
    EXPECT_FALSE(again.owed(Dues::Due::evaluation, 4));
    EXPECT_TRUE(again.owed(Dues::Due::samples, 4));
    again.settle();
    dues.restore(again.state(), 12);
    EXPECT_FALSE(dues.owed(Dues::Due::samples, 4));
    dues.restore(again.state(), 16);
    EXPECT_TRUE(dues.owed(Dues::Due::samples, 4)) << "of another step";
    for (const char* nonsense : {"null", "[]", R"({"step": 16, "done": 3, "settled": "yes"})"}) {
        dues.restore(Json::parse(nonsense), 16);
        EXPECT_TRUE(dues.owed(Dues::Due::samples, 4)) << nonsense;
    }
}

}  // namespace
}  // namespace gw
