#include <gmock/gmock.h>
#include <unistd.h>

#include <set>

#include "adapt/checkpoint_model.h"
#include "adapt/holding.h"
#include "adapt/scoring.h"
#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "data/prepare.h"
#include "engine/stretch.h"
#include "train/replay/step_replay.h"
#include "workspace/live_run.h"
#include "workspace/models/finetune.h"
#include "workspace/studies/sequence_lock.h"
#include "workspace/studies/sequence_study.h"

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
    EXPECT_NEAR(f.forward.value(), ((0.6 - 0.5) + (0.6 - 0.5)) / 2, 1e-12);
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
    EXPECT_FALSE(holding->ended());
    auto end = [&](double at, const std::vector<double>& gradients) {
        one.set(at);
        // The end is made twice, as after a resume from the last checkpoint: it counts once.
        for (int time = 0; time < 2; ++time)
            holding->end_task(one.bank, [&](const std::function<void()>& visit) {
                for (const double g : gradients) {
                    one.bank.gradients().fill_(g);
                    visit();
                }
            });
        EXPECT_TRUE(holding->ended());
        holding->begin_task(one.bank);
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
    holding->begin_task(one.bank);
    one.set(0.3);
    one.bank.zero_gradients();
    holding->before_update(one.bank);
    const double importance = 0.6 / (0.04 + 0.001);
    EXPECT_NEAR(one.bank.gradients()[0].item<float>(), 2 * 2 * importance * 0.5, 1e-2);
}

TEST(Holding, AnEndThatWasStoppedIsNone) {
    OneVector one;
    const auto holding = elastic_holding(one.bank, 1);
    EXPECT_THROW(holding->end_task(one.bank, [](const std::function<void()>&) { throw Failure(Error{}); }), Failure);
    EXPECT_FALSE(holding->ended());
}

TEST(Holding, WhatItRemembersIsAllThatATaskLaterNeeds) {
    for (const char* name : {"ewc", "si"}) {
        OneVector one, other;
        const auto before = holding_named(name, one.bank, 3), after = holding_named(name, other.bank, 3);
        before->begin_task(one.bank);
        one.bank.gradients().fill_(2);
        before->before_update(one.bank);
        one.set(-0.5);
        before->after_update(one.bank);
        before->end_task(one.bank, [&](const std::function<void()>& visit) {
            one.bank.gradients().fill_(2);
            visit();
        });
        const Parameters from = before->state(one.bank), into = after->state(other.bank);
        ASSERT_EQ(from.size(), into.size());
        {
            const torch::NoGradGuard no_grad;
            for (std::size_t i = 0; i < from.size(); ++i) torch::Tensor(into[i].tensor).copy_(from[i].tensor);
        }
        other.set(-0.5);
        EXPECT_TRUE(after->ended()) << name;
        for (const auto& [holding, vector] : {std::pair(before.get(), &one), {after.get(), &other}}) {
            holding->begin_task(vector->bank);
            vector->set(1);
            vector->bank.zero_gradients();
            holding->before_update(vector->bank);
        }
        EXPECT_GT(one.bank.gradients()[0].item<float>(), 0) << name << " pulls back";
        EXPECT_TRUE(torch::equal(one.bank.gradients(), other.bank.gradients())) << name;
    }
}

/// 160 short texts of four classes: "red apple number 0" is a, ...
fs::path four_classes(const fs::path& folder) {
    const fs::path tsv = folder / "four.tsv";
    std::ofstream out(tsv);
    const char* words[] = {"red apple", "blue sky", "green leaf", "grey stone"};
    for (int i = 0; i < 160; ++i)
        out << words[i % 4] << " number " << i / 4 << "\t" << static_cast<char>('a' + i % 4) << "\n";
    return tsv;
}

Json four_dataset(const fs::path& tsv, const std::vector<std::string>& only = {}) {
    return find_sheet("dataset", "labelled_text")->complete({{"paths", {tsv.string()}}, {"only", only}});
}

