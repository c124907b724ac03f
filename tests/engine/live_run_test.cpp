#include "workspace/live_run.h"

#include <cmath>
#include <latch>
#include <thread>

#include "artifact/checkpoint.h"
#include "small.h"
#include "workspace/launch.h"

namespace gw {
namespace {

using namespace std::chrono_literals;

/// A training loop without tensors: reports, saves and obeys as the real one does.
RunJob pretend_job(const TrainRequest& request, std::int64_t steps) {
    return [&request, steps](RunPort& port) -> Outcome {
        auto save = [&](std::int64_t step) {
            const fs::path folder = request.run_folder / "checkpoints" / checkpoint_name(step);
            auto writer = CheckpointWriter::begin(folder, 10).or_throw();
            writer.add("state.json", std::to_string(step)).or_throw();
            const std::uint64_t bytes = writer.commit().or_throw();
            port.report(CheckpointSaved{step, step * 10, folder.string(), bytes, 0.1, 2.0, true, {}});
        };
        port.report(Progress{"preparing data", 0.5, ""});
        RunFacts facts;
        facts.parameters = 1234;
        facts.total_steps = steps;
        port.report(facts);
        port.report(Progress{"training", 0, ""});
        std::int64_t step = 0;
        if (!request.resume_from.empty()) step = std::stoll(read_file(request.resume_from / "state.json").or_throw());
        while (step < steps) {
            const Orders orders = port.between_steps();
            if (orders.save || (orders.stop && orders.save_on_stop)) save(step);
            if (orders.stop) return {Outcome::End::stopped, {}};
            ++step;
            port.report(MetricRow{
                step,
                static_cast<double>(step),
                step * 10,
                {{intern("train/loss"), 1.0 / static_cast<double>(step)}, {intern("train/tokens_per_second"), 10.0}}});
            if (step % 10 == 0)
                port.report(MetricRow{
                    step, static_cast<double>(step), step * 10, {{intern("validation/loss"), step == 10 ? 1.0 : 2.0}}});
            std::this_thread::sleep_for(steps > 1000 ? 1ms : 0ms);
        }
        save(step);
        port.report(SampleText{step, "Once", " upon"});
        return {Outcome::End::finished, {}};
    };
}

class LiveRuns : public testing::Test {
  protected:
    Scratch scratch_;
    Workspace workspace_ = Workspace::open(scratch_.path() / "workspace").or_throw();

