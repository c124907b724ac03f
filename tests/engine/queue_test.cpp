#include <gtest/gtest.h>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "small.h"
#include "workspace/launch.h"
#include "workspace/new_run.h"
#include "workspace/run_queue.h"

// What waits its turn, what it is expected to take, and what a launch reads before it.
namespace gw {
namespace {

class WaitingRuns : public testing::Test {
  protected:
    Scratch scratch_;
    Workspace workspace_ = Workspace::open(scratch_.path() / "workspace").or_throw();

    std::string trained() {
        LaunchRequest request;
        request.spec = test::tiny_spec({{"training", {{"budget", 2}}}});
        auto run = LiveRun::launch(workspace_, request, HostKind::inline_).or_throw();
        EXPECT_EQ(run->wait().end, Outcome::End::finished);
        return run->id();
    }
    std::size_t folders() const {
        std::size_t count = 0;
        std::error_code none;
        for (fs::directory_iterator it(workspace_.root() / "runs", none), end; !none && it != end; it.increment(none))
            ++count;
        return count;
    }
};

TEST_F(WaitingRuns, TakesAllOrNone) {
    std::vector<LaunchRequest> requests(3);
    for (LaunchRequest& request : requests) request.spec = test::tiny_spec();
    requests[2].name = "two\nlines";  // no name for a run: found out when the first two have been written
    EXPECT_FALSE(RunQueue(workspace_).add(requests));
    EXPECT_TRUE(workspace_.store().or_throw().runs().or_throw().empty());
    EXPECT_TRUE(RunQueue(workspace_).waiting().or_throw().empty());
    EXPECT_EQ(folders(), 0u);
    requests[2].name.clear();
    EXPECT_EQ(RunQueue(workspace_).add(requests).or_throw().size(), 3u);
    EXPECT_EQ(folders(), 3u);
}

TEST_F(WaitingRuns, ARunThatLostItsPlaceWaitsAtTheEnd) {
    std::vector<LaunchRequest> requests(3);
    for (LaunchRequest& request : requests) request.spec = test::tiny_spec();
    RunQueue queue(workspace_);
    const auto added = queue.add(requests).or_throw();
    workspace_.store().or_throw().dequeue(added[0].id).or_throw();  // as a damaged history may
    const auto ids = [&] {
        std::vector<std::string> out;
        for (const RunRecord& run : queue.waiting().or_throw()) out.push_back(run.id);
        return out;
    };
    EXPECT_EQ(ids(), (std::vector{added[1].id, added[2].id, added[0].id}));
    queue.move(added[0].id, 1).or_throw();
    EXPECT_EQ(ids(), (std::vector{added[1].id, added[0].id, added[2].id}));
}

TEST_F(WaitingRuns, ExpectsWhatWasMeasured) {
    RunRecord run;
    run.spec = complete_spec(test::tiny_spec({{"training", {{"budget", 100}}}}));
    run.steps = run.total_steps = 100;
    run.seconds = 50;
    run.tokens_per_second = 1e9;  // says something else, and is not asked
    run.facts = {{"flops_per_token", 1.0}};
    Json spec = run.spec;
    spec["training"]["budget"] = 400;
    spec["training"]["seed"] = 7;
    spec["optimizer"]["lr"] = 1e-5;
    EXPECT_NEAR(expected_seconds({run}, spec).value_or(0), 200, 1e-9);
    spec["training"]["micro_batch"] = 2 * spec["training"]["micro_batch"].get<int>();
    EXPECT_NE(expected_seconds({run}, spec).value_or(0), 200) << "other steps";
    // Passes over the same data: their steps are known of the run that made them.
    run.spec["training"]["budget_unit"] = "epochs";
    run.spec["training"]["budget"] = 2;
    spec = run.spec;
    spec["training"]["budget"] = 6;
    EXPECT_NEAR(expected_seconds({run}, spec).value_or(0), 150, 1e-9);
}

TEST_F(WaitingRuns, ALaunchReadsItsCheckpointBefore) {
    const std::string id = trained();
    LaunchRequest request;
    request.resume_run = id;
    request.extend = {{"budget", 4}};
    ASSERT_TRUE(reads_a_checkpoint(request));
    double last = 0;
    const auto checked = check_launch(workspace_, request, [&](double share) {
                             EXPECT_GE(share, last);
                             last = share;
                             return true;
                         }).or_throw();
    EXPECT_DOUBLE_EQ(last, 1);
    const fs::path current = current_checkpoint(workspace_.run_folder(id)).or_throw().path;
    EXPECT_EQ(fs::path(checked.checked), current);
    EXPECT_FALSE(reads_a_checkpoint(checked));
    const auto cancelled = check_launch(workspace_, request, [](double) { return false; });
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, Error::Code::cancelled);
    const fs::path copy = scratch_.path() / "copy";
    fs::copy(current, copy, fs::copy_options::recursive);
    auto run = LiveRun::launch(workspace_, checked, HostKind::inline_).or_throw();
    EXPECT_EQ(run->wait().end, Outcome::End::finished);

    LaunchRequest begin;
    begin.spec = test::tiny_spec();
    EXPECT_FALSE(reads_a_checkpoint(begin));
    begin.spec["start"] = {{"kind", "checkpoint"}, {"path", copy.string()}};
    EXPECT_EQ(start_checkpoint(begin.spec), copy);
    EXPECT_TRUE(reads_a_checkpoint(begin));
    EXPECT_TRUE(check_launch(workspace_, begin, {}));
    write_file_atomic(copy / "state.json", "x").or_throw();
    EXPECT_FALSE(check_launch(workspace_, begin, {})) << "damaged";
}

}  // namespace
}  // namespace gw
