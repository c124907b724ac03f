#include "workspace/record/disk_watch.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <thread>

#include "artifact/checkpoint.h"
#include "engine/small.h"
#include "spec/run_spec.h"
#include "train/message/disk_texts.h"
#include "util/file_layer.h"
#include "workspace/launch.h"
#include "workspace/live_run.h"
#include "workspace/record/clock_watch.h"

// A run waits for a disk that takes nothing, and notes what the machine's clocks do.
namespace gw {
namespace {

using namespace std::chrono_literals;

/// A disk with room for so many bytes, and what is told of it.
struct TestDisk {
    std::atomic<std::uint64_t> room = 0;
    std::atomic<int> asked = 0, waits = 0, backs = 0;
    DiskWatch watch{{.every = 5ms,
                     .probe = [this](std::uint64_t bytes) -> Status {
                         ++asked;
                         if (bytes <= room) return {};
                         return Error{Error::Code::io, "Cannot write: No space left on device", "", {}};
                     },
                     .on_wait = [this](const Error&) { ++waits; },
                     .on_back = [this](double) { ++backs; }}};
    bool comes_back() const {
        for (int i = 0; i < 2000 && backs == 0; ++i) std::this_thread::sleep_for(1ms);
        return backs > 0;
    }
};

TEST(DiskWatch, WaitsUntilTheDiskTakesWhatWasWanted) {
    TestDisk disk;
    disk.watch.failed(100);
    disk.watch.failed(50);  // while it waits: said once
    EXPECT_TRUE(disk.watch.waits());
    EXPECT_EQ(disk.waits, 1);
    disk.room = 60;
    std::this_thread::sleep_for(30ms);
    EXPECT_TRUE(disk.watch.waits());  // room for the smaller one alone
    disk.room = 100;
    ASSERT_TRUE(disk.comes_back());
    EXPECT_FALSE(disk.watch.waits());
    // It may fill again.
    disk.room = 0;
    disk.watch.failed(10);
    EXPECT_EQ(disk.waits, 2);
}

TEST(DiskWatch, DoesNotWaitForWhatIsNoMatterOfTheDisk) {
    TestDisk disk;
    disk.room = 1000;
    disk.watch.failed(100);
    EXPECT_FALSE(disk.watch.waits());
    EXPECT_EQ(disk.waits, 0);
}

TEST(DiskWatch, EndsWhileItWaitsAndSaysNothingMore) {
    TestDisk disk;
    disk.watch.failed(100);
    disk.watch.close();
    disk.room = 1000;
    const int asked = disk.asked;
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(disk.asked, asked);
    EXPECT_EQ(disk.backs, 0);
    disk.room = 0;
    disk.watch.failed(100);
    EXPECT_EQ(disk.waits, 1);
}

TEST(DiskWatch, TriesADiskByWritingToIt) {
    const Scratch folder;
    EXPECT_TRUE(try_to_write(folder.path(), 1 << 16));
    EXPECT_TRUE(fs::is_empty(folder.path()));
    const Status too_much = try_to_write(folder.path(), free_bytes(folder.path()) + (std::uint64_t{1} << 40));
    ASSERT_FALSE(too_much);
    EXPECT_EQ(too_much.error().code, Error::Code::io);
    EXPECT_TRUE(fs::is_empty(folder.path()));
    EXPECT_TRUE(try_to_write(folder / "gone", 1));  // that does not pass by waiting
}

TEST(DiskWatch, KnowsNetworkFileSystemsByTheirNumber) {
    EXPECT_EQ(network_file_system("/proc"), "");
    EXPECT_EQ(network_file_system("/nowhere/at/all"), "");
}

/// A disk on which no checkpoint has room, at first.
class FullDisk final : public FileLayer {
  public:
    FullDisk() { set_file_layer(this); }
    ~FullDisk() { set_file_layer(nullptr); }
    int open(const char* path, int flags, mode_t mode) override {
        const bool writes = (flags & (O_WRONLY | O_RDWR)) != 0 && std::string_view(path).ends_with(".safetensors");
        if (writes && denied) return refuse(EACCES);
        return writes && full ? refuse(ENOSPC) : FileLayer::open(path, flags, mode);
    }
    int allocate(int file, off_t size) override { return full ? refuse(ENOSPC) : FileLayer::allocate(file, size); }
    std::atomic<bool> full = true, denied = false;

