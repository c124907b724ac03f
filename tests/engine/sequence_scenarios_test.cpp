#include <gmock/gmock.h>

#include "adapt/checkpoint_model.h"
#include "adapt/holding.h"
#include "adapt/scoring.h"
#include "artifact/current.h"
#include "data/prepare.h"
#include "engine/stretch.h"
#include "workspace/live_run.h"
#include "workspace/studies/sequence_runs.h"
#include "workspace/studies/sequence_study.h"

namespace gw {
namespace {

/// Pictures of four shapes in two tasks, which a small perceptron learns from its first weights on.
Json shapes_plan(const Json& sequence) {
    Json spec = overlay_spec(default_spec(), Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 360, "size": 16, "noise": 0,
                    "only": ["circle", "square", "cross", "triangle"]},
        "split": {"kind": "stratified", "validation": 0.2, "test": 0.2},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "mlp", "layers": 1, "width": 16},
        "objective": {"kind": "classification", "dropout": 0},
        "sequence": {"kind": "tasks", "iterations": 12, "lr": 0.003, "micro_batch": 16, "judged": 100, "seeds": 1,
                     "replay_examples": 8, "threads": 1},
        "schedule": {"kind": "constant", "warmup": 0},
        "training": {"precision": "fp32", "device": "cpu"},
        "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0}})"));
    return overlay_spec(spec, {{"sequence", sequence}});
}

struct ShapesStudy {
    Scratch folder;
    Workspace workspace = Workspace::open(folder / "groundwork").or_throw();
    SequenceStudy carry_out(const Json& sequence) {
        const Json spec = shapes_plan(sequence);
        spec_status(spec).or_throw();
        SequenceStudy study = study_of_spec(spec).value();
        return carry_out_study(workspace, study, {}, {}).or_throw();
    }
    CheckpointModel model_of(const SequenceStep& step) {
        const Store store = workspace.store().or_throw();
        return CheckpointModel::load(current_checkpoint(store.run(step.run).or_throw().path).or_throw().path)
            .or_throw();
    }
};

torch::Tensor head_weight(const CheckpointModel& it) {
    return it.model.objective->parameters().front().tensor.detach().clone();
}

TEST(SequenceScenario, WhatAPlanHasOfItsOwnIsRefusedElsewhereAndTheRestIsHeeded) {
    const Json plan = shapes_plan({{"strategies", Json::array({"sequential"})}});
    const auto refusal = [&](const Json& changes) {
        const Status sound = spec_status(overlay_spec(plan, changes));
        return sound ? std::string() : to_text(sound.error());
    };
    for (const auto& [key, value] : {std::pair{"clip", Json(0.5)}, {"seed", Json(7)}, {"threads", Json(3)}}) {
        EXPECT_THAT(refusal({{"training", {{key, value}}}}), testing::HasSubstr(std::string("sequence.") + key));
        EXPECT_EQ(refusal({{"training", {{key, value}}}, {"sequence", {{key, value}}}}), "") << key;
        EXPECT_EQ(refusal({{"sequence", {{key, value}}}}), "") << key;
    }
    EXPECT_THAT(refusal({{"evaluation", {{"every", 5}, {"patience", 3}}}}), testing::HasSubstr("trained to its end"));
    const SequenceStudy study =
        study_of_spec(overlay_spec(plan, {{"training", {{"accumulation", 3}}}, {"saving", {{"every", 4}}}})).value();
    const std::vector<SequenceTask> tasks{{"first", study.datasets[0], {"circle", "cross"}},
                                          {"second", study.datasets[0], {"square", "triangle"}}};
    const Json spec = sequence_request(nullptr, study, tasks, {"sequential", 1, 0, {}, 12}).or_throw().spec;
    EXPECT_EQ(spec["training"]["accumulation"], 3);
    EXPECT_EQ(spec["saving"]["every"], 4);
    const Json usual =
        sequence_request(nullptr, study_of_spec(plan).value(), tasks, {"sequential", 1, 0, {}, 12}).or_throw().spec;
    EXPECT_EQ(usual["saving"]["every"], 20) << "so few steps are made again";
}

