#include "workspace/record/run_lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "artifact/current.h"
#include "artifact/run_files.h"
#include "small.h"
#include "workspace/launch.h"
#include "workspace/studies/sweep.h"

// Who may train a run, and what is put right after one that ended without notice.
namespace gw {
namespace {

using State = RunLock::State;

TEST(RunLocks, HaveOneOwner) {
    Scratch run;
    EXPECT_EQ(RunLock::state(run.path()), State::unknown) << "nobody ever took it";
    EXPECT_FALSE(RunLock::is_trained(run.path()));
    {
        const auto lock = RunLock::take(run.path());
        ASSERT_TRUE(lock) << to_text(lock.error());
        EXPECT_TRUE(lock.value().works());
        EXPECT_TRUE(RunLock::is_held(run.path()));
        const auto second = RunLock::take(run.path());
        ASSERT_FALSE(second);
        EXPECT_NE(second.error().message.find("right now (process " + std::to_string(::getpid())), std::string::npos)
            << second.error().message;
    }
    EXPECT_EQ(RunLock::state(run.path()), State::free);
    EXPECT_EQ(RunLock::is_trained(run.path()), std::optional(false));
    auto again = RunLock::take(run.path());
    ASSERT_TRUE(again);
    again.value() = {};
    EXPECT_FALSE(RunLock::is_held(run.path())) << "given up";
    EXPECT_FALSE(RunLock::take(run / "none")) << "there is no such folder";
}

TEST(RunLocks, GoWithTheProcessThatHasThem) {
    Scratch run;
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto lock = RunLock::take(run.path());
        (void)!::write(ready[1], lock ? "y" : "n", 1);
        for (;;) ::pause();
    }
    char took = 0;
    ASSERT_EQ(::read(ready[0], &took, 1), 1);
    EXPECT_EQ(took, 'y');
    EXPECT_TRUE(RunLock::is_held(run.path()));
    EXPECT_FALSE(RunLock::take(run.path()));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(RunLock::state(run.path()), State::free);
    EXPECT_TRUE(RunLock::take(run.path()));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(RunLocks, AreThoseOfAChildThatInheritsThem) {
    Scratch run;
    auto lock = RunLock::take(run.path()).or_throw();
    int end[2];
    ASSERT_EQ(::pipe(end), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(end[1]);
        char byte = 0;
        (void)!::read(end[0], &byte, 1);  // until the parent wants it to end
        ::_exit(0);
    }
    lock = {};
    EXPECT_TRUE(RunLock::is_held(run.path())) << "by the child";
    ::close(end[1]);
    ::waitpid(child, nullptr, 0);
    EXPECT_FALSE(RunLock::is_held(run.path()));
    ::close(end[0]);
}

/// A run with checkpoints of steps 5 and 10 in a workspace.
class TakenUp : public testing::Test {
  protected:
    void SetUp() override {
        LaunchRequest request;
        request.spec = test::tiny_spec({{"training", {{"budget", 10}, {"threads", 1}}},
                                        {"backbone", {{"layers", 1}}},
                                        {"evaluation", {{"every", 5}}},
                                        {"saving", {{"every", 5}, {"keep_last", 5}}}});
        request.stop_at = 8;
        live_ = LiveRun::launch(workspace_, request, HostKind::inline_).or_throw();
        ASSERT_EQ(live_->wait().end, Outcome::End::stopped);
        id_ = live_->id();
    }
    Store store() const { return workspace_.store().or_throw(); }
    RunRecord row() const { return store().run(id_).or_throw(); }
    fs::path checkpoint(std::int64_t step) const {
        return workspace_.run_folder(id_) / run_files::checkpoints / checkpoint_name(step);
    }
    std::vector<std::int64_t> steps() const {
        std::vector<std::int64_t> out;
        for (const CheckpointRecord& one : store().checkpoints(id_).or_throw()) out.push_back(one.step);
        return out;
    }
    LaunchRequest resume(const std::string& from = "") const {
        LaunchRequest request;
        request.resume_run = id_;
        request.resume_checkpoint = from;
        return request;
    }
    /// As a program leaves it that is killed.
    void interrupt() {
        RunRecord lost = row();
        lost.status = "running";
        lost.ended = "";
        lost.process = 0;
        lost.steps = 1234;
        store().update_run(lost).or_throw();
    }
    Scratch scratch_;
    Workspace workspace_ = Workspace::open(scratch_ / "workspace").or_throw();
    std::unique_ptr<LiveRun> live_;
    std::string id_;
};

TEST_F(TakenUp, NotWhileSomebodyHoldsItsLock) {
    EXPECT_EQ(RunLock::state(workspace_.run_folder(id_)), State::free) << "it has ended, though it is still looked at";
    {
        const auto elsewhere = RunLock::take(workspace_.run_folder(id_)).or_throw();
        const auto refused = LiveRun::launch(workspace_, resume(), HostKind::inline_);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().message.find("right now"), std::string::npos) << refused.error().message;
        EXPECT_EQ(row().status, "stopped");
        EXPECT_EQ(row().segment, 0) << "nothing was changed";
    }
    auto again = LiveRun::launch(workspace_, resume(), HostKind::inline_);
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_EQ(again.value()->wait().end, Outcome::End::finished);
}

TEST_F(TakenUp, NotFromTheTrash) {
    store().set_trashed(id_, true).or_throw();
    const auto refused = LiveRun::launch(workspace_, resume(), HostKind::inline_);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("trash"), std::string::npos);
    EXPECT_FALSE(RunLock::is_held(workspace_.run_folder(id_)));
}