  private:
    static int refuse(int reason) {
        errno = reason;
        return -1;
    }
};

struct Followed {
    std::vector<Message> messages;
    std::optional<Outcome> ended;
    bool until(LiveRun& run, const std::function<bool(const Message&)>& seen) {
        for (int i = 0; i < 6000; ++i) {
            Delivery now;
            run.drain(now);
            bool found = false;
            for (Message& message : now.messages) {
                found = found || (seen && seen(message));
                messages.push_back(std::move(message));
            }
            if (now.ended) ended = now.ended;
            if (found || ended) return found;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }
};

bool waits_for_disk(const Message& message) {
    const auto* progress = std::get_if<Progress>(&message);
    return progress && progress->phase == "waiting for the disk";
}

LaunchRequest saving_run(std::int64_t steps) {
    LaunchRequest request;
    request.spec = test::tiny_spec({{"backbone", {{"layers", 1}, {"width", 16}, {"context", 16}}},
                                    {"training", {{"budget", steps}, {"threads", 1}}},
                                    {"saving", {{"every", 3}, {"keep_last", 9}}}});
    return request;
}

TEST(DiskWatch, ARunWaitsForItsDiskAndLosesNothing) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    FullDisk disk;
    auto run = LiveRun::launch(workspace, saving_run(8)).or_throw();
    Followed followed;
    ASSERT_TRUE(followed.until(*run, waits_for_disk));
    EXPECT_TRUE(run->paused());
    disk.full = false;
    EXPECT_FALSE(followed.until(*run, {}));
    ASSERT_TRUE(followed.ended);
    EXPECT_EQ(followed.ended->end, Outcome::End::finished);
    // Every step once, in order, and a checkpoint at the end.
    std::vector<std::int64_t> steps;
    bool told = false;
    for (const Message& message : followed.messages) {
        if (const auto* row = std::get_if<MetricRow>(&message))
            for (const Point& point : row->points)
                if (point.metric == "train/loss") steps.push_back(row->step);
        const auto* event = std::get_if<Event>(&message);
        told = told || (event && event->text.starts_with("The disk could not be written for "));
    }
    EXPECT_EQ(steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}));
    EXPECT_TRUE(told);
    const fs::path last = workspace.run_folder(run->id()) / "checkpoints" / checkpoint_name(8);
    EXPECT_TRUE(verify_checkpoint(last));
}

TEST(DiskWatch, AWaitingRunCanBeStopped) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    const FullDisk disk;
    auto run = LiveRun::launch(workspace, saving_run(5000)).or_throw();
    Followed followed;
    ASSERT_TRUE(followed.until(*run, waits_for_disk));
    run->stop(/*save_first=*/false);
    EXPECT_EQ(run->wait().end, Outcome::End::stopped);
}

TEST(DiskWatch, AStopThatIsToSaveWaitsForRoomToo) {
    for (const bool waits_already : {true, false}) {
        const Scratch folder;
        const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
        FullDisk disk;
        disk.full = waits_already;
        LaunchRequest request = saving_run(100000);
        if (!waits_already) request.spec["saving"]["every"] = 0;
        auto run = LiveRun::launch(workspace, request).or_throw();
        Followed followed;
        ASSERT_TRUE(followed.until(*run, [&](const Message& message) {
            return waits_already ? waits_for_disk(message) : std::holds_alternative<MetricRow>(message);
        }));
        disk.full = true;
        run->stop(/*save_first=*/true);
        if (!waits_already) {
            ASSERT_TRUE(followed.until(*run, waits_for_disk));
        }
        std::this_thread::sleep_for(500ms);
        Delivery now;
        run->drain(now);
        EXPECT_FALSE(now.ended) << "what was not saved is not thrown away";
        disk.full = false;
        const Outcome outcome = run->wait();
        EXPECT_EQ(outcome.end, Outcome::End::stopped) << (outcome.error ? to_text(*outcome.error) : "");
        const RunRecord record = workspace.store().or_throw().run(run->id()).or_throw();
        EXPECT_TRUE(verify_checkpoint(workspace.run_folder(run->id()) / "checkpoints" / checkpoint_name(record.steps)));
    }
}