Json held_out_split() {
    return find_sheet("split", "stratified")->complete({{"validation", 0.2}, {"test", 0.0}});
}

ParentCard card_of(const fs::path& checkpoint) {
    const CheckpointFacts facts = read_checkpoint_facts(checkpoint).or_throw();
    ParentCard card;
    card.checkpoint = checkpoint;
    card.spec = complete_spec(facts.spec);
    card.state = facts.state;
    return card;
}

/// A task that goes on from a checkpoint, of 12 steps.
Json task_spec(const fs::path& from, const Json& dataset, const Json& sequence) {
    Json section = {{"kind", "task"}};
    section.update(sequence);
    return finetune_spec(card_of(from), {{"dataset", dataset},
                                         {"split", held_out_split()},
                                         {"start", {{"kind", "checkpoint"}, {"forgetting", false}}},
                                         {"sequence", section},
                                         {"optimizer", {{"lr", 0.003}}},
                                         {"training", {{"budget", 12}, {"budget_unit", "steps"}, {"micro_batch", 8}}}})
        .or_throw();
}

void same_checkpoint(const fs::path& one, const fs::path& other, const std::string& what) {
    for (const char* file : {"backbone.safetensors", "head.safetensors", "optimizer.safetensors"})
        EXPECT_EQ(read_file(one / file).or_throw(), read_file(other / file).or_throw()) << what << ": " << file;
    ASSERT_EQ(fs::exists(one / "holding.safetensors"), fs::exists(other / "holding.safetensors")) << what;
    if (fs::exists(one / "holding.safetensors")) {
        EXPECT_EQ(read_file(one / "holding.safetensors").or_throw(),
                  read_file(other / "holding.safetensors").or_throw())
            << what;
    }
}

TEST(SequenceTask, StoppedInItsSecondTaskAndResumedItIsTheSameToTheBit) {
    const Scratch folder;
    const fs::path tsv = four_classes(folder.path());
    test::Stretches parent;
    ASSERT_EQ(parent.go(test::tiny_spec({{"training", {{"budget", 2}}}})).end, Outcome::End::finished) << parent.why();
    const Json beside = {Json{{"name", "c | d"}, {"dataset", four_dataset(tsv, {"c", "d"})}}.dump()};
    for (const Json& sequence :
         {Json{{"hold", "si"}, {"strength", 1.0}}, Json{{"hold", "ewc"}, {"replay", 8}}, Json{{"hold", "none"}}}) {
        const std::string what = sequence.dump();
        test::Stretches first, whole, parts;
        Json named = sequence;
        named["name"] = "a | b";
        named["first"] = true;
        ASSERT_EQ(first.go(task_spec(parent.current(), four_dataset(tsv, {"a", "b"}), named)).end,
                  Outcome::End::finished)
            << what << ": " << first.why();
        named["name"] = "c | d";
        named["first"] = false;
        const Json spec = task_spec(first.current(), four_dataset(tsv, {"c", "d"}), named);
        ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << what << ": " << whole.why();
        ASSERT_EQ(parts.go(spec, {}, 5).end, Outcome::End::stopped) << what << ": " << parts.why();
        // A step run once more has the gradients of what holds the weights too, and leaves its memory alone.
        const StepReplay replay = replay_step({spec, parts.cache, parts.checkpoint(5), 9, {}}, {}, {}).or_throw();
        EXPECT_NEAR(replay.look.turns.at(0).norm, whole.figures().at({9, "train/grad_norm"}), 1e-4) << what;
        ASSERT_EQ(parts.go(spec, parts.checkpoint(5)).end, Outcome::End::finished) << what << ": " << parts.why();
        EXPECT_EQ(parts.figures(), whole.figures()) << what;
        same_checkpoint(whole.current(), parts.current(), what);
        // The head of the first task is carried along, and trained where its examples are shown.
        const auto before = CheckpointModel::load(first.current()).or_throw(),
                   after = CheckpointModel::load(whole.current()).or_throw();
        ASSERT_EQ(after.model.others.size(), 1U) << what;
        EXPECT_EQ(after.model.others[0].facts.name, "a | b");
        const Parameters then = before.model.objective->parameters(), now = after.model.others[0].head->parameters();
        ASSERT_EQ(then.size(), now.size());
        EXPECT_EQ(torch::equal(then[0].tensor, now[0].tensor), sequence.value("replay", 0) == 0) << what;
    }
    // Tasks beside each other.
    test::Stretches whole, parts;
    const Json spec =
        task_spec(parent.current(), four_dataset(tsv, {"a", "b"}), {{"name", "a | b"}, {"beside", beside}});
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 5).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(5)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    same_checkpoint(whole.current(), parts.current(), "beside");
}