TEST(SequenceScenario, AllTasksAtOnceBeginAsTheFirstOneDoes) {
    const fs::path checkpoint = "/somewhere/step-00000005", next = "/somewhere/else/step-00000012";
    const Json plan = overlay_spec(
        shapes_plan({{"strategies", Json::array({"sequential", "joint"})}}),
        {{"start", {{"kind", "checkpoint"}, {"path", checkpoint.string()}, {"fresh", true}, {"forgetting", false}}}});
    const SequenceStudy study = study_of_spec(plan).value();
    const std::vector<SequenceTask> tasks{{"first", study.datasets[0], {"circle", "cross"}},
                                          {"second", study.datasets[0], {"square", "triangle"}}};
    const auto fresh = [&](const char* strategy, std::size_t task, const fs::path& from) {
        const auto request = sequence_request(nullptr, study, tasks, {strategy, 1, task, from, 12});
        EXPECT_TRUE(request) << (request ? "" : to_text(request.error()));
        return request ? request.value().spec["start"]["fresh"] : Json();
    };
    EXPECT_EQ(fresh("sequential", 0, checkpoint), true);
    EXPECT_EQ(fresh("sequential", 1, next), false) << "what the task before learnt goes on";
    EXPECT_EQ(fresh("joint", 1, checkpoint), true) << "the second task's data is the run's own there";
}

TEST(SequenceScenario, EveryStrategyGoesThroughPicturesInEachFromTheFirstWeightsOn) {
    for (const char* scenario : {"task", "domain", "class"}) {
        ShapesStudy shapes;
        const SequenceStudy done = shapes.carry_out({{"scenario", scenario}});
        ASSERT_EQ(done.tasks.size(), 2U) << scenario;
        ASSERT_EQ(done.results.size(), sequence_strategies().size()) << scenario;
        for (const SequenceResult& r : done.results) {
            const std::string what = std::string(scenario) + " " + r.strategy;
            ASSERT_EQ(r.by_head.size(), r.strategy == "joint" ? 1U : 2U) << what;
            if (r.strategy != "joint") {
                EXPECT_TRUE(r.by_head[0][0]) << what;
                EXPECT_FALSE(r.by_head[0][1]) << what << ": nothing is said of a task to come";
            }
            for (const auto& cell : r.by_head.back()) {
                ASSERT_TRUE(cell) << what;
                EXPECT_GE(*cell, 0);
                EXPECT_LE(*cell, 1);
            }
            EXPECT_TRUE(r.neighbours_before.empty()) << what << ": no checkpoint stands before it";
        }
        for (const StrategyRow& row : strategy_rows(done)) EXPECT_EQ(row.forward.count, 0U) << scenario;
        const Json scores = study_scores(done);
        EXPECT_TRUE(scores.contains(std::string(scenario) + "/si/accuracy")) << scores.dump();
        EXPECT_TRUE(scores.contains(std::string(scenario) + "/sequential/forgetting")) << scores.dump();
        EXPECT_FALSE(scores.contains(std::string(scenario) + "/joint/forgetting")) << scores.dump();
        // The last of each: two outputs for each head of its own or for the one of all, four for all classes.
        for (const SequenceStep& step : done.steps) {
            if (step.task == 0 && step.strategy != "joint") continue;
            const CheckpointModel it = shapes.model_of(step);
            const std::string what = std::string(scenario) + " " + step.strategy;
            EXPECT_EQ(head_weight(it).size(0), std::string(scenario) == "class" ? 4 : 2) << what;
            ASSERT_EQ(it.model.others.size(), 1U) << what;
            EXPECT_EQ(it.model.others[0].head == nullptr, std::string(scenario) != "task") << what;
        }
    }
}