TEST_F(TakenUp, TheListOfCheckpointsIsThatOfTheFolder) {
    ASSERT_EQ(steps(), (std::vector<std::int64_t>{8, 5}));
    const std::vector<CheckpointRecord> before = store().checkpoints(id_).or_throw();
    {
        Store history = store();
        history.remove_checkpoint(checkpoint(5).string()).or_throw();
        CheckpointRecord gone = before.front();
        gone.path = checkpoint(7).string();
        gone.step = 7;
        gone.best = true;
        history.add_checkpoint(gone).or_throw();
    }
    interrupt();
    const fs::path half = checkpoint(5).parent_path() / ".writing-of-a-killed-program";
    fs::create_directory(half);
    write_file_atomic(half / "backbone.safetensors", "half").or_throw();
    write_file_atomic(checkpoint(5) / ".verdict.json.writing-0123", "half").or_throw();

    ASSERT_TRUE(Workspace::open(workspace_.root()));
    EXPECT_EQ(row().status, "interrupted");
    EXPECT_TRUE(row().cause.starts_with("The program ended without notice at step 1,234, last sign 2")) << row().cause;
    EXPECT_EQ(steps(), (std::vector<std::int64_t>{8, 5})) << "newest first";
    const std::vector<CheckpointRecord> after = store().checkpoints(id_).or_throw();
    EXPECT_EQ(after[1].path, before[1].path);
    EXPECT_EQ(after[1].bytes, before[1].bytes);
    EXPECT_EQ(after[1].tokens, before[1].tokens);
    const auto best = best_checkpoint_of(workspace_.run_folder(id_));
    ASSERT_TRUE(best);
    for (const CheckpointRecord& one : after) EXPECT_EQ(one.best, one.step == best->step) << one.step;
    EXPECT_FALSE(fs::exists(half));
    EXPECT_FALSE(fs::exists(checkpoint(5) / ".verdict.json.writing-0123"));
    EXPECT_TRUE(verify_checkpoint(checkpoint(5)));
}

