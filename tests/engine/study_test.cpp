#include <gmock/gmock.h>

#include "adapt/adapters.h"
#include "adapt/checkpoint_model.h"
#include "artifact/checkpoint.h"
#include "compare/pilot_report.h"
#include "engine/small.h"
#include "study/slices.h"
#include "workspace/live_run.h"
#include "workspace/models/lineage.h"
#include "workspace/run_queue.h"
#include "workspace/studies/pilot.h"

namespace gw {
namespace {

using testing::HasSubstr;

// ---- slices

class Slices : public testing::Test {
  protected:
    Slices() {
        std::ofstream out(folder_ / "t.csv");
        out << "text,label,group\n";
        // Documents 0 to 7: those of group x are judged wrongly half of the time, those of y rightly.
        for (int i = 0; i < 8; ++i)
            out << (i % 2 ? "The oil price" : "A new game") << " " << i << "," << (i % 2 ? "a" : "b") << ","
                << (i < 4 ? "x" : "y") << "\n";
        p_.kind = LabelKind::one_class;
        p_.classes = {"a", "b"};
        p_.outputs = 2;
        for (int i = 0; i < 8; ++i) {
            const bool right = i >= 4 || i % 2 == 0;
            const int truth = i % 2 ? 0 : 1, said = right ? truth : 1 - truth;
            p_.scores.insert(p_.scores.end(), {said == 0 ? 0.9F : 0.1F, said == 1 ? 0.9F : 0.1F});
            p_.truth.push_back({truth});
            p_.values.push_back(0);
            p_.documents.push_back(i);
        }
        dataset_ = find_sheet("dataset", "labelled_text")
                       ->complete({{"paths", {(folder_ / "t.csv").string()}}, {"label", "label"}});
    }
    Scratch folder_;
    Predictions p_;
    Json dataset_;
};

TEST_F(Slices, ByAColumnTheLargestGapFirst) {
    const SliceReport report = slices_of(p_, dataset_, {"group", {}}, {}, {}).or_throw();
    EXPECT_NEAR(report.overall, 0.75, 1e-12);
    ASSERT_EQ(report.slices.size(), 2U);
    EXPECT_EQ(report.slices[0].name, "x");
    EXPECT_EQ(report.slices[0].rows, 4);
    EXPECT_NEAR(report.slices[0].value, 0.5, 1e-12);
    EXPECT_NEAR(report.slices[0].gap, 0.25, 1e-12);
    EXPECT_NEAR(report.slices[1].gap, -0.25, 1e-12);
}

TEST_F(Slices, TheColumnsBesideTextAndLabel) {
    EXPECT_EQ(slice_columns(dataset_).or_throw(), (std::vector<std::string>{"group"}));
    fs::remove(folder_ / "t.csv");
    EXPECT_FALSE(slice_columns(dataset_));
}

TEST_F(Slices, ByWordsOnTheirOwn) {
    const SliceReport report = slices_of(p_, dataset_, {"", {"OIL", "game"}}, {}, {}).or_throw();
    EXPECT_EQ(report.slices[0].name, "OIL");
    EXPECT_NEAR(report.slices[0].value, 0.5, 1e-12);
    EXPECT_THAT(to_text(slices_of(p_, dataset_, {"", {"gam"}}, {}, {}).error()),
                HasSubstr("The slice \"gam\" is empty"));
    EXPECT_THAT(to_text(slices_of(p_, dataset_, {"colour", {}}, {}, {}).error()),
                AllOf(HasSubstr("no column \"colour\""), HasSubstr("group")));
    EXPECT_THAT(to_text(slices_of(p_, dataset_, {}, {}, {}).error()), HasSubstr("nothing to cut by"));
}

// ---- pilot, adapters

class FromAParent : public testing::Test {
  protected:
    FromAParent() : workspace_(Workspace::open(folder_ / "groundwork").or_throw()) {
        std::ofstream tsv(folder_ / "two.tsv");
        for (int i = 0; i < 100; ++i)
            tsv << (i % 2 ? "a red apple " : "the blue sky ") << i << "\t" << (i % 2 ? "a" : "b") << "\n";
        LaunchRequest request;
        request.spec = test::tiny_spec({{"training", {{"budget", 2}}}});
        auto run = LiveRun::launch(workspace_, request, HostKind::inline_).or_throw();
        EXPECT_FALSE(run->wait().error);
        checkpoint_ = checkpoint_of(run->id());
    }
    fs::path checkpoint_of(const std::string& run) const {
        return newest_whole_checkpoint(fs::path(workspace_.store().or_throw().run(run).or_throw().path) / "checkpoints")
            .or_throw();
    }
    Json changes() const {
        return {{"dataset", {{"kind", "labelled_text"}, {"paths", {(folder_ / "two.tsv").string()}}}}};
    }
    Scratch folder_;
    Workspace workspace_;
    fs::path checkpoint_;
};

TEST_F(FromAParent, PilotQueuesEveryWayCountAndSeed) {
    const ParentCard parent = parent_card(workspace_, checkpoint_).or_throw();
    PilotPlan plan{"trial", {"scratch", "full", "lora"}, {10, 0}, 2, 1, 4};
    const auto runs = pilot_runs(parent, changes(), plan).or_throw();
    ASSERT_EQ(runs.size(), 12U);
    EXPECT_EQ(runs[0].request.spec.at("start").at("fresh"), true);
    EXPECT_EQ(runs[0].request.spec.at("optimizer").at("lr"), parent.spec.at("optimizer").at("lr"));
    EXPECT_EQ(runs[2].request.spec.at("start").at("train"), "lora");
    EXPECT_EQ(runs[0].request.spec.at("dataset").at("examples"), 10);
    EXPECT_EQ(runs[0].request.spec.at("training").at("budget").get<double>(), 2);  // 4 steps of 4 examples over 10
    enqueue_pilot(workspace_, runs, plan).or_throw();
    const Store store = workspace_.store().or_throw();
    EXPECT_EQ(store.queue().or_throw().size(), 12U);
    EXPECT_EQ(store.queue().or_throw().front().tags, (std::vector<std::string>{"pilot trial"}));
    EXPECT_EQ(store.saved("pilot").or_throw().front().body.at("runs").size(), 12U);
    EXPECT_FALSE(enqueue_pilot(workspace_, runs, plan));  // the name is taken
    plan.ways = {"magic"};
    EXPECT_THAT(to_text(pilot_runs(parent, changes(), plan).error()), HasSubstr("\"magic\" is no way"));
}

TEST_F(FromAParent, PilotOverFoldsJudgesEveryTextOnce) {
    const ParentCard parent = parent_card(workspace_, checkpoint_).or_throw();
    PilotPlan plan{"crossed", {"scratch", "head"}, {0}, 1, 1, 4, {}, 4};
    const auto runs = pilot_runs(parent, changes(), plan).or_throw();
    ASSERT_EQ(runs.size(), 8U);
    EXPECT_EQ(runs[2].request.spec.at("split").at("kind"), "k_fold");
    EXPECT_EQ(runs[2].request.spec.at("split").at("fold"), 2);
    EXPECT_EQ(runs[2].request.spec.at("split").at("stratified"), true);
    enqueue_pilot(workspace_, runs, plan).or_throw();
    std::int64_t judged = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto run =
            LiveRun::launch(workspace_, RunQueue(workspace_).next().or_throw().value(), HostKind::inline_).or_throw();
        ASSERT_FALSE(run->wait().error);
        judged +=
            workspace_.store().or_throw().run(run->id()).or_throw().facts.value("validation_examples", std::int64_t{0});
    }
    EXPECT_EQ(judged, 2 * 100);
    const Pilot pilot = read_pilot(workspace_.store().or_throw(), "crossed").or_throw();
    EXPECT_EQ(pilot.folds, 4);
    ASSERT_EQ(pilot.cells.size(), 2U);
    EXPECT_EQ(pilot.cells[0].metric, "validation/accuracy");
    EXPECT_EQ(pilot.cells[0].quality.count, 4);
    EXPECT_EQ(pilot.cells[0].milliseconds.count, 4);
    EXPECT_THAT(pilot_report(pilot, {}), HasSubstr("4 folds of a cross-validation"));
}

TEST_F(FromAParent, TheFamilyOfARunIsAGraph) {
    LaunchRequest request;
    const Json small = {{"training", {{"budget", 1}, {"budget_unit", "steps"}}}};
    auto launch = [&](const fs::path& checkpoint, const char* name) {
        request.spec =
            overlay_spec(finetune_spec(parent_card(workspace_, checkpoint).or_throw(), changes()).or_throw(), small);
        request.name = name;
        auto run = LiveRun::launch(workspace_, request, HostKind::inline_).or_throw();
        EXPECT_FALSE(run->wait().error);
        return run->id();
    };
    const std::string first = launch(checkpoint_, "first"), second = launch(checkpoint_, "second");
    const std::string third = launch(checkpoint_of(first), "third");
    const Store store = workspace_.store().or_throw();
    std::vector<std::string> names;
    const auto family = family_of(store, third).or_throw();
    ASSERT_EQ(family.size(), 4U);
    EXPECT_EQ(family[0].generation, 0);
    EXPECT_FALSE(family[0].from_step);
    EXPECT_EQ(family[1].run.id, first);
    EXPECT_EQ(family[2].run.id, third);
    EXPECT_EQ(family[2].generation, 2);
    EXPECT_EQ(family[2].from_step, 1);
    EXPECT_EQ(family[3].run.id, second);
    EXPECT_EQ(family[3].from_step, 2);
    EXPECT_FALSE(family_of(store, "nobody"));
}

TEST_F(FromAParent, MergedAdaptersGiveTheSameModel) {
    Json all = changes();
    all["start"] = {{"kind", "checkpoint"}, {"train", "lora"}, {"rank", 4}};
    LaunchRequest request;
    request.spec = overlay_spec(finetune_spec(parent_card(workspace_, checkpoint_).or_throw(), all).or_throw(),
                                {{"training", {{"budget", 8}, {"budget_unit", "steps"}}}});
    auto run = LiveRun::launch(workspace_, request, HostKind::inline_).or_throw();
    ASSERT_FALSE(run->wait().error);
    const fs::path adapted = checkpoint_of(run->id()), merged = folder_ / "merged";
    merge_checkpoint(adapted, merged).or_throw();
    const auto before = CheckpointModel::load(adapted).or_throw(), after = CheckpointModel::load(merged).or_throw();
    const torch::Tensor ids = torch::randint(0, 200, {2, 10}, torch::kInt64);
    const torch::NoGradGuard no_grad;
    EXPECT_TRUE(torch::allclose(test::sequence(*before.model.backbone, ids, {}),
                                test::sequence(*after.model.backbone, ids, {}), 1e-4, 1e-5));
    EXPECT_LT(after.model.bank->entries().size(), before.model.bank->entries().size());
    export_adapters(adapted, folder_ / "adapters.safetensors").or_throw();
    EXPECT_TRUE(fs::exists(folder_ / "adapters.safetensors"));
    EXPECT_THAT(to_text(merge_checkpoint(checkpoint_, folder_ / "again").error()), HasSubstr("has no adapters"));
}

}  // namespace
}  // namespace gw
