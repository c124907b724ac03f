#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "adapt/model_state.h"
#include "artifact/run_files.h"
#include "engine/stretch.h"
#include "train/keep/checkpoint_keeper.h"
#include "train/keep/writing_lane.h"

// Checkpoints are written while training goes on, and show themselves when the history knows of their steps.
namespace gw {
namespace {

using namespace std::chrono_literals;
using test::Stretches;

/// Keeps every message; what it does when a checkpoint is about to be put in place is the test's.
class SettlingPort : public RunPort {
  public:
    void report(Message message) override {
        if (const auto* row = std::get_if<MetricRow>(&message)) last_step = row->step;
        messages.push_back(std::move(message));
    }
    Orders between_steps() override { return orders ? orders() : Orders{}; }
    std::stop_token stop_token() const override { return {}; }
    Status settle() override { return settling ? settling() : Status(); }
    std::vector<Message> messages;
    std::atomic<std::int64_t> last_step{0};
    std::function<Status()> settling;
    std::function<Orders()> orders;
};

Json saving_spec(const Json& changes = Json::object()) {
    return test::tiny_spec(overlay_spec(Json{{"training", {{"budget", 12}, {"threads", 1}}},
                                             {"backbone", {{"layers", 1}}},
                                             {"saving", {{"every", 4}, {"keep_last", 9}}}},
                                        changes));
}

Error no_history() {
    return {Error::Code::io, "The history cannot be written", "", {}};
}

TEST(SavingLane, ACheckpointShowsItselfOnlyWhenItsRowsAreKept) {
    Stretches run;
    SettlingPort port;
    std::atomic<int> asked{0}, too_early{0}, unknown{0};
    port.settling = [&]() -> Status {
        if (++asked == 1) {  // all is written and nothing in place; the row of step 4 was told before
            if (fs::exists(run.checkpoint(4))) ++too_early;
            if (port.last_step < 4) ++unknown;
        }
        return {};
    };
    const Json spec = saving_spec({{"saving", {{"keep_best", false}}}});
    ASSERT_EQ(run.go(spec, port).end, Outcome::End::finished) << run.why();
    EXPECT_GE(asked, 3);
    EXPECT_EQ(too_early, 0);
    EXPECT_EQ(unknown, 0);
    for (const std::int64_t step : {4, 8, 12}) EXPECT_TRUE(verify_checkpoint(run.checkpoint(step))) << step;
}

TEST(SavingLane, TrainingGoesOnMeanwhile) {
    Stretches run;
    SettlingPort port;
    std::atomic<bool> went_on{false};
    std::atomic<int> asked{0};
    port.settling = [&]() -> Status {
        if (++asked > 1) return {};
        for (int i = 0; i < 3000 && port.last_step < 6; ++i) std::this_thread::sleep_for(10ms);
        went_on = port.last_step >= 6;
        return {};
    };
    const Json spec = saving_spec();
    ASSERT_EQ(run.go(spec, port).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(went_on) << "the checkpoint of step 4 waited, and training with it";

    // What was written is how the weights stood then, not how they went on.
    Stretches other;
    ASSERT_EQ(other.go(spec, {}, 4).end, Outcome::End::stopped) << other.why();
    for (const char* file : {"backbone.safetensors", "head.safetensors", "optimizer.safetensors"})
        EXPECT_EQ(read_file(run.checkpoint(4) / file).or_throw(), read_file(other.checkpoint(4) / file).or_throw())
            << file;
}

TEST(SavingLane, OneAtATimeAndInOrder) {
    Stretches run;
    SettlingPort port;
    std::atomic<int> now{0}, most{0};
    port.settling = [&]() -> Status {
        most = std::max(most.load(), ++now);
        std::this_thread::sleep_for(3ms);
        --now;
        return {};
    };
    const Json spec = saving_spec({{"saving", {{"every", 1}, {"keep_last", 2}}}, {"evaluation", {{"every", 3}}}});
    ASSERT_EQ(run.go(spec, port).end, Outcome::End::finished) << run.why();
    EXPECT_EQ(most, 1);
    std::int64_t last = 0, known = 0;
    for (const Message& message : run.messages) {
        if (const auto* row = std::get_if<MetricRow>(&message)) known = std::max(known, row->step);
        if (const auto* saved = std::get_if<CheckpointSaved>(&message)) {
            EXPECT_GE(saved->step, last);
            EXPECT_LE(saved->step, known);
            EXPECT_GT(saved->bytes, 0U);
            last = saved->step;
        }
    }
    EXPECT_EQ(last, 12) << "the last one is told before the run ends";
    EXPECT_EQ(run.current().filename(), checkpoint_name(12));
    EXPECT_TRUE(run.said("note", "Checkpoints written: 12"));

    Stretches quick;
    ASSERT_EQ(quick.go(spec).end, Outcome::End::finished) << quick.why();
    EXPECT_EQ(quick.figures(), run.figures()) << "how fast the disk is changes nothing";
    const auto best = best_checkpoint_of(run.run_folder()), of_quick = best_checkpoint_of(quick.run_folder());
    ASSERT_TRUE(best && of_quick);
    EXPECT_EQ(best->step, of_quick->step);
    EXPECT_EQ(best->value, of_quick->value);
}

TEST(SavingLane, WhatTheHistoryDoesNotKnowIsNotSaved) {
    Stretches run;
    SettlingPort port;
    port.settling = [&]() -> Status { return port.last_step < 10 ? Status(no_history()) : Status(); };
    const Json spec = saving_spec({{"evaluation", {{"every", 4}}}});
    ASSERT_EQ(run.go(spec, port).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(run.said("save_failed", "The history cannot be written"));
    EXPECT_FALSE(fs::exists(run.checkpoint(4)));
    EXPECT_TRUE(verify_checkpoint(run.checkpoint(12)));
    const auto best = best_checkpoint_of(run.run_folder());
    ASSERT_TRUE(best);
    EXPECT_TRUE(verify_checkpoint(best->path)) << "the mark of one that came to nothing is taken back";
    for (const auto& entry : fs::directory_iterator(run.run_folder() / run_files::checkpoints))
        EXPECT_NE(entry.path().filename().string().front(), '.') << entry.path();

    Stretches never;
    SettlingPort deaf;
    deaf.settling = [] { return Status(no_history()); };
    ASSERT_EQ(never.go(spec, deaf).end, Outcome::End::failed) << "it leaves nothing behind";
    EXPECT_NE(never.why().find("The history cannot be written"), std::string::npos) << never.why();
}

TEST(SavingLane, AnOrderMakesUpAtOnceWhatCameToNothingAtTheSameStep) {
    Stretches run;
    SettlingPort port;
    std::atomic<bool> refused = false, asked = false;
    port.settling = [&] { return refused.exchange(true) ? Status() : Status(no_history()); };
    port.orders = [&] {
        Orders orders;
        if (port.last_step != 4 || asked.exchange(true)) return orders;
        // As where a run waits for its disk: the order comes when the first try has failed.
        while (!refused) std::this_thread::sleep_for(1ms);
        orders.save = true;
        return orders;
    };
    ASSERT_EQ(run.go(saving_spec(), port).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(asked);
    EXPECT_TRUE(run.said("save_failed", "The history cannot be written"));
    EXPECT_TRUE(verify_checkpoint(run.checkpoint(4)));
}

TEST(SavingLane, AJudgementWaitsForTheHistoryToo) {
    Stretches run;
    SettlingPort port;
    std::atomic<int> asked{0};
    // The checkpoint gets through, what is said of it does not, and then the program is gone.
    port.settling = [&]() -> Status { return ++asked == 1 ? Status() : Status(no_history()); };
    const Json spec = saving_spec({{"evaluation", {{"every", 4}}}});
    (void)run.go(spec, port, {}, 4);
    ASSERT_TRUE(verify_checkpoint(run.checkpoint(4)));
    EXPECT_TRUE(run.said("warning", "The history cannot be written"));
    Stretches whole;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    run.messages.clear();
    ASSERT_EQ(run.go(spec, run.checkpoint(4)).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(run.figures().count({4, "validation/loss"})) << "made up";
    EXPECT_EQ(run.figures().at({4, "validation/loss"}), whole.figures().at({4, "validation/loss"}));
    EXPECT_EQ(best_checkpoint_of(run.run_folder())->step, best_checkpoint_of(whole.run_folder())->step);
}

TEST(SavingLane, AMarkThatCouldNotBeWrittenIsTriedAgain) {
    const Json spec = saving_spec({{"evaluation", {{"every", 4}}}});
    Stretches whole;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    const auto wanted = best_checkpoint_of(whole.run_folder());
    ASSERT_TRUE(wanted);
    ASSERT_EQ(wanted->step, 12) << "else the last mark is not the one that fails";
    Stretches run;
    const fs::path pointer = run.run_folder() / run_files::checkpoints / run_files::best;
    // A folder stands in the pointer's place when the last checkpoint is put in place, until it is said that it does.
    class Blocked final : public SettlingPort {
      public:
        explicit Blocked(fs::path pointer) : pointer_(std::move(pointer)) {
            settling = [this]() -> Status {
                if (last_step < 12 || blocked_.exchange(true)) return {};
                fs::remove(pointer_);
                fs::create_directories(pointer_ / "in the way");
                return {};
            };
        }
        void report(Message message) override {
            const auto* event = std::get_if<Event>(&message);
            if (event && event->text.find("marked") != std::string::npos) fs::remove_all(pointer_);
            SettlingPort::report(std::move(message));
        }

      private:
        const fs::path pointer_;
        std::atomic<bool> blocked_ = false;
    } port(pointer);
    ASSERT_EQ(run.go(spec, port).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(run.said("warning", "marked"));
    const auto best = best_checkpoint_of(run.run_folder());
    ASSERT_TRUE(best);
    EXPECT_EQ(best->step, 12);
    EXPECT_EQ(best->value, wanted->value);
}

TEST(SavingLane, WhatIsNoCopyIsWrittenBeforeAnythingElse) {
    Scratch scratch;
    SettlingPort port;
    bool written = false;
    const auto ready = [&](bool now) {
        return [&written, now](const fs::path&) -> Result<CheckpointKeeper::Ready> {
            return CheckpointKeeper::Ready{[&written](const std::function<Status()>& settle) -> Result<std::uint64_t> {
                                               std::this_thread::sleep_for(20ms);
                                               if (Status settled = settle(); !settled) return settled.error();
                                               written = true;
                                               return std::uint64_t{7};
                                           },
                                           now};
        };
    };
    CheckpointKeeper keeper(scratch / "checkpoints", SavingSettings{}, false, port, true);
    make_folder(scratch / "checkpoints").or_throw();
    ASSERT_TRUE(keeper.save({3, 30, 0}, ready(true)));
    EXPECT_TRUE(written);
    EXPECT_GE(keeper.cost().stall, 0.02);
    EXPECT_TRUE(keeper.saved(3));

    // What is thrown on the way is a save that failed.
    ASSERT_TRUE(keeper.save({4, 40, 0}, [](const fs::path&) -> Result<CheckpointKeeper::Ready> {
        return CheckpointKeeper::Ready{
            [](const std::function<Status()>&) -> Result<std::uint64_t> { throw std::bad_alloc(); }, false};
    }));
    EXPECT_EQ(keeper.land(), std::optional<std::int64_t>(4));
    EXPECT_TRUE(keeper.saved(3));
    EXPECT_FALSE(keeper.saved(4));
    ASSERT_TRUE(keeper.error());
    EXPECT_EQ(keeper.error()->code, Error::Code::out_of_memory);
    EXPECT_FALSE(keeper.land()) << "told once";
}

TEST(WritingLane, WorksInOrderTellsAndThrowsWhatWasThrown) {
    WritingLane lane;
    for (int i = 0; i < 5; ++i)
        lane.add([i](const WritingLane::Tell& tell) {
            if (i == 2) throw std::bad_alloc();
            tell(Event{i, "note", ""});
        });
    EXPECT_THROW(lane.wait(), std::bad_alloc);
    EXPECT_NO_THROW(lane.wait());
    std::vector<std::int64_t> told;
    for (const Message& message : lane.take_told()) told.push_back(std::get<Event>(message).step);
    EXPECT_EQ(told, (std::vector<std::int64_t>{0, 1, 3, 4}));
    EXPECT_TRUE(lane.take_told().empty());
}

}  // namespace
}  // namespace gw