TEST(DiskWatch, AStopEndsThePauseOfAPersonToo) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    FullDisk disk;
    auto run = LiveRun::launch(workspace, saving_run(5000)).or_throw();
    Followed followed;
    ASSERT_TRUE(followed.until(*run, waits_for_disk));
    run->pause();
    run->stop(/*save_first=*/true);
    // There is room again, but the checkpoint cannot be written for a reason that no waiting helps with.
    disk.denied = true;
    disk.full = false;
    const Outcome outcome = run->wait();
    EXPECT_EQ(outcome.end, Outcome::End::failed);
    ASSERT_TRUE(outcome.error);
    EXPECT_THAT(to_text(*outcome.error), testing::HasSubstr("ermission denied"));
}

TEST(DiskWatch, TheLastSaveIsMadeUpBeforeTheRunEnds) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    FullDisk disk;
    LaunchRequest request = saving_run(4);
    request.spec = overlay_spec(request.spec, {{"saving", {{"every", 0}, {"keep_best", false}}},
                                               {"evaluation", {{"every", 0}, {"whole_at_end", false}}}});
    auto run = LiveRun::launch(workspace, request).or_throw();
    Followed followed;
    ASSERT_TRUE(followed.until(*run, waits_for_disk));
    disk.full = false;
    EXPECT_FALSE(followed.until(*run, {}));
    ASSERT_TRUE(followed.ended);
    EXPECT_EQ(followed.ended->end, Outcome::End::finished)
        << (followed.ended->error ? to_text(*followed.ended->error) : "");
    EXPECT_TRUE(verify_checkpoint(workspace.run_folder(run->id()) / "checkpoints" / checkpoint_name(4)));
}

/// What a run is asked to save that has no luck with it: at every look at its orders it has lost a save, except that at
/// those in `lucky` it has made one. The disk is full at first.
std::vector<bool> saves_asked_for(const std::vector<bool>& lucky) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "workspace").or_throw();
    FullDisk disk;
    std::vector<bool> asked;
    auto run = launch_job(workspace, saving_run(8), HostKind::thread, [&](const TrainRequest&) -> RunJob {
                   return [&](RunPort& port) -> Outcome {
                       port.report(Progress{"training", 0, ""});
                       for (const bool luck : lucky) {
                           CheckpointSaved saved;
                           saved.step = 1;
                           saved.path = (folder / "step-00000001").string();
                           if (luck)
                               port.report(saved);
                           else
                               port.report(Event{1, "save_failed", "Checkpoint not saved"});
                           asked.push_back(port.between_steps().save);
                       }
                       return {Outcome::End::finished, {}};
                   };
               }).or_throw();
    Followed followed;
    EXPECT_TRUE(followed.until(*run, waits_for_disk));
    disk.full = false;
    EXPECT_EQ(run->wait().end, Outcome::End::finished);
    return asked;
}

TEST(DiskWatch, ASaveThatWasLostWhileTheDiskWasWaitedForIsMadeUpOnce) {
    // The first is owed since the wait began; the second one was under way meanwhile and is told afterwards. What fails
    // after that is another matter, and is not asked for without end.
    EXPECT_EQ(saves_asked_for({false, false, false, false}), (std::vector<bool>{true, true, false, false}));
    EXPECT_EQ(saves_asked_for({false, true, false}), (std::vector<bool>{true, false, false}));
}

TEST(ClockWatch, TellsSleepAndAClockThatWasSet) {
    ClockWatch watch;
    ClockReading at{100, 100, 1e9};
    auto after = [&](double awake, double since_boot, double wall) {
        at = {at.awake + awake, at.since_boot + since_boot, at.wall + wall};
        return watch.note(at);
    };
    EXPECT_FALSE(watch.note(at));
    EXPECT_FALSE(after(3600, 3600, 3600));
    EXPECT_FALSE(after(5, 5, 5.4));  // the daemon that keeps the time
    EXPECT_EQ(after(5, 3605, 3605), (Phrase{say::machine_slept, {"1 h"}}));
    EXPECT_EQ(after(5, 5, -7195), (Phrase{say::clock_back, {"2 h"}}));
    EXPECT_EQ(after(5, 5, 7205), (Phrase{say::clock_forward, {"2 h"}}));
    EXPECT_FALSE(after(1, 1, 1));
    EXPECT_FALSE(ClockWatch().note(ClockReading::now()));
}

}  // namespace
}  // namespace gw
