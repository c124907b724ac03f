#include <gmock/gmock.h>

#include "adapt/holding.h"
#include "artifact/checkpoint.h"
#include "engine/small.h"
#include "workspace/live_run.h"
#include "workspace/sequence_study.h"

namespace gw {
namespace {

TEST(SequenceFigures, ByHand) {
    SequenceResult r;
    r.tasks = {"a", "b", "c"};
    r.by_head = {{0.9, {}, {}}, {0.7, 0.8, {}}, {0.8, 0.6, 0.7}};
    r.by_neighbours = {{0.5, 0.6, 0.4}, {0.5, 0.7, 0.6}, {0.6, 0.6, 0.9}};
    r.neighbours_before = {0.4, 0.5, 0.5};
    const SequenceFigures f = figures_of(r);
    EXPECT_NEAR(f.average, (0.8 + 0.6 + 0.7) / 3, 1e-12);
    EXPECT_NEAR(f.average_neighbours, 0.7, 1e-12);
    EXPECT_NEAR(f.forgetting, ((0.9 - 0.8) + (0.8 - 0.6)) / 2, 1e-12);
    EXPECT_NEAR(f.backward, ((0.8 - 0.9) + (0.6 - 0.8)) / 2, 1e-12);
    EXPECT_NEAR(f.forward, ((0.6 - 0.5) + (0.6 - 0.5)) / 2, 1e-12);
    const SequenceResult back = sequence_result_of(to_json(r));
    EXPECT_EQ(back.by_head, r.by_head);
    EXPECT_EQ(back.by_neighbours, r.by_neighbours);
}

/// A bank of one weight vector.
struct OneVector {
    Parameters parameters{{"backbone.w", torch::zeros({16}).set_requires_grad(true)}};
    ParameterBank bank{parameters, torch::kCPU};
    void set(double value) {
        const torch::NoGradGuard no_grad;
        bank.weights().fill_(value);
    }
};

TEST(Holding, ElasticPullIsThatOfItsPenalty) {
    // Two tasks, ended at w = 1 and w = 3, whose examples have the gradients 2 and 4, then 1: F = 10, then 1.
    OneVector one;
    const auto holding = elastic_holding(one.bank, 0.5);
    auto end = [&](double at, const std::vector<double>& gradients) {
        one.set(at);
        holding->end_task(one.bank, [&](const std::function<void()>& visit) {
            for (const double g : gradients) {
                one.bank.gradients().fill_(g);
                visit();
            }
        });
    };
    end(1, {2, 4});
    end(3, {1});
    one.set(5);
    one.bank.zero_gradients();
    holding->before_update(one.bank);
    const double expected = 0.5 * (10 * (5 - 1) + 1 * (5 - 3));
    EXPECT_NEAR(one.bank.gradients()[0].item<float>(), expected, 1e-4);
}

TEST(Holding, SynapticImportanceIsTheShareInTheFallOfTheLoss) {
    // One update from 0 to -0.2 along a gradient of 3: the loss fell by 0.6; importance 0.6 / (0.2^2 + 0.001).
    OneVector one;
    one.set(0);
    const auto holding = synaptic_holding(one.bank, 2);
    one.bank.gradients().fill_(3);
    holding->before_update(one.bank);
    EXPECT_NEAR(one.bank.gradients()[0].item<float>(), 3, 1e-6);  // nothing is held in the first task
    one.set(-0.2);
    holding->after_update(one.bank);
    holding->end_task(one.bank, [](const std::function<void()>&) {});
    one.set(0.3);
    one.bank.zero_gradients();
    holding->before_update(one.bank);
    const double importance = 0.6 / (0.04 + 0.001);
    EXPECT_NEAR(one.bank.gradients()[0].item<float>(), 2 * 2 * importance * 0.5, 1e-2);
}

TEST(Sequence, EveryStrategyGoesThroughTheTasks) {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder / "groundwork").or_throw();
    LaunchRequest request;
    request.spec = test::tiny_spec({{"training", {{"budget", 2}}}});
    auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
    ASSERT_FALSE(run->wait().error);
    const RunRecord parent = workspace.store().or_throw().run(run->id()).or_throw();
    const fs::path tsv = folder / "four.tsv";
    {
        std::ofstream out(tsv);
        const char* words[] = {"red apple", "blue sky", "green leaf", "grey stone"};
        for (int i = 0; i < 160; ++i)
            out << words[i % 4] << " number " << i / 4 << "\t" << static_cast<char>('a' + i % 4) << "\n";
    }
    SequenceStudy study;
    study.name = "four";
    study.checkpoint = newest_whole_checkpoint(fs::path(parent.path) / "checkpoints").or_throw();
    study.datasets = {find_sheet("dataset", "labelled_text")->complete({{"paths", {tsv.string()}}})};
    study.split = find_sheet("split", "stratified")->complete({{"validation", 0.2}, {"test", 0.0}});
    study.group = 2;
    study.seeds = 1;
    study.settings = sequence_sheet().complete(
        {{"epochs", 6}, {"lr", 0.003}, {"micro_batch", 8}, {"judged", 50}, {"replay_examples", 8}});
    study.strategies = sequence_strategies();
    const SequenceStudy done = carry_out_study(workspace, study, {}, {}).or_throw();
    ASSERT_EQ(done.results.size(), 6U);
    for (const SequenceResult& r : done.results) {
        EXPECT_EQ(r.tasks, (std::vector<std::string>{"a | b", "c | d"}));
        EXPECT_EQ(r.by_head.size(), r.strategy == "joint" ? 1U : 2U) << r.strategy;
        EXPECT_GT(r.by_head.back().back().value(), 0.8)
            << r.strategy;  // the task that was learnt last, or with all others
    }
    // Nothing is done twice, and another strategy's name is explained.
    EXPECT_EQ(to_json(carry_out_study(workspace, done, {}, {}).or_throw()).at("results"), to_json(done).at("results"));
    EXPECT_EQ(workspace.store().or_throw().saved("sequence").or_throw().size(), 1U);
    study.strategies = {"hope"};
    EXPECT_THAT(to_text(carry_out_study(workspace, study, {}, {}).error()),
                testing::HasSubstr("\"hope\" is no strategy"));
    // A class that is left over joins the group before it; a task of one class is none.
    const auto parts = [&](std::int64_t size) {
        return tasks_by_class(study.checkpoint, study.datasets[0], study.split, size, workspace.cache(), {}, {});
    };
    ASSERT_EQ(parts(3).or_throw().size(), 1U);
    EXPECT_EQ(parts(3).or_throw()[0].classes, (std::vector<std::string>{"a", "b", "c", "d"}));
    EXPECT_EQ(parts(2).or_throw().size(), 2U);
    EXPECT_THAT(to_text(parts(1).error()), testing::HasSubstr("two classes or more"));
    study.strategies = {"sequential"};
    study.settings = sequence_sheet().complete({{"epochs", 1}});
    EXPECT_THAT(to_text(carry_out_study(workspace, study, {}, {}).error()),
                testing::HasSubstr("\"four\" already, with other settings"));
    EXPECT_EQ(sequence_study_of(workspace.store().or_throw().saved("sequence").or_throw().front().body).results.size(),
              6U)
        << "they stay";
    study.name = "all at once";
    study.group = 4;
    EXPECT_THAT(to_text(carry_out_study(workspace, study, {}, {}).error()), testing::HasSubstr("two tasks at least"));
}

}  // namespace
}  // namespace gw