    JobMaker steps(std::int64_t count) {
        return [count](const TrainRequest& request) { return pretend_job(request, count); };
    }
    std::unique_ptr<LiveRun> start(std::int64_t count, LaunchRequest request = {}, HostKind host = HostKind::thread) {
        if (request.resume_run.empty()) request.spec = test::tiny_spec();
        return launch_job(workspace_, request, host, steps(count)).or_throw();
    }
    RunRecord row(const std::string& id) { return workspace_.store().or_throw().run(id).or_throw(); }
    void wait_for(const std::function<bool()>& holds) {
        for (int i = 0; i < 1000 && !holds(); ++i) std::this_thread::sleep_for(10ms);
        ASSERT_TRUE(holds());
    }
};

TEST_F(LiveRuns, AFinishedRunIsWhollyInTheHistory) {
    auto run = start(25);
    EXPECT_EQ(run->wait().end, Outcome::End::finished);
    const RunRecord record = row(run->id());
    EXPECT_EQ(record.status, "finished");
    EXPECT_EQ(record.name, "storybook 2×32 · bytes · heads 2 · context 32");
    EXPECT_EQ(record.steps, 25);
    EXPECT_EQ(record.tokens, 250);
    EXPECT_EQ(record.total_steps, 25);
    EXPECT_DOUBLE_EQ(*record.train_loss, 1.0 / 25);
    EXPECT_DOUBLE_EQ(*record.validation_loss, 2.0);
    EXPECT_DOUBLE_EQ(*record.best_validation_loss, 1.0);
    EXPECT_EQ(record.facts.at("parameters"), 1234);
    EXPECT_FALSE(record.ended.empty());
    Store store = workspace_.store().or_throw();
    EXPECT_EQ(store.series(run->id(), "train/loss").or_throw().size(), 25u);
    EXPECT_EQ(store.checkpoints(run->id()).or_throw().size(), 1u);
    EXPECT_EQ(store.samples(run->id()).or_throw().size(), 1u);
    EXPECT_EQ(Json::parse(read_file(fs::path(record.path) / "spec.json").or_throw()), record.spec);
    EXPECT_NE(read_file(fs::path(record.path) / "log.txt").or_throw().find("finished after 25 steps"),
              std::string::npos);
    Delivery delivery;
    run->drain(delivery);
    EXPECT_TRUE(delivery.ended.has_value());
    EXPECT_GT(delivery.messages.size(), 25u);
}

TEST_F(LiveRuns, RunsInlineToo) {
    auto run = start(5, {}, HostKind::inline_);
    EXPECT_EQ(row(run->id()).status, "finished");
}

TEST_F(LiveRuns, PausesResumesSavesAndStops) {
    auto run = start(1000000);
    wait_for([&] { return row(run->id()).steps > 0; });
    EXPECT_EQ(row(run->id()).status, "running");
    run->pause();
    EXPECT_TRUE(run->paused());
    wait_for([&] { return row(run->id()).status == "paused"; });
    run->save_now();
    wait_for([&] { return !workspace_.store().or_throw().checkpoints(run->id()).or_throw().empty(); });
    EXPECT_TRUE(run->paused()) << "saving does not wake it up";
    run->resume();
    wait_for([&] { return row(run->id()).status == "running"; });
    run->stop(true);
    EXPECT_EQ(run->wait().end, Outcome::End::stopped);
    const RunRecord record = row(run->id());
    EXPECT_EQ(record.status, "stopped");
    EXPECT_EQ(list_checkpoints(fs::path(record.path) / "checkpoints").front().path.filename(),
              checkpoint_name(record.steps));
}

TEST_F(LiveRuns, AResumedRunGoesOnInTheNextSegment) {
    std::string id;
    {
        auto run = start(1000000);
        id = run->id();
        wait_for([&] { return row(id).steps > 3; });
        run->stop(true);
        run->wait();
    }
    const std::int64_t stopped_at = row(id).steps;
    LaunchRequest request;
    request.resume_run = id;
    auto run = start(stopped_at + 5, request);
    EXPECT_EQ(run->wait().end, Outcome::End::finished);
    EXPECT_EQ(row(id).segment, 1);
    const auto points = workspace_.store().or_throw().series(id, "train/loss").or_throw();
    ASSERT_EQ(points.size(), static_cast<std::size_t>(stopped_at + 5));
    EXPECT_EQ(points.back().segment, 1);
    EXPECT_EQ(points[static_cast<std::size_t>(stopped_at)].step, stopped_at + 1);
    const auto again = launch_job(workspace_, request, HostKind::thread, steps(5));
    ASSERT_FALSE(again);
    EXPECT_NE(again.error().hint.find("extend"), std::string::npos) << "a finished run must be extended";
}

TEST_F(LiveRuns, ExtendingChangesTheBudgetAlone) {
    LaunchRequest named;
    named.name = "mine · 20 steps";
    ASSERT_EQ(test::tiny_spec().at("training").at("budget").get<double>(), 20);
    auto first = start(5, named);
    first->wait();
    LaunchRequest request;
    request.resume_run = first->id();
    request.extend = {{"budget", 40}};
    auto run = start(40, request);
    EXPECT_EQ(row(first->id()).name, "mine · 40 steps") << "the name says no length of before";
    EXPECT_EQ(run->wait().end, Outcome::End::finished);
    EXPECT_EQ(row(first->id()).spec["training"]["budget"], 40);
    EXPECT_EQ(row(first->id()).steps, 40);
    const auto events = workspace_.store().or_throw().events(first->id()).or_throw();
    ASSERT_FALSE(events.empty());
    EXPECT_NE(events.front().text.find("training.budget"), std::string::npos);
    request.extend = {{"micro_batch", 40}};
    EXPECT_FALSE(launch_job(workspace_, request, HostKind::thread, steps(5)));
    request.extend = {{"budget", -1}};
    EXPECT_FALSE(launch_job(workspace_, request, HostKind::thread, steps(5)));
    EXPECT_EQ(row(first->id()).status, "finished") << "a refused launch changes nothing";
}

TEST_F(LiveRuns, ADamagedCheckpointOffersTheOneBefore) {
    std::string id;
    {
        auto run = start(1000000);
        id = run->id();
        run->save_now();
        wait_for([&] { return !workspace_.store().or_throw().checkpoints(id).or_throw().empty(); });
        wait_for([&] { return row(id).steps > 20; });
        run->stop(true);
        run->wait();
    }
    const auto all = list_checkpoints(fs::path(row(id).path) / "checkpoints");
    ASSERT_EQ(all.size(), 2u);
    std::ofstream(all[0].path / "state.json") << "x";
    LaunchRequest request;
    request.resume_run = id;
    request.resume_checkpoint = all[0].path.string();
    const auto refused = launch_job(workspace_, request, HostKind::thread, steps(5));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("state.json"), std::string::npos);
    EXPECT_NE(refused.error().hint.find(all[1].path.string()), std::string::npos);
    request.resume_checkpoint.clear();
    auto run = start(30, request);
    run->wait();
    const auto events = workspace_.store().or_throw().events(id).or_throw();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events.front().kind, "warning");
    EXPECT_NE(events.front().text.find("instead of"), std::string::npos);
    std::ofstream(all[1].path / "state.json") << "y";
}

