#include <cmath>

#include "engine/stretch.h"
#include "train/guard/bad_step.h"
#include "train/guard/spike_detector.h"
#include "train/message/event_texts.h"
#include "train/replay/step_replay.h"
#include "workspace/live_run.h"
#include "workspace/models/replay_of_step.h"

// What a run does about losses and gradients that are not finite, and about spikes.
namespace gw {
namespace {

using test::Stretches;

constexpr const char* spoilt_weight = "backbone.blocks.1.feed_forward.up.weight";
constexpr const char* first_fault = "First not finite: the output of blocks.1";

Json guarded_spec(const char* guard, const Json& training = Json::object(), std::int64_t save_every = 5) {
    Json all = {{"budget", 20}, {"threads", 1}, {"guard", guard}};
    all.update(training);
    return test::tiny_spec({{"training", all},
                            {"saving", {{"every", save_every}, {"keep_last", 50}}},
                            {"monitoring", {{"layers_every", 0}, {"histograms_every", 0}, {"energy", false}}}});
}

Outcome go_spoilt(Stretches& run, const Json& spec, std::map<std::int64_t, std::string> spoilt,
                  const fs::path& resume = {}, std::int64_t stop_at = 0) {
    test::RecordingPort port;
    run.outcome = train({spec, run.run_folder(), run.cache, resume, stop_at, nullptr, std::move(spoilt)}, port);
    run.messages.insert(run.messages.end(), port.messages.begin(), port.messages.end());
    return run.outcome;
}

/// Weights and optimizer state of a checkpoint, as they lie on the disk.
std::string saved_tensors(const fs::path& checkpoint) {
    std::string out;
    for (const char* file : {"backbone.safetensors", "head.safetensors", "optimizer.safetensors"})
        out += read_file(checkpoint / file).or_throw();
    return out;
}

Json saved_state(const fs::path& checkpoint) {
    return Json::parse(read_file(checkpoint / "state.json").or_throw());
}

double figure_at(const Stretches& run, std::int64_t step, const char* metric) {
    const auto figures = run.figures();
    const auto found = figures.find({step, metric});
    EXPECT_NE(found, figures.end()) << metric << " " << step;
    return found == figures.end() ? 0 : found->second;
}

TEST(BadNumbers, AFiniteRunIsTheSameUnderEveryPolicy) {
    Stretches first;
    const Json training = {{"budget", 50}};
    ASSERT_EQ(first.go(guarded_spec("off", training, 0)).end, Outcome::End::finished) << first.why();
    for (const char* guard : {"warn", "stop", "skip", "rollback"}) {
        Stretches other;
        other.cache = first.cache;
        ASSERT_EQ(other.go(guarded_spec(guard, training, 0)).end, Outcome::End::finished) << other.why();
        EXPECT_EQ(other.figures(), first.figures()) << guard;
        EXPECT_EQ(saved_tensors(other.checkpoint(50)), saved_tensors(first.checkpoint(50))) << guard;
        EXPECT_FALSE(fs::exists(other.run_folder() / "bad-steps")) << guard;
    }
}

TEST(BadNumbers, ARunThatMayNotGoOnEndsAndNamesTheLayer) {
    for (const char* guard : {"off", "warn", "stop"}) {
        Stretches run;
        const Outcome outcome = go_spoilt(run, guarded_spec(guard), {{8, spoilt_weight}});
        ASSERT_EQ(outcome.end, Outcome::End::failed) << guard;
        EXPECT_EQ(outcome.error->code, Error::Code::diverged);
        EXPECT_NE(outcome.error->message.find("at step 8"), std::string::npos) << outcome.error->message;
        EXPECT_NE(run.why().find(first_fault), std::string::npos) << run.why();
        EXPECT_FALSE(fs::exists(run.checkpoint(8)));
        const auto kept = read_bad_step(run.run_folder(), 8).or_throw();
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->fault, first_fault);
        EXPECT_EQ(kept->step.before.step, 7);
        EXPECT_EQ(kept->step.before.next_sample, 28);
        EXPECT_FALSE(std::isfinite(kept->step.loss));
        EXPECT_EQ(kept->samples.at("count"), 4);
        EXPECT_EQ(kept->samples.at("places").size(), 4u);
        EXPECT_EQ(kept->generators, (Json{{"seed", 1}, {"step", 7}}));
        EXPECT_TRUE(run.said("warning", "Step 8 was left out: train/loss")) << "a mark to replay it from";
    }
}

TEST(BadNumbers, AStepThatIsLeftOutChangesNoWeightAndNoMoment) {
    Stretches before, after, whole;
    after.cache = whole.cache = before.cache;
    ASSERT_EQ(go_spoilt(before, guarded_spec("skip"), {{8, spoilt_weight}}, {}, 7).end, Outcome::End::stopped)
        << before.why();
    ASSERT_EQ(go_spoilt(after, guarded_spec("skip"), {{8, spoilt_weight}}, {}, 8).end, Outcome::End::stopped)
        << after.why();
    EXPECT_EQ(saved_tensors(before.checkpoint(7)), saved_tensors(after.checkpoint(8)));
    EXPECT_EQ(saved_state(after.checkpoint(8)).at("optimizer_updates"), 7);
    EXPECT_EQ(saved_state(after.checkpoint(8)).at("sampler").at("next_sample"), 32);
    ASSERT_EQ(go_spoilt(whole, guarded_spec("skip"), {{8, spoilt_weight}}).end, Outcome::End::finished) << whole.why();
    EXPECT_FALSE(std::isfinite(figure_at(whole, 8, "train/loss")));
    EXPECT_TRUE(std::isfinite(figure_at(whole, 20, "train/loss")));
    EXPECT_TRUE(whole.said("warning", "Step 8 was left out: train/"));
    EXPECT_TRUE(whole.said("note", first_fault));
    EXPECT_TRUE(fs::exists(whole.run_folder() / "bad-steps" / "step-00000008.json"));
    // A look at the fault, and a resume in front of it, leave no trace in what follows.
    ASSERT_EQ(go_spoilt(before, guarded_spec("skip"), {{8, spoilt_weight}}, before.checkpoint(7)).end,
              Outcome::End::finished);
    EXPECT_EQ(saved_tensors(before.checkpoint(20)), saved_tensors(whole.checkpoint(20)));
}

TEST(BadNumbers, TooManyStepsInARowEndARunThatLeavesThemOut) {
    std::map<std::int64_t, std::string> all;
    for (std::int64_t step = 5; step < 60; ++step) all[step] = spoilt_weight;
    Stretches run;
    const Outcome outcome = go_spoilt(run, guarded_spec("skip", {{"budget", 60}}), all);
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_EQ(outcome.error->message, "20 steps in a row could not be learnt from, the last one at step 24");
    const auto warnings = run.all<Event>();
    EXPECT_LE(std::count_if(warnings.begin(), warnings.end(),
                            [](const Event& event) { return event.text.find("left out") != std::string::npos; }),
              6)
        << "told ever more seldom";
}

TEST(BadNumbers, ARunGoesBackToWhatItSavedLastAndOnMoreSlowly) {
    Stretches run, plain, stopped;
    plain.cache = stopped.cache = run.cache;
    const Json spec = guarded_spec("rollback", {{"cool_down", 6}});
    ASSERT_EQ(go_spoilt(run, spec, {{8, spoilt_weight}}).end, Outcome::End::finished) << run.why();
    ASSERT_EQ(plain.go(spec).end, Outcome::End::finished) << plain.why();
    EXPECT_TRUE(run.said("warning", "Went back to the weights of step 5 at step 8, for the loss or gradient became"));
    for (std::int64_t step = 1; step <= 20; ++step) {
        const double slower = step > 8 && step <= 14 ? 0.5 : 1;
        EXPECT_DOUBLE_EQ(figure_at(run, step, "train/lr"), slower * figure_at(plain, step, "train/lr")) << step;
    }
    ASSERT_EQ(go_spoilt(stopped, spec, {{8, spoilt_weight}}, {}, 8).end, Outcome::End::stopped) << stopped.why();
    EXPECT_EQ(saved_tensors(stopped.checkpoint(8)), saved_tensors(stopped.checkpoint(5)));
    EXPECT_EQ(saved_state(stopped.checkpoint(8)).at("optimizer_updates"), 5);
    EXPECT_EQ(saved_state(stopped.checkpoint(8)).at("sampler").at("next_sample"), 32) << "the data is passed over";
}

TEST(BadNumbers, TheDataIsMetAgainWhereThatIsAskedFor) {
    Stretches run;
    ASSERT_EQ(go_spoilt(run, guarded_spec("rollback", {{"skip_data", false}}), {{8, spoilt_weight}}, {}, 8).end,
              Outcome::End::stopped);
    EXPECT_EQ(saved_state(run.checkpoint(8)).at("sampler").at("next_sample"), 20);
}

TEST(BadNumbers, AResumeInTheCoolDownIsTheRunThatWasNotInterrupted) {
    for (const std::int64_t stop : {10, 6}) {  // after going back, and before it
        Stretches whole, parts;
        parts.cache = whole.cache;
        const Json spec = guarded_spec("rollback", {{"cool_down", 8}});
        const std::map<std::int64_t, std::string> spoilt{{8, spoilt_weight}, {12, spoilt_weight}};
        ASSERT_EQ(go_spoilt(whole, spec, spoilt).end, Outcome::End::finished) << whole.why();
        ASSERT_EQ(go_spoilt(parts, spec, spoilt, {}, stop == 6 ? 5 : stop).end, Outcome::End::stopped) << parts.why();
        ASSERT_EQ(go_spoilt(parts, spec, spoilt, parts.current()).end, Outcome::End::finished) << parts.why();
        auto told = whole.figures(), again = parts.figures();
        for (auto* figures : {&told, &again})
            std::erase_if(*figures, [](const auto& one) { return !std::isfinite(one.second); });
        EXPECT_EQ(told, again);
        EXPECT_EQ(saved_tensors(whole.checkpoint(20)), saved_tensors(parts.checkpoint(20)));
        EXPECT_DOUBLE_EQ(saved_state(parts.checkpoint(20)).at("guard").at("slow_rate").get<double>(), 0.25);
    }
}

TEST(BadNumbers, ARunGoesBackSoManyTimesAndNoMore) {
    Stretches run;
    const Outcome outcome =
        go_spoilt(run, guarded_spec("rollback", {{"rollbacks", 1}}), {{8, spoilt_weight}, {12, spoilt_weight}});
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_EQ(outcome.error->code, Error::Code::diverged);
    EXPECT_NE(outcome.error->message.find("once more at step 12, after 1 times"), std::string::npos)
        << outcome.error->message;
}

/// A rate that explodes for one step.
Outcome explode(Stretches& run, Json spec, double scale) {
    spec = overlay_spec(
        spec, {{"optimizer", {{"kind", "adamw"}, {"lr", 1e-3}}}, {"schedule", {{"kind", "constant"}, {"warmup", 0}}}});
    test::RecordingPort port;
    port.orders = [scale](std::int64_t step) {
        Orders orders;
        if (step == 50) orders.knobs = Knobs{scale, {}, {}, {}};
        if (step == 51) orders.knobs = Knobs{};
        return orders;
    };
    return run.go(spec, port);
}

TEST(BadNumbers, ASpikeSendsARunBack) {
    Stretches run, warned;
    warned.cache = run.cache;
    const Json training = {{"budget", 60}, {"spike", 4}};  // a loss that falls fast is spread widely
    ASSERT_EQ(explode(run, guarded_spec("rollback", training, 20), 1000).end, Outcome::End::finished) << run.why();
    ASSERT_EQ(explode(warned, guarded_spec("warn", training, 20), 1000).end, Outcome::End::finished) << warned.why();
    EXPECT_TRUE(run.said("warning", "Went back to the weights of step 40 at step 52, for the loss jumped"));
    EXPECT_LT(figure_at(run, 60, "train/loss"), figure_at(warned, 60, "train/loss"));
    EXPECT_EQ(read_bad_step(run.run_folder(), 52).or_throw()->step.why, BadStep::Why::spike);
}

TEST(BadNumbers, ASpikeIsLeftOut) {
    Stretches run;
    ASSERT_EQ(explode(run, guarded_spec("skip", {{"budget", 54}, {"spike", 4}}, 1), 1000).end, Outcome::End::finished)
        << run.why();
    EXPECT_TRUE(run.said("warning", "Step 52 was left out: its loss of "));
    EXPECT_EQ(saved_tensors(run.checkpoint(51)), saved_tensors(run.checkpoint(52)));
}

// ---- replay

ReplayRequest asked_again(const Stretches& run, const Json& spec, std::int64_t step, const fs::path& checkpoint,
                          std::map<std::int64_t, std::string> spoilt = {}) {
    return {spec, run.cache, checkpoint, step, read_bad_step(run.run_folder(), step).or_throw(), std::move(spoilt)};
}

TEST(Replay, NamesTheFirstLayerThatIsNotFinite) {
    Stretches run;
    const Json spec = guarded_spec("warn");
    ASSERT_EQ(go_spoilt(run, spec, {{8, spoilt_weight}}).end, Outcome::End::failed);
    const StepReplay replay =
        replay_step(asked_again(run, spec, 8, run.checkpoint(5), {{8, spoilt_weight}}), {}, {}).or_throw();
    EXPECT_EQ(replay.fault, first_fault);
    EXPECT_EQ(replay.from_step, 5);
    EXPECT_EQ(Json(replay.places), read_bad_step(run.run_folder(), 8).or_throw()->samples.at("places"));
    ASSERT_EQ(replay.look.turns.size(), 1u);
    ASSERT_EQ(replay.look.turns[0].outputs.size(), 2u);
    EXPECT_TRUE(replay.look.turns[0].outputs[0].finite);
    EXPECT_FALSE(replay.look.turns[0].outputs[1].finite);
    EXPECT_NE(to_text(replay).find("blocks.1"), std::string::npos);
    EXPECT_FALSE(fs::exists(run.cache / "replay-without-a-run")) << "a replay writes nothing";
}

TEST(Replay, IsTheStepThatWasMade) {
    Stretches run;
    const Json spec = guarded_spec("warn");
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    for (const fs::path& from : {run.checkpoint(5), fs::path()}) {
        const StepReplay replay = replay_step(asked_again(run, spec, 9, from), {}, {}).or_throw();
        EXPECT_EQ(replay.fault, "");
        // The same masks and rows; gradients are added up in another order.
        EXPECT_NEAR(replay.look.turns.at(0).loss, figure_at(run, 9, "train/loss"), 1e-5);
        EXPECT_NEAR(replay.look.turns.at(0).norm, figure_at(run, 9, "train/grad_norm"), 1e-5);
        EXPECT_EQ(replay.lr, figure_at(run, 9, "train/lr"));
    }
    EXPECT_FALSE(replay_step(asked_again(run, spec, 5, run.checkpoint(5)), {}, {}));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(replay_step(asked_again(run, spec, 9, {}), {}, stop.get_token()).error().code, Error::Code::cancelled);
}

TEST(Replay, KnowsThatTheRunHadGoneBack) {
    Stretches twice, once;
    once.cache = twice.cache;
    const Json spec = guarded_spec("rollback", Json::object(), 5);
    ASSERT_EQ(go_spoilt(twice, spec, {{7, spoilt_weight}, {9, spoilt_weight}}).end, Outcome::End::finished)
        << twice.why();
    ASSERT_EQ(go_spoilt(once, spec, {{7, spoilt_weight}}).end, Outcome::End::finished) << once.why();
    const StepReplay replay = replay_step(asked_again(twice, spec, 9, twice.checkpoint(5)), {}, {}).or_throw();
    EXPECT_NEAR(replay.look.turns.at(0).loss, figure_at(once, 9, "train/loss"), 1e-5);
    EXPECT_FALSE(replay_step(asked_again(twice, spec, 9, {}), {}, {})) << "those weights were never trained on from";
}

TEST(Replay, OfAStepBehindAGoingBackIsWithTheWeightsThatTheRunHadThen) {
    Stretches run;
    const Json spec = guarded_spec("rollback", Json::object(), 5);
    ASSERT_EQ(go_spoilt(run, spec, {{7, spoilt_weight}}).end, Outcome::End::finished) << run.why();
    ReplayRequest request = asked_again(run, spec, 9, run.checkpoint(5));
    ASSERT_FALSE(request.record) << "nothing was wrong with this step";
    const StepReplay plain = replay_step(request, {}, {}).or_throw();
    EXPECT_GT(std::abs(plain.look.turns.at(0).loss - figure_at(run, 9, "train/loss")), 1e-4);
    EXPECT_TRUE(plain.notes.empty());
    request.went_back = read_going_back(run.run_folder(), 7);
    ASSERT_TRUE(request.went_back);
    EXPECT_FALSE(read_going_back(run.run_folder(), 8));
    const StepReplay replay = replay_step(request, {}, {}).or_throw();
    EXPECT_NEAR(replay.look.turns.at(0).loss, figure_at(run, 9, "train/loss"), 1e-5);
    EXPECT_NEAR(replay.look.turns.at(0).norm, figure_at(run, 9, "train/grad_norm"), 1e-5);
    EXPECT_EQ(replay.lr, figure_at(run, 9, "train/lr"));
    EXPECT_NE(to_text(replay).find("gone back to the weights of step 5"), std::string::npos) << to_text(replay);
    request.settings_changed = true;
    EXPECT_EQ(replay_step(request, {}, {}).or_throw().notes.size(), 2u);
}

TEST(Replay, HasTheRateThatEvaluationsHadMade) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    // So low a rate that no evaluation is better than the first: it falls at 4, 6, 8, 10 and 12.
    const Json spec = complete_spec(
        overlay_spec(guarded_spec("warn", {{"budget", 12}}, /*saving=*/9),
                     {{"optimizer", {{"kind", "adamw"}, {"lr", 1e-12}, {"weight_decay", 0}}},
                      {"schedule", {{"kind", "plateau"}, {"warmup", 0}, {"patience", 1}, {"by", 0.5}, {"least", 0}}},
                      {"evaluation", {{"every", 2}}}}));
    auto live = LiveRun::launch(workspace, {spec, "falls"}, HostKind::inline_).or_throw();
    ASSERT_EQ(live->wait().end, Outcome::End::finished);
    const std::string id = live->id();
    live.reset();
    const Store store = workspace.store().or_throw();
    std::map<std::int64_t, double> rates;
    for (const MetricPoint& point : store.series(id, "train/lr").or_throw()) rates[point.step] = point.value;
    ASSERT_LT(rates.at(12), rates.at(8));
    // From before the first fall, over those on the way; and from a checkpoint behind some of them.
    for (const std::int64_t step : {8, 11, 12}) {
        const StepReplay replay = replay_of_step(workspace, id, step, {}, {}).or_throw();
        EXPECT_EQ(replay.from_step, step > 9 ? 9 : 2) << "2 is the best that there was";
        EXPECT_DOUBLE_EQ(replay.lr, rates.at(step)) << step;
    }
}