TEST(SequenceTask, HoldingPullsTowardsWhereTheTaskBeforeEnded) {
    const Scratch folder;
    const fs::path tsv = four_classes(folder.path());
    test::Stretches parent;
    ASSERT_EQ(parent.go(test::tiny_spec({{"training", {{"budget", 2}}}})).end, Outcome::End::finished) << parent.why();
    const auto backbone_of = [](const test::Stretches& run) {
        const auto it = CheckpointModel::load(run.current()).or_throw();
        std::vector<torch::Tensor> all;
        for (const Parameter& p : it.model.backbone->parameters()) all.push_back(p.tensor.detach().flatten().clone());
        return torch::cat(all);
    };
    std::map<double, double> way;
    for (const double strength : {0.0, 1e6}) {
        const Json held = {{"hold", "ewc"}, {"strength", strength}, {"first", true}, {"name", "a | b"}};
        test::Stretches first, second;
        ASSERT_EQ(first.go(task_spec(parent.current(), four_dataset(tsv, {"a", "b"}), held)).end,
                  Outcome::End::finished)
            << first.why();
        Json then = held;
        then.update({{"first", false}, {"name", "c | d"}});
        ASSERT_EQ(second.go(task_spec(first.current(), four_dataset(tsv, {"c", "d"}), then)).end,
                  Outcome::End::finished)
            << second.why();
        way[strength] = (backbone_of(second) - backbone_of(first)).norm().item<double>();
    }
    EXPECT_LT(way[1e6], way[0.0]);
    // Who did not end a task with it knows nothing of what mattered.
    test::Stretches loose, second;
    ASSERT_EQ(loose.go(task_spec(parent.current(), four_dataset(tsv, {"a", "b"}), {{"name", "a | b"}})).end,
              Outcome::End::finished)
        << loose.why();
    ASSERT_EQ(second.go(task_spec(loose.current(), four_dataset(tsv, {"c", "d"}), {{"hold", "ewc"}})).end,
              Outcome::End::failed);
    EXPECT_THAT(second.why(), testing::HasSubstr("sequence.hold=ewc"));
}

TEST(SequenceTask, ClassesAreKeptInTheOrderThatIsAskedFor) {
    const Scratch folder;
    const fs::path tsv = four_classes(folder.path());
    test::Stretches parent;
    ASSERT_EQ(parent.go(test::tiny_spec({{"training", {{"budget", 2}}}})).end, Outcome::End::finished) << parent.why();
    test::Stretches run, wrong;
    ASSERT_EQ(run.go(task_spec(parent.current(), four_dataset(tsv, {"d", "b"}), {{"name", "two"}})).end,
              Outcome::End::finished)
        << run.why();
    const auto facts = run.all<RunFacts>();
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].classes, (std::vector<std::string>{"d", "b"}));
    EXPECT_EQ(facts[0].train_examples, 64);
    ASSERT_EQ(wrong.go(task_spec(parent.current(), four_dataset(tsv, {"d", "bb"}), {{"name", "two"}})).end,
              Outcome::End::failed);
    EXPECT_THAT(wrong.why(), testing::HasSubstr("No example is of the class \"bb\""));
}