TEST(SequenceScenario, ASharedHeadGoesOnFromWhereItWas) {
    // Without a step's width nothing moves: what the second task ends with is what it began with.
    for (const char* scenario : {"domain", "class"}) {
        ShapesStudy shapes;
        const SequenceStudy done =
            shapes.carry_out({{"scenario", scenario}, {"strategies", {"sequential"}}, {"lr", 0.0}});
        ASSERT_EQ(done.steps.size(), 2U);
        const torch::Tensor first = head_weight(shapes.model_of(done.steps[0])),
                            second = head_weight(shapes.model_of(done.steps[1]));
        ASSERT_EQ(first.size(0), 2) << scenario;
        EXPECT_TRUE(torch::equal(first, second.narrow(0, 0, 2))) << scenario;
        if (std::string(scenario) == "class") {
            EXPECT_GT(second.narrow(0, 2, 2).abs().max().item<float>(), 0) << "new classes have first weights";
        }
    }
}

TEST(SequenceScenario, EachTaskHasAHeadThatBeginsElsewhere) {
    // The backbone was shaped to be read by the head before. One that begins at the same weights reads the same
    // features, and learning the next task would write over them.
    ShapesStudy shapes;
    const SequenceStudy done = shapes.carry_out({{"strategies", {"sequential", "joint"}}, {"lr", 0.0}});
    const CheckpointModel first = shapes.model_of(done.steps[0]), second = shapes.model_of(done.steps[1]),
                          joint = shapes.model_of(done.steps[2]);
    ASSERT_EQ(done.steps[2].strategy, "joint");
    const auto unlike = [](const torch::Tensor& a, const torch::Tensor& b) {
        return std::abs((a * b).sum().item<double>()) < 0.6 * (a.norm() * b.norm()).item<double>();
    };
    const auto of_other = [](const CheckpointModel& it) {
        return it.model.others.at(0).head->parameters().front().tensor;
    };
    EXPECT_TRUE(torch::equal(of_other(second), head_weight(first)));
    EXPECT_TRUE(unlike(head_weight(second), head_weight(first)));
    EXPECT_TRUE(unlike(head_weight(joint), of_other(joint)));
}

TEST(SequenceScenario, TheMatrixSaysWhatScoringEachTaskByTheSharedHeadSays) {
    ShapesStudy shapes;
    const SequenceStudy done = shapes.carry_out(
        {{"scenario", "class"}, {"strategies", {"replay", "joint"}}, {"judged_part", "test"}, {"iterations", 40}});
    for (const SequenceStep& step : done.steps) {
        const CheckpointModel it = shapes.model_of(step);
        const std::vector<std::string> classes = it.model.labels.classes;
        for (std::size_t task = 0; task < done.tasks.size(); ++task) {
            if (!step.by_head[task]) continue;
            const auto cut = done.tasks[task].find(" | ");
            Json dataset = done.datasets.front();
            dataset["only"] = {done.tasks[task].substr(0, cut), done.tasks[task].substr(cut + 3)};
            PrepareRequest ask{
                dataset, done.split, it.facts.spec.at("tokenizer"), it.facts.tokenizer, false, shapes.workspace.cache(),
                {},      {}};
            ask.labels = it.model.labels;
            ask.input = it.model.input;
            const PreparedData data = prepare_data(ask).or_throw();
            const Score score =
                score_part(it.model, *it.model.objective, data, Part::test, ScoreOptions(), {}, std::stop_token());
            EXPECT_DOUBLE_EQ(score.metrics.at("accuracy"), *step.by_head[task])
                << step.strategy << " " << step.task << " of " << task;
        }
    }
}