TEST(Replay, AsksTheHistoryWhatTheCheckpointsDoNotTell) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    const Json spec = guarded_spec("warn", {{"budget", 10}});
    auto live = LiveRun::launch(workspace, {spec, "plain"}, HostKind::inline_).or_throw();
    ASSERT_EQ(live->wait().end, Outcome::End::finished);
    const std::string id = live->id();
    live.reset();
    Store store = workspace.store().or_throw();
    const auto replay = [&](std::int64_t step) { return replay_of_step(workspace, id, step, {}, {}); };
    const auto told = [&](std::int64_t step, const char* kind, const Phrase& text) {
        EventRecord event;
        event.run = id;
        event.kind = kind;
        event.text = text.text();
        event.step = step;
        event.segment = store.run(id).or_throw().segment;
        store.add_event(event).or_throw();
    };
    EXPECT_TRUE(replay(8).or_throw().notes.empty());
    told(6, "knob", {"rate_scale: 1 -> 0.5", {}});
    EXPECT_EQ(replay(8).or_throw().notes.size(), 1u);
    EXPECT_TRUE(replay(5).or_throw().notes.empty()) << "it was changed later";
    told(7, "warning", {say::went_back, {"5", "7", say::for_spike, "0.5", "1", "3"}});
    const auto refused = replay(8);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("went back to other weights at step 7"), std::string::npos)
        << to_text(refused.error());
    EXPECT_TRUE(replay(7)) << "the run went back after this step";
}

