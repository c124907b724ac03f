#include <gtest/gtest.h>

#include "artifact/current.h"
#include "faults/test_disk.h"
#include "faults/tiny_run.h"

// A disk that fails at the n-th call, for every n of a short run: of files and of the database.
namespace gw::test {
namespace {

/// An undisturbed run, to compare with; trained once.
const Shown& twin() {
    static const Shown whole = [] {
        Scratch scratch;
        const Workspace workspace = Workspace::open(scratch / "workspace").or_throw();
        LaunchRequest request;
        request.spec = small_spec();
        auto run = LiveRun::launch(workspace, request, HostKind::thread).or_throw();
        EXPECT_EQ(run->wait().end, Outcome::End::finished);
        return shown(workspace, run->id());
    }();
    return whole;
}

struct Try {
    FaultPlan::Fault fault;
    long at;
    bool lasting;
};

std::string text(const Try& one) {
    return std::string(FaultPlan::text(one.fault)) + " at call " + std::to_string(one.at) +
           (one.lasting ? " and all after it" : "");
}

/// Whether an error tells a person what happened.
bool is_told(const Error& error) {
    return !error.message.empty() && error.message.find("mistake in the program") == std::string::npos &&
           error.code != Error::Code::internal;
}

class FailingCalls : public testing::Test {
  protected:
    /// One run on the failing disk, and one after it on a sound disk. False when the run made fewer calls than
    /// `one.at`.
    bool survive(const Try& one) {
        SCOPED_TRACE(text(one));
        Scratch scratch;
        const fs::path root = scratch / "workspace";
        fs::create_directories(root);
        std::string id;
        bool reached = false;
        {
            TestDisk disk(scratch.path());
            disk.plan().begin(one.fault, one.at, one.lasting);
            train_on(disk, root, id);
            reached = disk.plan().failed() > 0;
            disk.plan().heal();
        }
        const auto opened = Workspace::open(root);
        EXPECT_TRUE(opened) << "the history does not open: " << to_text(opened.error());
        if (!opened) return reached;
        EXPECT_EQ(integrity(opened.value().database()), "ok");
        const auto runs = opened.value().store().or_throw().runs();
        EXPECT_TRUE(runs) << to_text(runs.error());
        no_newer_than_its_rows(opened.value());
        const std::string refused = take_up(opened.value(), small_spec(), id);
        EXPECT_EQ(refused, "") << "it cannot be taken up";
        if (refused.empty()) {
            EXPECT_EQ(difference(twin(), shown(opened.value(), id)), "");
        }
        return reached;
    }

    /// Sweeps over the calls of a run until it passes without a failure, or over a sample or a share of them.
    void sweep(FaultPlan::Fault fault, bool lasting) {
        constexpr long sample = 5;
        const Cases wish = cases();
        const long calls = calls_of_a_run(fault), step = wish.all ? wish.parts : std::max<long>(1, calls / sample);
        constexpr long most_faults = 10;  // enough to look into
        // Threads take turns in another order each time, and a slow machine writes rows in more and smaller parts, so
        // that the count of calls is not the same each time: that one run has fewer does not say that there are no
        // more.
        constexpr long most_missed = 3;
        long tried = 0, faults = 0, missed = 0;
        for (long at = wish.first; faults < most_faults && (at < calls || missed < most_missed); at += step) {
            const int before = said_wrong();
            const bool reached = survive({fault, at, lasting});
            faults += said_wrong() > before;
            tried += reached;
            missed = reached ? 0 : missed + 1;
        }
        print_count(std::string(FaultPlan::text(fault)) + (lasting ? ", lasting" : ", once"), tried, faults);
        if (faults > 0) return;
        const long surely = std::max<long>(0, calls / 2 - wish.first) / step;  // half of the calls are always made
        EXPECT_GE(tried, std::min(surely, sample / 2)) << "of about " << calls << " calls";
    }

  private:
    /// How many expectations failed so far.
    static int said_wrong() {
        return testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count();
    }

    void train_on(TestDisk& disk, const fs::path& root, std::string& id) {
        const auto workspace = Workspace::open(root);
        if (!workspace) {
            EXPECT_TRUE(is_told(workspace.error())) << to_text(workspace.error());
            return;
        }
        LaunchRequest request;
        request.spec = small_spec();
        auto run = LiveRun::launch(workspace.value(), request, HostKind::thread);
        if (!run) {
            EXPECT_TRUE(is_told(run.error())) << to_text(run.error());
            return;
        }
        id = run.value()->id();
        const Ended ended = train_to_end(*run.value(), [&] { disk.plan().heal(); });
        disk.plan().heal();  // the rows that wait can be written now
        EXPECT_TRUE(ended.outcome) << "it neither ends nor pauses";
        if (ended.outcome && ended.outcome->error) {
            EXPECT_TRUE(is_told(*ended.outcome->error)) << to_text(*ended.outcome->error);
        }
        run.value().reset();  // with its writer, which may have kept rows for a disk that is back
        const auto store = workspace.value().store();
        if (!store || !store.value().run(id)) id.clear();
    }

    /// A checkpoint is seen only when the rows up to its step are in the history.
    static void no_newer_than_its_rows(const Workspace& workspace) {
        const Store store = workspace.store().or_throw();
        for (const RunRecord& run : store.runs().or_throw()) {
            const auto newest = newest_whole_checkpoint(checkpoints_of(workspace.run_folder(run.id)));
            if (!newest) continue;
            const auto points = store.series(run.id, "train/loss").or_throw();
            EXPECT_GE(points.empty() ? 0 : points.back().step, checkpoint_step(newest.value()));
        }
    }

    /// How many calls can fail so in a run that nothing disturbs.
    static long calls_of_a_run(FaultPlan::Fault fault) {
        Scratch scratch;
        TestDisk disk(scratch.path());
        disk.plan().begin(fault, 0, false);
        const Workspace workspace = Workspace::open(scratch / "workspace").or_throw();
        LaunchRequest request;
        request.spec = small_spec();
        LiveRun::launch(workspace, request, HostKind::thread).or_throw()->wait();
        return disk.plan().calls();
    }
};

TEST_F(FailingCalls, ADiskThatIsFullForAMoment) {
    sweep(FaultPlan::Fault::no_space, false);
}

TEST_F(FailingCalls, ADiskThatStaysFull) {
    sweep(FaultPlan::Fault::no_space, true);
}

TEST_F(FailingCalls, AQuotaThatIsSpentForAMoment) {
    sweep(FaultPlan::Fault::quota, false);
}

TEST_F(FailingCalls, ADiskThatFailsOnce) {
    sweep(FaultPlan::Fault::broken, false);
}

TEST_F(FailingCalls, ADiskThatFailsForGood) {
    sweep(FaultPlan::Fault::broken, true);
}

TEST_F(FailingCalls, WritesThatAreCutShort) {
    sweep(FaultPlan::Fault::short_write, false);
}

}  // namespace
}  // namespace gw::test