TEST(SequenceScenario, StoppedInItsSecondTaskWithASharedHeadAndResumedItIsTheSameToTheBit) {
    const auto task = [](const char* name, const Json& only, const Json& changes) {
        Json spec = shapes_plan(Json::object());
        spec["dataset"]["only"] = only;
        spec["sequence"] = {{"kind", "task"}, {"name", name},    {"scenario", "class"},
                            {"hold", "si"},   {"strength", 1.0}, {"replay", 8}};
        spec["training"].update({{"budget", 12}, {"budget_unit", "steps"}, {"micro_batch", 8}});
        return complete_spec(overlay_spec(spec, changes));
    };
    test::Stretches first, whole, parts;
    ASSERT_EQ(first.go(task("one", {"circle", "square"}, {{"sequence", {{"kind", "task"}, {"first", true}}}})).end,
              Outcome::End::finished)
        << first.why();
    const Json start = {{"start", {{"kind", "checkpoint"}, {"path", first.current().string()}, {"forgetting", false}}}};
    const Json spec = task("two", {"cross", "triangle"}, start);
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 5).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(5)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    for (const char* file :
         {"backbone.safetensors", "head.safetensors", "optimizer.safetensors", "holding.safetensors"})
        EXPECT_EQ(read_file(whole.current() / file).or_throw(), read_file(parts.current() / file).or_throw()) << file;
    const auto facts = whole.all<RunFacts>();
    ASSERT_FALSE(facts.empty());
    EXPECT_EQ(facts.front().classes, (std::vector<std::string>{"circle", "square", "cross", "triangle"}));
    EXPECT_FALSE(whole.said("warning", "has no example of")) << "earlier classes have none here, as is meant";
    // Another scenario is another sequence.
    test::Stretches other;
    Json changed = start;
    changed["sequence"] = {{"kind", "task"}, {"scenario", "domain"}};
    ASSERT_EQ(other.go(task("two", {"cross", "triangle"}, changed)).end, Outcome::End::failed);
    EXPECT_THAT(other.why(), testing::HasSubstr("sequence.scenario=class"));
}

TEST(SequenceScenario, WhatTheSharedHeadRemembersOfTheTaskBeforeIsItsFirstRows) {
    Parameters parameters{{"backbone.w", torch::zeros({4}).set_requires_grad(true)},
                          {"head.output.weight", torch::zeros({2, 4}).set_requires_grad(true)}};
    ParameterBank bank(parameters, torch::kCPU);
    const auto names = [&](bool with_head) {
        std::vector<std::string> out;
        for (const Parameter& one : synaptic_holding(bank, 1, with_head)->state(bank)) out.push_back(one.name);
        return out;
    };
    EXPECT_THAT(names(true), testing::Contains("si.own.head.output.weight"));
    EXPECT_THAT(names(false), testing::Not(testing::Contains("si.own.head.output.weight")));
    const torch::Tensor theirs = torch::ones({2, 3}), ours = torch::zeros({4, 3});
    EXPECT_TRUE(copy_grown(theirs, ours));
    EXPECT_EQ(ours.sum().item<float>(), 6);
    EXPECT_EQ(ours.narrow(0, 2, 2).abs().sum().item<float>(), 0);
    EXPECT_FALSE(copy_grown(torch::ones({5, 3}), ours)) << "fewer than there were";
    EXPECT_FALSE(copy_grown(torch::ones({2, 2}), ours)) << "of another width";
}

TEST(SequenceScenario, TasksThatCannotShareAHeadAreRefused) {
    ShapesStudy shapes;
    const auto why_not = [&](const SequenceStudy& study) {
        const auto done = carry_out_study(shapes.workspace, study, {}, {});
        return done ? std::string() : to_text(done.error());
    };
    // Five classes, two a task: the last task has three.
    Json plan = shapes_plan({{"scenario", "domain"}});
    plan["dataset"]["only"].push_back("ring");
    EXPECT_THAT(why_not(study_of_spec(plan).value()), testing::HasSubstr("as many in each"));
    EXPECT_TRUE(shapes.workspace.store().or_throw().runs().or_throw().empty()) << "the first was trained for nothing";
    // The same classes in two datasets would share rows of the head.
    SequenceStudy study = study_of_spec(shapes_plan({{"scenario", "class"}})).value();
    Json three = study.datasets.front();
    three["only"] = {"circle", "square", "cross"};
    study.datasets.push_back(three);
    study.group = 0;
    EXPECT_THAT(why_not(study), testing::HasSubstr("is called as one of another task"));
}