// ---- the detector

TEST(SpikeDetector, LeavesNoiseAloneAndNamesAJump) {
    SpikeDetector detector(12);
    std::uint64_t state = 5;
    for (int step = 0; step < 2000; ++step) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        const double loss = 3 + static_cast<double>(state >> 40) / static_cast<double>(1 << 24);
        if (const auto limit = detector.limit(); limit) {
            EXPECT_LT(loss, *limit) << step;
            EXPECT_GT(10.0, *limit) << step;
        } else {
            EXPECT_LT(step, 32);
        }
        detector.note(loss);
    }
}

TEST(SpikeDetector, FollowsALevelThatHasChangedForGood) {
    SpikeDetector detector(12);
    for (int step = 0; step < 100; ++step) detector.note(1 + 0.01 * std::sin(step));
    ASSERT_LT(*detector.limit(), 2.0);
    int spikes = 0;
    for (int step = 0; step < 100; ++step) {
        spikes += 2 > *detector.limit() ? 1 : 0;
        detector.note(2);
    }
    EXPECT_GT(spikes, 0);
    EXPECT_LE(spikes, 33);
}

TEST(SpikeDetector, IsTakenUpWhereItWas) {
    SpikeDetector first(8), second(8), none(0);
    for (int step = 0; step < 70; ++step) {
        first.note(std::cos(step));
        none.note(std::cos(step));
    }
    second.restore(Json::parse(first.state().dump()));
    EXPECT_EQ(first.limit(), second.limit());
    EXPECT_EQ(none.limit(), std::nullopt);
    second.restore(Json{{"foreign", 1}});
    EXPECT_EQ(second.limit(), std::nullopt);
}

TEST(BadStep, AFileThatIsForeignIsAnErrorOrReadAsFarAsItGoes) {
    Scratch folder;
    fs::create_directories(folder / "bad-steps");
    EXPECT_FALSE(read_bad_step(folder.path(), 3).or_throw());
    const fs::path file = bad_step_file(folder.path(), 3);
    write_file_atomic(file, "[1, 2]").or_throw();
    EXPECT_FALSE(read_bad_step(folder.path(), 3));
    write_file_atomic(file, R"({"before": 7, "loss": "nan", "went_back": {"at": []}, "why": 4, "fault": [1]})")
        .or_throw();
    const auto read = read_bad_step(folder.path(), 3).or_throw();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->step.step(), 3);
    EXPECT_TRUE(std::isnan(read->step.loss));
}

}  // namespace
}  // namespace gw