TEST_F(TakenUp, AWayBackCountsBeforeTheFirstStep) {
    // With a slash at the end, as a shell completes it.
    const auto outcome = launch_job(workspace_, resume(checkpoint(5).string() + "/"), HostKind::inline_,
                                    [](const TrainRequest& request) -> RunJob {
                                        EXPECT_EQ(checkpoint_step(request.resume_from), 5);
                                        return [](RunPort&) -> Outcome {
                                            return {Outcome::End::failed, Error{Error::Code::io, "no data", "", {}}};
                                        };
                                    });
    ASSERT_TRUE(outcome) << to_text(outcome.error());
    outcome.value()->wait();
    const auto now = current_checkpoint(workspace_.run_folder(id_));
    ASSERT_TRUE(now);
    EXPECT_EQ(now.value().step, 5) << "and not the weights that were given up";
    auto again = LiveRun::launch(workspace_, resume(), HostKind::inline_).or_throw();
    EXPECT_EQ(again->wait().end, Outcome::End::finished);
    bool from_there = false;
    for (const EventRecord& event : store().events(id_).or_throw())
        from_there = from_there || (event.segment == 2 && event.text == "Resumed from step 5");
    EXPECT_TRUE(from_there);
}

TEST_F(TakenUp, ACheckpointWithASlashAtTheEndIsAParent) {
    LaunchRequest request;
    request.spec = row().spec;
    request.spec["start"] = {{"kind", "checkpoint"}, {"path", checkpoint(5).string() + "/"}};
    request.spec["training"]["budget"] = 2;
    auto tuned = LiveRun::launch(workspace_, request, HostKind::inline_);
    ASSERT_TRUE(tuned) << to_text(tuned.error());
    EXPECT_EQ(tuned.value()->wait().end, Outcome::End::finished);
    EXPECT_EQ(store().run(tuned.value()->id()).or_throw().parent, id_);
}

TEST_F(TakenUp, FoldersOfKilledLaunchesAreSwept) {
    const auto folder = [&](bool log_of_something, std::chrono::hours age) {
        const fs::path made = workspace_.run_folder(make_uuid());
        fs::create_directory(made);
        write_file_atomic(made / run_files::spec, "{}").or_throw();
        std::ofstream(made / run_files::log) << (log_of_something ? "it began\n" : "");
        fs::last_write_time(made, fs::file_time_type::clock::now() - age);
        return made;
    };
    using std::chrono::hours;
    const fs::path killed = folder(false, hours(2)), being_made = folder(false, hours(0)),
                   lived = folder(true, hours(2)), held = folder(false, hours(0));
    const auto lock = RunLock::take(held).or_throw();
    fs::last_write_time(held, fs::file_time_type::clock::now() - hours(2));
    Store history = store();
    ASSERT_TRUE(sweep_workspace(workspace_.root(), history));
    EXPECT_FALSE(fs::exists(killed));
    EXPECT_TRUE(fs::exists(being_made)) << "runs that are being queued have no lock";
    EXPECT_TRUE(fs::exists(lived / run_files::log)) << "something was kept in it";
    EXPECT_TRUE(fs::exists(held));
    EXPECT_TRUE(fs::exists(workspace_.run_folder(id_)));
}

TEST_F(TakenUp, FoldersThatWereLookedThroughAreNotUntilOneComes) {
    const fs::path runs = workspace_.root() / "runs", mark = workspace_.root() / ".swept";
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(3);
    Store history = store();
    fs::remove(mark);
    ASSERT_TRUE(sweep_workspace(workspace_.root(), history));
    EXPECT_FALSE(fs::exists(mark)) << "one may be made at this moment";
    const fs::path killed = workspace_.run_folder(make_uuid());
    fs::create_directory(killed);
    fs::last_write_time(killed, long_ago);
    fs::last_write_time(runs, long_ago);
    std::ofstream(mark) << long_ago.time_since_epoch().count() << "\n";
    ASSERT_TRUE(sweep_workspace(workspace_.root(), history));
    EXPECT_TRUE(fs::exists(killed)) << "nothing came since the mark was made: not looked at";
    fs::last_write_time(runs, long_ago + std::chrono::hours(1));
    ASSERT_TRUE(sweep_workspace(workspace_.root(), history));
    EXPECT_FALSE(fs::exists(killed));
    fs::last_write_time(runs, long_ago);
    ASSERT_TRUE(sweep_workspace(workspace_.root(), history));
    EXPECT_TRUE(fs::exists(mark)) << "all are known";
}

}  // namespace
}  // namespace gw