TEST(SequencePlan, OfWhatCannotBeCutIntoTasksIsRefused) {
    const auto refusal = [](const Json& spec) {
        const Status status = spec_status(spec);
        return status ? std::string() : to_text(status.error());
    };
    EXPECT_EQ(refusal(shapes_plan(Json::object())), "");
    EXPECT_THAT(refusal(shapes_plan({{"strategies", {"hope"}}})), testing::HasSubstr("\"hope\" is no strategy"));
    Json spec = shapes_plan({{"judged_part", "test"}});
    spec["split"]["test"] = 0.0;
    EXPECT_THAT(refusal(spec), testing::HasSubstr("sequence.judged_part"));
    spec = default_spec();
    spec["sequence"] = find_sheet("sequence", "tasks")->complete(Json::object());
    EXPECT_THAT(refusal(spec), testing::HasSubstr("one class an example"));
    spec = overlay_spec(default_spec(), {{"dataset", {{"kind", "labelled_text"}, {"paths", {"a.tsv"}}}},
                                         {"objective", {{"kind", "classification"}}},
                                         {"sequence", {{"kind", "tasks"}}}});
    EXPECT_THAT(refusal(spec), testing::HasSubstr("a checkpoint to begin from"));
}

TEST(SequencePlan, IsManyRunsAndNotOne) {
    ShapesStudy shapes;
    LaunchRequest request;
    request.spec = shapes_plan(Json::object());
    const auto run = LiveRun::launch(shapes.workspace, request, HostKind::inline_);
    ASSERT_FALSE(run);
    EXPECT_THAT(to_text(run.error()), testing::HasSubstr("a sequence of tasks, which is many runs"));
    EXPECT_FALSE(study_of_spec(default_spec())) << "one run";
}

TEST(SequencePlan, TheRecipeOfDigitsIsTheSettingOfThePublishedFigures) {
    Json spec = overlay_spec(default_spec(), find_recipe("split-mnist").or_throw().spec);
    spec["dataset"]["paths"] = {"mnist"};
    const SequenceStudy study = study_of_spec(spec).value();
    EXPECT_TRUE(study.checkpoint.empty());
    EXPECT_EQ(study.group, 2);
    EXPECT_EQ(study.settings.at("iterations"), 2000);
    EXPECT_EQ(study.settings.at("micro_batch"), 128);
    EXPECT_EQ(study.settings.at("judged_part"), "test");
    EXPECT_EQ(study.spec.at("backbone").at("width"), 400);
    EXPECT_EQ(study.spec.at("optimizer").at("beta2"), 0.999);
    EXPECT_EQ(study.spec.at("optimizer").at("weight_decay"), 0);
    for (const char* strategy : {"sequential", "si", "replay", "lp_ft", "joint"})
        EXPECT_THAT(study.strategies, testing::Contains(strategy));
}

TEST(Sequence, AStudyThatSaysNothingOfSettingsThatCameLaterGoesOn) {
    ShapesStudy shapes;
    const Json plan = {{"strategies", {"sequential"}}, {"iterations", 4}};
    const SequenceStudy done = shapes.carry_out(plan);
    Store store = shapes.workspace.store().or_throw();
    Json body = to_json(done);
    for (const char* later : {"scenario", "judged_part"}) body["settings"].erase(later);
    store.set_saved({"sequence", done.name, body, "2026-01-31T12:00:00Z"}).or_throw();
    SequenceStudy again = study_of_spec(shapes_plan(plan)).value();
    again.name = done.name;
    const std::size_t runs = store.runs().or_throw().size();
    EXPECT_EQ(carry_out_study(shapes.workspace, again, {}, {}).or_throw().results.size(), 1U);
    EXPECT_EQ(store.runs().or_throw().size(), runs) << "nothing is done twice";
}

}  // namespace
}  // namespace gw
