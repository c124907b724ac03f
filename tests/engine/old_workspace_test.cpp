#include <gtest/gtest.h>

#include "adapt/checkpoint_model.h"
#include "engine/stretch.h"
#include "workspace/live_run.h"
#include "workspace/models/finetune.h"

// A workspace that the program wrote when all data was text: it must open, go on and be begun from for ever.
namespace gw {
namespace {

class OldWorkspace : public testing::Test {
  protected:
    OldWorkspace() {
        const fs::path made = fs::path(GROUNDWORK_SOURCE) / "tests" / "engine" / "fixtures" / "before_pictures";
        fs::copy(made / "runs", folder_ / "runs", fs::copy_options::recursive);
        fs::copy_file(made / "workspace.db", folder_ / "groundwork.db");
    }
    fs::path run_folder() const { return fs::directory_iterator(folder_ / "runs")->path(); }
    Scratch folder_;
};

TEST_F(OldWorkspace, ItsRunGoesOnAsItWouldHaveThen) {
    const Workspace workspace = Workspace::open(folder_.path()).or_throw();
    const RunRecord run =
        workspace.store(Store::Mode::read_only).or_throw().run(run_folder().filename().string()).or_throw();
    EXPECT_EQ(run.name, "made before pictures");
    test::RecordingPort port;
    const Outcome outcome = train(
        {complete_spec(run.spec), run_folder(), workspace.cache(), current_checkpoint(run_folder()).or_throw().path, 0},
        port);
    ASSERT_EQ(outcome.end, Outcome::End::finished) << (outcome.error ? to_text(*outcome.error) : "");
    // What the program of then recorded; other processors differ in the last digits. Its dropout drew other masks,
    // which two steps of a small rate do not let the weights feel.
    EXPECT_NEAR(port.losses.back(), 5.533881664276123, 0.02);
    EXPECT_NEAR(*port.last("validation/loss"), 5.538901946615016, 1e-5);
}

TEST_F(OldWorkspace, ItsRunIsForked) {
    const Workspace workspace = Workspace::open(folder_.path()).or_throw();
    const std::string id = run_folder().filename().string();
    const RunRecord run = workspace.store(Store::Mode::read_only).or_throw().run(id).or_throw();
    LaunchRequest request;
    request.fork_run = id;
    // What the form of a fork hands over: every setting of today, and another rate.
    request.spec = overlay_spec(complete_spec(run.spec), {{"optimizer", {{"lr", 1e-4}}}});
    auto fork = LiveRun::launch(workspace, request, HostKind::inline_);
    ASSERT_TRUE(fork) << to_text(fork.error());
    EXPECT_FALSE(fork.value()->wait().error);
}

TEST_F(OldWorkspace, ItsCheckpointIsBegunFrom) {
    const Workspace workspace = Workspace::open(folder_.path()).or_throw();
    const ParentCard parent = parent_card(workspace, current_checkpoint(run_folder()).or_throw().path).or_throw();
    EXPECT_EQ(CheckpointModel::load(parent.checkpoint).or_throw().model.input, tokens_input(258));
    const fs::path file = folder_ / "labels.csv";
    std::ofstream out(file);
    out << "text,label\n";
    for (int i = 0; i < 60; ++i)
        out << (i % 2 ? "the oil number " : "a ball number ") << i << "," << (i % 2 ? "trade" : "sport") << "\n";
    out.close();
    const Json spec = finetune_spec(parent, {{"dataset", {{"kind", "labelled_text"}, {"paths", {file.string()}}}},
                                             {"training", {{"budget", 3}, {"budget_unit", "steps"}}}})
                          .or_throw();
    test::Stretches child;
    ASSERT_EQ(child.go(spec).end, Outcome::End::finished) << child.why();
}

}  // namespace
}  // namespace gw
