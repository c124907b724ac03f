#include <fcntl.h>
#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <set>

#include "artifact/current.h"
#include "faults/test_disk.h"
#include "faults/tiny_run.h"
#include "workspace/record/rebuild.h"

// What a disk can hold after a loss of power, for every moment of a small file's, a checkpoint's and a run's writing.
namespace gw::test {
namespace {

/// Goes through the disks that a record allows, each of which is put into a folder once and handed to `check` with the
/// count of things that had been done; `every`: one of so many moments, from `first` on.
long for_each_disk(const DiskRecord& record, std::size_t every,
                   const std::function<void(const fs::path&, std::size_t)>& check, std::size_t first = 0) {
    std::set<std::size_t> seen;
    long tried = 0;
    for (std::size_t count = first; count <= record.size(); count += every)
        for (const DiskRecord::Unsynced unsynced : DiskRecord::all_unsynced) {
            std::string all = std::to_string(count) + "\n";  // the same disk may be right at one moment alone
            for (const auto& [path, bytes] : record.disk(count, unsynced)) all += path + '\0' + bytes + '\0';
            if (!seen.insert(std::hash<std::string>()(all)).second) continue;
            SCOPED_TRACE("after " + std::to_string(count) + " of " + std::to_string(record.size()) + " (" +
                         (count > 0 ? record.describe(count - 1) : "nothing") +
                         "): " + std::string(DiskRecord::text(unsynced)));
            Scratch scratch;
            record.put(count, unsynced, scratch / "disk");
            check(scratch / "disk", count);
            ++tried;
            if (testing::Test::HasFailure()) return tried;  // one moment is enough to look into
        }
    return tried;
}

TEST(PowerLoss, ASmallFileIsTheOldOneOrTheNewOne) {
    Scratch scratch;
    ASSERT_TRUE(write_file_atomic(scratch / "mark", "the old one"));
    TestDisk disk(scratch.path());
    disk.record();
    ASSERT_TRUE(write_file_atomic(scratch / "mark", "and the new one"));
    const std::size_t done = disk.recorded().size();
    long old = 0, fresh = 0;
    for_each_disk(disk.recorded(), 1, [&](const fs::path& at, std::size_t count) {
        const auto text = read_file(at / "mark");
        ASSERT_TRUE(text) << to_text(text.error());
        ASSERT_TRUE(text.value() == "the old one" || text.value() == "and the new one") << text.value();
        (text.value() == "the old one" ? old : fresh) += 1;
        if (count == done) {
            ASSERT_EQ(text.value(), "and the new one") << "it was told that this one lasts";
        }
    });
    EXPECT_GT(old, 0);
    EXPECT_GT(fresh, 0);
}

TEST(PowerLoss, AWriterThatDoesNotSyncIsFoundOut) {
    Scratch scratch;
    ASSERT_TRUE(write_file_atomic(scratch / "mark", "the old one"));
    TestDisk disk(scratch.path());
    disk.record();
    const Descriptor file = open_file((scratch / "aside").c_str(), O_WRONLY | O_CREAT);
    ASSERT_TRUE(write_all(file, "and the new one"));
    ASSERT_TRUE(rename_path(scratch / "aside", scratch / "mark"));
    std::set<std::string> texts;
    for (const DiskRecord::Unsynced unsynced : DiskRecord::all_unsynced)
        texts.insert(disk.recorded().disk(disk.recorded().size(), unsynced).at("mark"));
    EXPECT_EQ(texts, (std::set<std::string>{"the old one", "and the new one", "", std::string(15, '\0'), "and the"}));
}

TEST(PowerLoss, AFolderThatWasMadeLastsWithItsParents) {
    Scratch scratch;
    TestDisk disk(scratch.path());
    disk.record();
    ASSERT_TRUE(make_folder(scratch / "runs" / "one" / "checkpoints"));
    EXPECT_EQ(disk.recorded().disk(disk.recorded().size(), DiskRecord::Unsynced::lost).count("runs/one/checkpoints/"),
              1u);
}

TEST(PowerLoss, ACheckpointIsWholeOrNotThere) {
    Scratch scratch;
    const fs::path checkpoints = scratch / "checkpoints";
    const auto write = [&](const fs::path& folder, const std::string& text) {
        auto writer = CheckpointWriter::begin(folder, 100).or_throw();
        writer.add("state.json", text).or_throw();
        writer.add("weights", std::string(1000, text.front())).or_throw();
        writer.commit().or_throw();
    };
    write(checkpoints / "step-00000001", "one");
    TestDisk disk(scratch.path());
    disk.record();
    write(checkpoints / "step-00000002", "two");
    const std::size_t second = disk.recorded().size();
    write(checkpoints / "step-00000002", "again");  // as after a resume
    const std::size_t again = disk.recorded().size();
    remove_checkpoint(checkpoints / "step-00000001").or_throw();
    for_each_disk(disk.recorded(), 1, [&](const fs::path& at, std::size_t count) {
        const auto all = list_checkpoints(at / "checkpoints");
        for (const CheckpointEntry& entry : all) {
            const Status whole = verify_checkpoint(entry.path);
            ASSERT_TRUE(whole) << to_text(whole.error());
        }
        const auto newest = newest_whole_checkpoint(at / "checkpoints");
        ASSERT_TRUE(newest) << "none is left";
        if (count >= second) {
            ASSERT_EQ(newest.value().filename(), "step-00000002");
        }
        if (count >= again) {
            ASSERT_EQ(read_file(newest.value() / "state.json").or_throw(), "again");
        }
    });
}

TEST(PowerLoss, MarksPointToWholeCheckpoints) {
    Scratch scratch;
    const fs::path run = scratch / "run", checkpoints = run / "checkpoints";
    TestDisk disk(scratch.path());
    disk.record();
    std::size_t marked = 0;
    for (int step = 1; step <= 2; ++step) {
        auto writer = CheckpointWriter::begin(checkpoints / checkpoint_name(step), 100).or_throw();
        writer.add("state.json", std::to_string(step)).or_throw();
        writer.commit().or_throw();
        BestCheckpoint best;
        best.path = checkpoints / checkpoint_name(step);
        best.step = step;
        best.metric = "loss";
        best.value = best.loss = 3.0 - step;
        set_best_checkpoint(checkpoints, best).or_throw();
        set_current_checkpoint(checkpoints, checkpoint_name(step), "saved").or_throw();
        if (step == 1) marked = disk.recorded().size();
    }
    for_each_disk(disk.recorded(), 1, [&](const fs::path& at, std::size_t count) {
        if (const auto best = best_checkpoint_of(at / "run")) {
            ASSERT_TRUE(verify_checkpoint(best->path));
            ASSERT_EQ(best->value, 3.0 - static_cast<double>(best->step));
        } else {
            ASSERT_LT(count, marked) << "the mark is lost";
        }
        const auto current = current_checkpoint(at / "run");
        ASSERT_TRUE(current || count < marked) << to_text(current.error());
        ASSERT_TRUE(!current || current.value().passed_over.empty());
    });
}

/// A run whose writing was recorded from the first file of its workspace on.
class ARunOnARecordedDisk : public testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(root_);
        disk_.emplace(root_);
        disk_->record();
        const Workspace workspace = Workspace::open(root_).or_throw();
        LaunchRequest request;
        request.spec = small_spec();
        auto run = LiveRun::launch(workspace, request, HostKind::thread).or_throw();
        ASSERT_EQ(run->wait().end, Outcome::End::finished);
        id_ = run->id();
        run.reset();
        whole_ = shown(workspace, id_);
        for (const auto& [count, path] : disk_->recorded().lasting_renames(
                 [](const std::string& to) { return fs::path(to).filename().string().starts_with("step-"); }))
            saved_.emplace_back(count, checkpoint_step(path));
        ASSERT_GE(saved_.size(), 3u) << "checkpoints go through the layer of files";
    }
    /// The step of the newest checkpoint that had been published for certain by then.
    std::int64_t saved_by(std::size_t count) const {
        std::int64_t step = 0;
        for (const auto& [from, saved] : saved_)
            if (from <= count) step = std::max(step, saved);
        return step;
    }
    const DiskRecord& record() const { return disk_->recorded(); }