TEST(SequenceTask, TasksBesideAreCheckedBeforeAnythingIsRead) {
    const auto refusal = [](const std::string& line) {
        Json spec = default_spec();
        spec["sequence"] = find_sheet("sequence", "task")->complete({{"beside", {line}}});
        const Status status = spec_status(spec);
        return status ? std::string() : to_text(status.error());
    };
    EXPECT_THAT(refusal("not json"), testing::HasSubstr("sequence.beside: each line must be"));
    EXPECT_THAT(refusal(R"({"name": "task", "dataset": {"kind": "shapes"}})"), testing::HasSubstr("name of two tasks"));
    EXPECT_THAT(refusal(R"({"name": "x", "dataset": {"kind": "nothing"}})"), testing::HasSubstr("no valid kind"));
    EXPECT_THAT(refusal(R"({"name": "x", "dataset": {"kind": 5}})"), testing::HasSubstr("each line must be"));
    EXPECT_NE(refusal(R"({"name": "x", "dataset": {"kind": "labelled_text", "labels": 1}})"), "");
    EXPECT_THAT(refusal(R"({"name": "x", "dataset": {"kind": "shapes"}})"), testing::HasSubstr("of another sort"));
}

TEST(SequenceTask, WhatCannotBeHeldIsRefused) {
    const auto refusal = [](const Json& changes) {
        Json spec = default_spec();
        spec["sequence"] = find_sheet("sequence", "task")->complete({{"hold", "ewc"}});
        spec["start"] = find_sheet("start", "checkpoint")->complete({{"path", "/nowhere"}});
        const Status status = spec_status(overlay_spec(spec, changes));
        return status ? std::string() : to_text(status.error());
    };
    EXPECT_EQ(refusal(Json::object()), "");
    EXPECT_THAT(refusal({{"training", {{"budget_unit", "minutes"}}}}), testing::HasSubstr("sequence.hold"));
    EXPECT_THAT(refusal({{"start", {{"train", "lora"}}}}), testing::HasSubstr("cannot hold adapters"));
    EXPECT_THAT(refusal({{"evaluation", {{"patience", 2}}}}), testing::HasSubstr("evaluation.patience"));
}

/// A workspace with a checkpoint of two steps, and a study of four classes in two tasks.
struct FourClasses {
    Scratch folder;
    Workspace workspace = Workspace::open(folder / "groundwork").or_throw();
    SequenceStudy study;

    FourClasses() {
        LaunchRequest request;
        request.spec = test::tiny_spec({{"training", {{"budget", 2}}}});
        auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
        EXPECT_FALSE(run->wait().error);
        const RunRecord parent = workspace.store().or_throw().run(run->id()).or_throw();
        study.name = "four";
        study.checkpoint = newest_whole_checkpoint(fs::path(parent.path) / "checkpoints").or_throw();
        study.datasets = {four_dataset(four_classes(folder.path()))};
        study.split = held_out_split();
        study.group = 2;
        study.seeds = 1;
        study.settings = sequence_sheet().complete(
            {{"epochs", 6}, {"lr", 0.003}, {"micro_batch", 8}, {"judged", 50}, {"replay_examples", 8}});
    }
    SequenceStudy carry_out(const SequenceStudy& asked) { return carry_out_study(workspace, asked, {}, {}).or_throw(); }
};