TEST_F(LiveRuns, OneRunIsTrainedOnceAtATime) {
    auto run = start(1000000);
    LaunchRequest request;
    request.resume_run = run->id();
    const auto second = launch_job(workspace_, request, HostKind::thread, steps(5));
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("right now"), std::string::npos);
}

TEST_F(LiveRuns, AFailureIsKeptWithItsReason) {
    auto failing = [](const TrainRequest&) -> RunJob {
        return [](RunPort& port) -> Outcome {
            port.report(MetricRow{7, 1, 70, {{intern("train/loss"), NAN}}});
            throw Failure(
                Error{Error::Code::diverged, "The loss is not a number at step 7", "Lower the learning rate", {}});
        };
    };
    auto run = launch_job(workspace_, {test::tiny_spec()}, HostKind::thread, failing).or_throw();
    const Outcome outcome = run->wait();
    EXPECT_EQ(outcome.end, Outcome::End::failed);
    const RunRecord record = row(run->id());
    EXPECT_EQ(record.status, "failed");
    EXPECT_NE(record.cause.find("step 7"), std::string::npos);
    EXPECT_NE(record.cause.find("Lower the learning rate"), std::string::npos);
    EXPECT_TRUE(std::isnan(workspace_.store().or_throw().series(run->id(), "train/loss").or_throw().at(0).value));
    LaunchRequest resume;
    resume.resume_run = run->id();
    const auto resumed = launch_job(workspace_, resume, HostKind::thread, steps(5));
    ASSERT_FALSE(resumed) << "nothing was saved";
    EXPECT_NE(resumed.error().message.find("no checkpoint"), std::string::npos);
}

TEST_F(LiveRuns, ABadSpecLeavesNothingBehind) {
    Json spec = test::tiny_spec();
    spec["backbone"]["widht"] = 3;
    const auto run = launch_job(workspace_, {spec}, HostKind::thread, steps(5));
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, Error::Code::bad_spec);
    EXPECT_NE(run.error().message.find("width"), std::string::npos);
    EXPECT_TRUE(workspace_.store().or_throw().runs().or_throw().empty());
    EXPECT_TRUE(fs::is_empty(workspace_.root() / "runs"));
}

TEST_F(LiveRuns, DestroyingStopsTheJob) {
    std::string id;
    {
        auto run = start(1000000);
        id = run->id();
        run->pause();
    }
    EXPECT_EQ(row(id).status, "stopped");
    EXPECT_TRUE(list_checkpoints(fs::path(row(id).path) / "checkpoints").empty()) << "without saving";
}

TEST_F(LiveRuns, AWorkspaceThatCannotBeMadeIsAnError) {
    std::ofstream(scratch_.path() / "file") << "x";
    const auto workspace = Workspace::open(scratch_.path() / "file" / "workspace");
    ASSERT_FALSE(workspace);
    EXPECT_FALSE(workspace.error().hint.empty());
}

}  // namespace
}  // namespace gw
