#include <gmock/gmock.h>

#include "core/cli_fixture.h"

namespace gw {
namespace {

/// A spec that is a whole sequence of tasks, as a script carries it out; and a sequence of pictures from a run.
class CliSequence : public CliTest {
  protected:
    std::string plan() const {
        return file("plan.json", R"({
            "dataset": {"kind": "shapes", "pictures": 240, "size": 16,
                        "only": ["circle", "square", "cross", "ring"]},
            "split": {"kind": "stratified"}, "tokenizer": {"kind": "none"},
            "backbone": {"kind": "mlp", "layers": 1, "width": 8}, "objective": {"kind": "classification"},
            "augmentation": {"kind": "image_changes", "shift": 1},
            "sequence": {"kind": "tasks", "strategies": ["sequential", "joint"], "seeds": 1, "iterations": 3,
                         "micro_batch": 8, "threads": 1},
            "training": {"budget": 3, "budget_unit": "steps", "micro_batch": 8, "precision": "fp32", "device": "cpu",
                         "threads": 1},
            "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0}})");
    }
};

TEST_F(CliSequence, RunCarriesAWholeSequenceOutAndItsScoresHoldTheFigures) {
    const std::string run = "run '" + plan() + "' --set sequence.scenario=domain --name shapes";
    const Said said = cli(run + " --json");
    ASSERT_EQ(said.code, 0) << said.err;
    const Json scores = said.last().value("scores", Json::object());
    for (const char* name : {"domain/sequential/accuracy", "domain/sequential/forgetting", "domain/joint/accuracy"})
        EXPECT_TRUE(scores.contains(name)) << name << " in " << scores.dump();
    EXPECT_EQ(said.last().at("results").at(0).at("by_head").size(), 2U) << "the matrix";
    // It is kept under its name, and nothing is done twice.
    const Said again = cli("sequences shapes --json");
    EXPECT_EQ(again.last().at("scores"), scores);
    EXPECT_EQ(cli("runs --json").last().at("runs").size(), 3U);
    EXPECT_EQ(cli(run + " --json").last().at("results"), said.last().at("results"));
    const Said stopped = cli(run + " --stop-at 2");
    EXPECT_EQ(stopped.code, 2);
    EXPECT_THAT(stopped.err, testing::HasSubstr("which have no common step to stop at"));
    EXPECT_THAT(cli("queue add '" + plan() + "'").err, testing::HasSubstr("many runs and not one"));
}

TEST_F(CliSequence, PicturesGoOnFromARunWithoutItsAugmentation) {
    ASSERT_EQ(cli("run '" + plan() + "' --set sequence.kind=alone --name base --json").code, 0);
    const std::string sequence =
        "sequence base --classes-per-task 2 --strategy sequential,lp_ft --seeds 1 "
        "--with iterations=3 --with micro_batch=8 --with scenario=class --with threads=1 ";
    const Said said = cli(sequence + "--set augmentation.kind=none --name plain --json");
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(said.last().at("spec").at("augmentation").at("kind"), "none");
    EXPECT_TRUE(said.last().at("scores").contains("class/lp_ft/forgetting")) << said.out;
    const Said refused = cli(sequence + "--set optimizer.lr=0.1");
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, testing::HasSubstr("optimizer.lr means nothing for a sequence"));
}

}  // namespace
}  // namespace gw