TEST(Sequence, EveryStrategyGoesThroughTheTasks) {
    FourClasses four;
    const Workspace& workspace = four.workspace;
    SequenceStudy study = four.study;
    study.strategies = sequence_strategies();
    const SequenceStudy done = carry_out_study(workspace, study, {}, {}).or_throw();
    ASSERT_EQ(done.results.size(), 6U);
    for (const SequenceResult& r : done.results) {
        EXPECT_EQ(r.tasks, (std::vector<std::string>{"a | b", "c | d"}));
        EXPECT_EQ(r.by_head.size(), r.strategy == "joint" ? 1U : 2U) << r.strategy;
        EXPECT_GT(r.by_head.back().back().value(), 0.8)
            << r.strategy;  // the task that was learnt last, or with all others
    }
    // Each task of each strategy is a run of the history, with curves and checkpoints, told apart by its name.
    const Store store = workspace.store().or_throw();
    std::set<std::string> names;
    ASSERT_EQ(done.steps.size(), 5U * 2 + 1);
    for (const SequenceStep& step : done.steps) {
        const RunRecord run = store.run(step.run).or_throw();
        EXPECT_EQ(run.status, "finished") << run.name;
        EXPECT_TRUE(names.insert(run.name).second) << run.name;
        EXPECT_THAT(run.name, testing::HasSubstr("four · " + step.strategy));
        EXPECT_EQ(run.tags, std::vector<std::string>{"sequence four"});
        EXPECT_FALSE(store.series(run.id, "train/loss").or_throw().empty()) << run.name;
        EXPECT_FALSE(store.checkpoints(run.id).or_throw().empty()) << run.name;
        // The matrix says what evaluating each checkpoint on each task says: of its own task as the run recorded it.
        const auto own = store.series(run.id, "validation/accuracy").or_throw();
        ASSERT_FALSE(own.empty()) << run.name;
        const auto checkpoint = CheckpointModel::load(current_checkpoint(run.path).or_throw().path).or_throw();
        const std::string name = checkpoint.facts.spec.at("sequence").value("name", "");
        for (std::size_t task = 0; task < 2; ++task) {
            const std::string wanted = task == 0 ? "a | b" : "c | d";
            const Objective* head = wanted == name ? checkpoint.model.objective.get() : nullptr;
            for (const OtherTask& other : checkpoint.model.others)
                if (other.facts.name == wanted) head = other.head.get();
            ASSERT_EQ(head != nullptr, step.by_head[task].has_value()) << run.name << " of " << wanted;
            if (!head) continue;
            const std::vector<std::string> classes =
                task == 0 ? std::vector<std::string>{"a", "b"} : std::vector<std::string>{"c", "d"};
            const Json& own_data = checkpoint.facts.spec.at("dataset");
            Json dataset = own_data;
            dataset["only"] = classes;
            const PreparedData data = prepare_data({dataset,
                                                    study.split,
                                                    Json::object(),
                                                    checkpoint.facts.tokenizer,
                                                    false,
                                                    workspace.cache(),
                                                    {},
                                                    {}})
                                          .or_throw();
            const Score score =
                score_part(checkpoint.model, *head, data, Part::validation, ScoreOptions(), {}, std::stop_token());
            EXPECT_DOUBLE_EQ(score.metrics.at("accuracy"), *step.by_head[task]) << run.name << " of " << wanted;
            if (wanted != name) continue;
            EXPECT_DOUBLE_EQ(own.back().value, *step.by_head[task]) << run.name;
        }
    }
    for (const SequenceResult& r : done.results)
        for (std::size_t row = 0; row < r.by_head.size(); ++row)
            for (const SequenceStep& step : done.steps)
                if (step.strategy == r.strategy && step.task == static_cast<std::int64_t>(row)) {
                    EXPECT_EQ(step.by_head, r.by_head[row]) << r.strategy;
                    EXPECT_EQ(step.by_neighbours, r.by_neighbours[row]) << r.strategy;
                }
    // Nothing is done twice, and another strategy's name is explained.
    EXPECT_EQ(to_json(carry_out_study(workspace, done, {}, {}).or_throw()).at("results"), to_json(done).at("results"));
    EXPECT_EQ(workspace.store().or_throw().saved("sequence").or_throw().size(), 1U);
    EXPECT_EQ(store.runs().or_throw().size(), 1U + done.steps.size());
    study.strategies = {"hope"};
    EXPECT_THAT(to_text(carry_out_study(workspace, study, {}, {}).error()),
                testing::HasSubstr("\"hope\" is no strategy"));
    // A class that is left over joins the group before it; a task of one class is none.
    const auto parts = [&](std::int64_t size) {
        return tasks_by_class(SequenceReading::of_checkpoint(study.checkpoint).or_throw(), study.datasets[0],
                              study.split, size, workspace.cache(), {}, {});
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

TEST(Sequence, AnInterruptedStudyGoesOnWhereItStands) {
    FourClasses four;
    SequenceStudy plain = four.study;
    plain.strategies = {"ewc"};
    plain.name = "whole";
    const SequenceStudy whole = four.carry_out(plain);
    // Stopped as its second task begins, then carried out again, as often as it takes.
    plain.name = "parts";
    std::stop_source stop;
    const SequenceWatch watch{[&](const SequenceProgress& at) {
        if (at.phase == SequenceProgress::Phase::training && at.name == "c | d") stop.request_stop();
    }};
    const auto stopped = carry_out_study(four.workspace, plain, watch, stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Error::Code::cancelled) << to_text(stopped.error());
    const auto kept = [&](const std::string& name) {
        for (const SavedRecord& record : four.workspace.store().or_throw().saved("sequence").or_throw())
            if (record.name == name) return sequence_study_of(record.body);
        return SequenceStudy();
    };
    const SequenceStudy before = kept("parts");
    ASSERT_GE(before.steps.size(), 1U);
    EXPECT_TRUE(before.steps.front().judged()) << "the first task is kept";
    EXPECT_TRUE(before.results.empty());
    const SequenceStudy done = four.carry_out(plain);
    ASSERT_EQ(done.results.size(), 1U);
    EXPECT_EQ(done.steps.front().run, before.steps.front().run) << "it is not done again";
    EXPECT_EQ(done.results[0].by_head, whole.results[0].by_head);
    EXPECT_EQ(done.results[0].by_neighbours, whole.results[0].by_neighbours);
    const Store store = four.workspace.store().or_throw();
    const auto end = [&](const SequenceStudy& study) {
        return current_checkpoint(store.run(study.steps.back().run).or_throw().path).or_throw().path;
    };
    same_checkpoint(end(whole), end(done), "study");
}

TEST(Sequence, RunsSaveOnTheWayAndWhoLooksOnIsTold) {
    FourClasses four;
    SequenceStudy study = four.study;
    study.strategies = {"sequential", "joint"};
    std::vector<SequenceProgress> told;
    std::vector<SequenceStudy> kept;
    const SequenceWatch watch{[&](const SequenceProgress& at) { told.push_back(at); },
                              [&](const SequenceStudy& now) { kept.push_back(now); }};
    const SequenceStudy done = carry_out_study(four.workspace, study, watch, {}).or_throw();
    // 64 examples, 6 passes, 8 a step: 48 steps, a tenth of which would be saved too often.
    const Store store = four.workspace.store().or_throw();
    for (const SequenceStep& step : done.steps) {
        const RunRecord run = store.run(step.run).or_throw();
        EXPECT_EQ(run.steps, 48) << run.name;
        EXPECT_EQ(run.spec.at("saving").at("every"), 20) << run.name;
        EXPECT_EQ(run.spec.at("saving").at("keep_last"), 1) << run.name;
    }
    // The whole is done by and by, and every task at hand is told with its step.
    double share = 0;
    std::set<std::string> tasks;
    for (const SequenceProgress& at : told) {
        if (at.phase == SequenceProgress::Phase::preparing) continue;
        EXPECT_GE(at.share, share - 1e-9) << progress_text(at);
        share = at.share;
        tasks.insert(at.name);
        if (at.step > 0) {
            EXPECT_EQ(at.steps, 48);
            EXPECT_TRUE(store.run(at.run)) << at.run;
        }
    }
    EXPECT_NEAR(share, 1, 1e-9);
    EXPECT_EQ(tasks, (std::set<std::string>{"", "a | b", "c | d"}));
    SequenceProgress at;
    at.phase = SequenceProgress::Phase::training;
    at.strategy = "replay";
    at.seed = 2;
    at.task = 1;
    at.tasks = 3;
    at.name = "a | b";
    at.step = 1200;
    at.steps = 4800;
    EXPECT_EQ(progress_text(at), "Replay, seed 2: training a | b (task 1 of 3), step 1,200 of 4,800");
    // The matrix fills as tasks end: first a row of the first strategy, and so on.
    std::vector<std::size_t> rows;
    for (const SequenceStudy& now : kept) {
        EXPECT_EQ(now.tasks, (std::vector<std::string>{"a | b", "c | d"}));
        std::size_t all = 0;
        for (const SequenceResult& r : begun_results(now)) all += r.by_head.size();
        if (rows.empty() || rows.back() != all) rows.push_back(all);
    }
    EXPECT_EQ(rows, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(Sequence, OneProgramAtATimeCarriesAStudyOut) {
    FourClasses four;
    SequenceStudy study = four.study;
    study.strategies = {"joint"};
    {
        const SequenceLock other = SequenceLock::take(four.workspace, "four").or_throw();
        const auto refused = carry_out_study(four.workspace, study, {}, {});
        ASSERT_FALSE(refused);
        EXPECT_THAT(to_text(refused.error()),
                    testing::HasSubstr("being carried out right now (process " + std::to_string(::getpid()) + ")"));
        EXPECT_TRUE(four.workspace.store().or_throw().saved("sequence").or_throw().empty()) << "nothing was written";
        EXPECT_EQ(four.workspace.store().or_throw().runs().or_throw().size(), 1U) << "nothing was trained";
        EXPECT_TRUE(SequenceLock::take(four.workspace, "another")) << "only the same study waits";
    }
    EXPECT_EQ(four.carry_out(study).results.size(), 1U);
    for (const auto& entry : fs::directory_iterator(four.workspace.root()))
        EXPECT_NE(entry.path().extension(), ".lock") << entry.path();
}

TEST(Sequence, ResultsOfBeforeItsTasksWereRunsStayAsTheyAre) {
    FourClasses four;
    SequenceStudy before = four.study;
    before.strategies = {"sequential"};
    before.results = {
        {"sequential", 1, {"a | b", "c | d"}, {{0.9, {}}, {0.6, 0.8}}, {{0.5, 0.5}, {0.5, 0.6}}, {0.4, 0.5}, 1.0}};
    Json body = to_json(before);
    body.erase("runs");
    body.erase("neighbours_before");
    four.workspace.store().or_throw().set_saved({"sequence", "four", body, "2026-01-31T12:00:00Z"}).or_throw();
    SequenceStudy again = four.study;
    again.strategies = {"joint"};
    EXPECT_THAT(to_text(carry_out_study(four.workspace, again, {}, {}).error()),
                testing::HasSubstr("\"four\" already"));
    EXPECT_EQ(four.workspace.store().or_throw().saved("sequence").or_throw().front().body, body);
    again.name = "new";
    EXPECT_EQ(four.carry_out(again).results.size(), 1U);
}

TEST(Sequence, AStudyThatWasLeftBeforeItsTasksHadNamesIsShown) {
    SequenceStudy study;
    study.steps = {{"sequential", 1, 0, "run", {0.5, std::nullopt}, {0.4, 0.3}, 1.0}};
    Json body = to_json(study);
    body.erase("tasks");
    const auto begun = begun_results(sequence_study_of(body));
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun.front().tasks, (std::vector<std::string>{"task 1", "task 2"}));
}

}  // namespace
}  // namespace gw