    /// `sampled` moments of the record, or where all cases are asked for at most `all`, or a share of those; prints
    /// how many disks they gave.
    void go_through(const std::string& scenario, std::size_t sampled, std::size_t all,
                    const std::function<void(const fs::path&, std::size_t)>& check) {
        const Cases wish = cases();
        const std::size_t apart = std::max<std::size_t>(1, record().size() / (wish.all ? all : sampled));
        const long tried = for_each_disk(record(), apart * static_cast<std::size_t>(wish.parts), check,
                                         apart * static_cast<std::size_t>(wish.first - 1));
        print_count(scenario, tried, HasFailure());
    }

    Scratch scratch_;
    fs::path root_ = scratch_ / "workspace";
    std::optional<TestDisk> disk_;
    std::string id_;
    Shown whole_;
    std::vector<std::pair<std::size_t, std::int64_t>> saved_;
};

TEST_F(ARunOnARecordedDisk, NothingThatWasPromisedIsLost) {
    go_through("power, what was promised", 25, record().size(), [&](const fs::path& at, std::size_t count) {
        end_process_of(at / "groundwork.db");
        const auto workspace = Workspace::open(at);
        ASSERT_TRUE(workspace) << to_text(workspace.error());
        ASSERT_EQ(integrity(workspace.value().database()), "ok");
        const std::int64_t promised = saved_by(count);
        const auto run = workspace.value().store().or_throw().run(id_);
        if (!run) {
            ASSERT_EQ(promised, 0) << "the run is gone from the history";
            return;
        }
        const fs::path folder = workspace.value().run_folder(id_);
        const auto newest = newest_whole_checkpoint(checkpoints_of(folder));
        if (promised > 0) {
            ASSERT_TRUE(newest) << to_text(newest.error());
            ASSERT_TRUE(current_checkpoint(folder));
        }
        if (!newest) return;
        const std::int64_t step = checkpoint_step(newest.value());
        ASSERT_GE(step, promised);
        // All that was recorded up to the checkpoint, to the bit.
        const Shown left = shown(workspace.value(), id_);
        for (const auto& [key, value] : whole_.points)
            if (key.first == "train/loss" && key.second <= step) {
                ASSERT_EQ(left.points.count(key), 1u) << "step " << key.second << " of " << step << " is missing";
                ASSERT_EQ(left.points.at(key), value);
            }
    });
}

TEST_F(ARunOnARecordedDisk, TheRunGoesOnAsIfNothingHadHappened) {
    go_through("power, taken up again", 2, 100, [&](const fs::path& at, std::size_t) {
        end_process_of(at / "groundwork.db");
        const Workspace workspace = Workspace::open(at).or_throw();
        std::string run;
        ASSERT_EQ(take_up(workspace, small_spec(), run), "");
        ASSERT_EQ(difference(whole_, shown(workspace, run)), "");
    });
}

TEST_F(ARunOnARecordedDisk, TheHistoryIsMadeAgainFromWhatIsLeft) {
    const auto check = [&](const fs::path& at, std::size_t count) {
        for (const char* file : {"groundwork.db", "groundwork.db-wal", "groundwork.db-shm"}) fs::remove(at / file);
        if (!fs::exists(at / "runs" / id_)) return;
        const auto made = rebuild_history(at, {.replace = true, .progress = {}});
        ASSERT_TRUE(made) << to_text(made.error());
        ASSERT_EQ(integrity(at / "groundwork.db"), "ok");
        const Workspace workspace = Workspace::open(at).or_throw();
        if (!workspace.store().or_throw().run(id_)) {
            ASSERT_EQ(saved_by(count), 0) << "the run is gone";
            return;
        }
        const Shown left = shown(workspace, id_);
        for (const auto& [key, value] : left.points) ASSERT_EQ(whole_.points.at(key), value) << key.first;
        if (count < record().size()) return;
        // In the end all rows are in the journal up to the last checkpoint, which was written to the disk with them.
        for (const auto& [key, value] : whole_.points)
            ASSERT_TRUE(key.first != "train/loss" || left.points.count(key)) << "step " << key.second << " is missing";
    };
    go_through("power, history made again", 4, 200, check);
    if (!HasFailure()) for_each_disk(record(), 1, check, record().size());  // the end in any case
}

}  // namespace
}  // namespace gw::test
