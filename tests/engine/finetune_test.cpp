#include "workspace/models/finetune.h"

#include <gmock/gmock.h>

#include "adapt/adaptation.h"
#include "adapt/adapters.h"
#include "adapt/checkpoint_model.h"
#include "artifact/checkpoint.h"
#include "artifact/safetensors.h"
#include "engine/small.h"
#include "study/inference.h"
#include "train/message/probe_report.h"
#include "workspace/live_run.h"

// Runs that begin from a checkpoint: what is copied, what is trained, what is refused.
namespace gw {
namespace {

/// A workspace with a trained parent, and two classes of short texts.
class Finetune : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<Scratch>();
        workspace_ = Workspace::open(folder_->path() / "groundwork").or_throw();
        const RunRecord parent =
            go(test::tiny_spec({{"training", {{"budget", 12}}}, {"saving", {{"every", 6}}}}), "parent");
        checkpoint_ = newest_whole_checkpoint(fs::path(parent.path) / "checkpoints").or_throw();
        std::ofstream tsv(folder_->path() / "fruit.tsv");
        for (int i = 0; i < 120; ++i)
            tsv << (i % 2 ? "the cat sat on mat " : "a dog ran to town ") << i << "\t" << (i % 2 ? "cat" : "dog")
                << "\n";
    }
    static void TearDownTestSuite() {
        workspace_.reset();
        folder_.reset();
    }
    static RunRecord go(const Json& spec, const std::string& name, std::int64_t stop_at = 0) {
        LaunchRequest request;
        request.spec = spec;
        request.name = name;
        request.stop_at = stop_at;
        auto run = LiveRun::launch(*workspace_, request, HostKind::inline_).or_throw();
        const Outcome outcome = run->wait();
        EXPECT_FALSE(outcome.error) << to_text(*outcome.error);
        return workspace_->store().or_throw().run(run->id()).or_throw();
    }
    static std::string data() { return (folder_->path() / "fruit.tsv").string(); }
    /// The suggested spec with changes, small enough for a test.
    static Json begun(const Json& changes = Json::object()) {
        Json all = {{"dataset", {{"kind", "labelled_text"}, {"paths", {data()}}}}};
        all.update(changes, /*merge_objects=*/true);
        Json spec = finetune_spec(parent_card(*workspace_, checkpoint_).or_throw(), all).or_throw();
        spec = overlay_spec(spec, {{"training", {{"budget", 10}, {"budget_unit", "steps"}, {"micro_batch", 8}}},
                                   {"evaluation", {{"every", 5}}},
                                   {"optimizer", {{"lr", 0.003}}}});
        spec = overlay_spec(spec, {{"training", changes.value("training", Json::object())},
                                   {"optimizer", changes.value("optimizer", Json::object())}});
        return spec;
    }
    static std::string refusal(const Json& changes) {
        Json all = {{"dataset", {{"kind", "labelled_text"}, {"paths", {data()}}}}};
        all.update(changes, true);
        const auto spec = finetune_spec(parent_card(*workspace_, checkpoint_).or_throw(), all);
        return spec ? "no error" : to_text(spec.error());
    }
    static CheckpointModel model_of(const RunRecord& run) {
        return CheckpointModel::load(newest_whole_checkpoint(fs::path(run.path) / "checkpoints").or_throw()).or_throw();
    }
    static torch::Tensor weight(const CheckpointModel& model, const std::string& name) {
        for (const auto& entry : model.model.bank->entries())
            if (entry.name == name) return entry.parameter.detach();
        ADD_FAILURE() << "no weight " << name;
        return {};
    }
    static double value(const RunRecord& run, const std::string& metric, bool first = false) {
        const auto points = workspace_->store().or_throw().series(run.id, metric).or_throw();
        EXPECT_FALSE(points.empty()) << metric;
        return points.empty() ? 0 : first ? points.front().value : points.back().value;
    }

    static std::unique_ptr<Scratch> folder_;
    static std::optional<Workspace> workspace_;
    static fs::path checkpoint_;
};
std::unique_ptr<Scratch> Finetune::folder_;
std::optional<Workspace> Finetune::workspace_;
fs::path Finetune::checkpoint_;

TEST_F(Finetune, LearnsAndTellsWhatIsForgotten) {
    const RunRecord run = go(begun({{"training", {{"budget", 60}}}}), "fruit");
    EXPECT_EQ(run.status, "finished");
    EXPECT_GT(value(run, "validation/accuracy"), 0.9);
    EXPECT_EQ(run.parent, run_of_checkpoint(*workspace_, workspace_->store().or_throw(), checkpoint_)->id);
    EXPECT_EQ(run.facts.at("classes"), (Json{"cat", "dog"}));
    EXPECT_EQ(run.facts.at("tokens_before").get<std::int64_t>(), 12 * 4 * 32);
    // Before the first step the parent's loss is what the parent itself reaches on its data.
    const auto parents = score_checkpoint(checkpoint_, "validation", {}, workspace_->cache(), {}, {}).or_throw();
    const double first = value(run, "parent/loss", /*first=*/true);
    EXPECT_NEAR(first, parents.loss, 0.05 * parents.loss);  // a part of the same text
    const auto whole = score_checkpoint(newest_whole_checkpoint(fs::path(run.path) / "checkpoints").or_throw(),
                                        "validation", {}, workspace_->cache(), {}, {})
                           .or_throw();
    EXPECT_NEAR(whole.metrics.at("accuracy"), value(run, "validation/accuracy"), 1e-9);
    EXPECT_TRUE(fs::exists(fs::path(run.path) / "predictions-validation.jsonl"));
}

TEST_F(Finetune, FreshWeightsKeepOnlyShapeAndTokenizer) {
    const Json fresh = begun({{"start", {{"kind", "checkpoint"}, {"fresh", true}}}});
    const RunRecord run =
        go(overlay_spec(fresh, {{"training", {{"budget", 1}}}, {"optimizer", {{"lr", 1e-9}}}}), "fresh");
    const CheckpointModel parent = CheckpointModel::load(checkpoint_).or_throw(), child = model_of(run);
    bool random = false;
    for (const auto& entry : parent.model.bank->entries())
        if (entry.name.starts_with("backbone."))
            random = random || !torch::allclose(entry.parameter.detach(), weight(child, entry.name), 1e-3, 1e-5);
    EXPECT_TRUE(random);
    EXPECT_EQ(run.facts.at("vocabulary"),
              workspace_->store().or_throw().run("parent").or_throw().facts.at("vocabulary"));
    EXPECT_EQ(run.facts.at("tokens_before").get<std::int64_t>(), 0);
    EXPECT_EQ(run.parent, "");  // nothing of the parent's training is in it
    EXPECT_THAT(refusal({{"start", {{"kind", "checkpoint"}, {"fresh", true}, {"train", "head"}}}}),
                testing::HasSubstr("start.train=all"));
}

TEST_F(Finetune, HeadAloneLeavesTheBackboneAsItWas) {
    const RunRecord run = go(begun({{"start", {{"kind", "checkpoint"}, {"train", "head"}}}}), "head");
    const CheckpointModel parent = CheckpointModel::load(checkpoint_).or_throw(), child = model_of(run);
    for (const auto& entry : parent.model.bank->entries())
        if (entry.name.starts_with("backbone.")) {
            EXPECT_TRUE(torch::equal(entry.parameter.detach(), weight(child, entry.name))) << entry.name;
        }
    EXPECT_EQ(value(run, "parent/loss", true), value(run, "parent/loss"));
    EXPECT_EQ(run.facts.at("trainable_parameters").get<std::int64_t>(), 2 * 32 + 2);
}

TEST_F(Finetune, FrozenAndLastLayersStay) {
    const RunRecord run = go(
        begun(
            {{"start", {{"kind", "checkpoint"}, {"train", "last"}, {"last", 1}, {"frozen", {"blocks.1.attention"}}}}}),
        "last");
    const CheckpointModel parent = CheckpointModel::load(checkpoint_).or_throw(), child = model_of(run);
    auto same = [&](const std::string& name) { return torch::equal(weight(parent, name), weight(child, name)); };
    EXPECT_TRUE(same("backbone.tokens.weight"));
    EXPECT_TRUE(same("backbone.blocks.0.feed_forward.up.weight"));
    EXPECT_TRUE(same("backbone.blocks.1.attention.qkv.weight"));
    EXPECT_FALSE(same("backbone.blocks.1.feed_forward.up.weight"));
}

TEST_F(Finetune, AdaptersAloneAreTrainedAndCanBeBegunFrom) {
    const RunRecord run = go(begun({{"start", {{"kind", "checkpoint"}, {"train", "lora"}, {"rank", 2}}}}), "lora");
    const CheckpointModel parent = CheckpointModel::load(checkpoint_).or_throw(), child = model_of(run);
    EXPECT_TRUE(torch::equal(weight(parent, "backbone.blocks.0.attention.qkv.weight"),
                             weight(child, "backbone.blocks.0.attention.qkv.weight")));
    EXPECT_GT(weight(child, "backbone.blocks.0.attention.qkv.lora_b").abs().max().item<float>(), 0);
    EXPECT_GT(weight(child, "backbone.tokens.lora_b").abs().max().item<float>(),
              0);  // of labelled texts the words' vectors, too
    EXPECT_LT(run.facts.at("trainable_parameters").get<double>(), 0.2 * run.facts.at("parameters").get<double>());
    // A grandchild begins with the adapters merged into the weights.
    const fs::path middle = newest_whole_checkpoint(fs::path(run.path) / "checkpoints").or_throw();
    const ParentCard card = parent_card(*workspace_, middle).or_throw();
    EXPECT_EQ(card.lineage.size(), 1U);
    Json spec = finetune_spec(card, {{"dataset", {{"kind", "labelled_text"}, {"paths", {data()}}}},
                                     {"start", {{"kind", "checkpoint"}, {"train", "head"}, {"keep_head", true}}}})
                    .or_throw();
    spec = overlay_spec(spec, {{"training", {{"budget", 1}, {"budget_unit", "steps"}}}, {"optimizer", {{"lr", 0.0}}}});
    const RunRecord grandchild = go(spec, "grandchild");
    EXPECT_NEAR(value(grandchild, "validation/loss"), value(run, "validation/loss"), 1e-4);
}

TEST_F(Finetune, AdaptersOfTokensWithNormsAndBiasesBeside) {
    const RunRecord run = go(begun({{"start",
                                     {{"kind", "checkpoint"},
                                      {"train", "lora"},
                                      {"rank", 2},
                                      {"projections", {"tokens"}},
                                      {"train_norms", true}}}}),
                             "tokens");
    const CheckpointModel parent = CheckpointModel::load(checkpoint_).or_throw(), child = model_of(run);
    auto same = [&](const std::string& name) { return torch::equal(weight(parent, name), weight(child, name)); };
    EXPECT_TRUE(same("backbone.tokens.weight"));
    EXPECT_TRUE(same("backbone.blocks.0.attention.qkv.weight"));
    EXPECT_FALSE(same("backbone.blocks.0.attention.qkv.bias"));
    EXPECT_FALSE(same("backbone.blocks.1.norm2.weight"));
    EXPECT_FALSE(same("backbone.norm.weight"));
    EXPECT_GT(weight(child, "backbone.tokens.lora_b").abs().max().item<float>(), 0);
    // Merged, the table of tokens holds what the adapter had learnt.
    const fs::path merged = folder_->path() / "merged-tokens";
    merge_checkpoint(newest_whole_checkpoint(fs::path(run.path) / "checkpoints").or_throw(), merged).or_throw();
    const double after = score_checkpoint(merged, "validation", {}, workspace_->cache(), {}, {}).or_throw().loss;
    EXPECT_NEAR(after, value(run, "validation/loss"), 1e-4);
}

TEST_F(Finetune, SuggestsARateByTheWayOfTraining) {
    const double own = parent_card(*workspace_, checkpoint_).or_throw().spec.at("optimizer").at("lr").get<double>();
    auto suggested = [&](const Json& start) {
        const Json changes = {{"dataset", {{"kind", "labelled_text"}, {"paths", {data()}}}}, {"start", start}};
        return finetune_spec(parent_card(*workspace_, checkpoint_).or_throw(), changes)
            .or_throw()
            .at("optimizer")
            .at("lr")
            .get<double>();
    };
    EXPECT_NEAR(suggested({{"kind", "checkpoint"}}), 0.3 * own, 0.02 * own);
    EXPECT_NEAR(suggested({{"kind", "checkpoint"}, {"train", "lora"}}), 1.7 * own, 0.05 * own);
    EXPECT_NEAR(suggested({{"kind", "checkpoint"}, {"train", "head"}}), own, 0.02 * own);
    EXPECT_NEAR(suggested({{"kind", "checkpoint"}, {"fresh", true}}), own, 0.02 * own);
}

TEST_F(Finetune, AKindThatIsSetTakesOverWhatIsAskedOfItsSection) {
    const ParentCard parent = parent_card(*workspace_, checkpoint_).or_throw();
    const Json changes = {{"dataset", {{"kind", "text_files"}, {"paths", {data()}}}}};
    const Json spec = finetune_spec(parent, changes, {{"dataset.kind", "labelled_text"}}).or_throw();
    EXPECT_EQ(spec.at("dataset").at("kind"), "labelled_text");
    EXPECT_EQ(spec.at("dataset").at("paths"), Json::array({data()}));
    EXPECT_EQ(spec.at("objective").at("kind"), "classification");
    // What the kind has no setting for is refused rather than lost.
    const auto without = finetune_spec(parent, changes, {{"dataset.kind", "storybook"}});
    ASSERT_FALSE(without);
    EXPECT_NE(to_text(without.error()).find("dataset.paths"), std::string::npos) << to_text(without.error());
}

TEST_F(Finetune, ResumesToTheBit) {
    const Json changes = {
        {"start",
         {{"kind", "checkpoint"}, {"train", "all"}, {"head_first", 0.3}, {"unfreeze_every", 2}, {"layer_decay", 0.8}}},
        {"training", {{"budget", 12}}}};
    const RunRecord straight = go(begun(changes), "straight");
    for (const std::int64_t at : {2, 7}) {
        const RunRecord half = go(begun(changes), "halves", at);
        LaunchRequest again;
        again.resume_run = half.id;
        auto run = LiveRun::launch(*workspace_, again, HostKind::inline_).or_throw();
        EXPECT_FALSE(run->wait().error);
        const CheckpointModel a = model_of(straight),
                              b = model_of(workspace_->store().or_throw().run(half.id).or_throw());
        EXPECT_TRUE(torch::equal(a.model.bank->weights(), b.model.bank->weights())) << "stopped at " << at;
    }
}

TEST_F(Finetune, FrozenWeightsHaveNoStateAndComeBackToTheBit) {
    for (const Json& start :
         {Json{{"kind", "checkpoint"}, {"train", "lora"}, {"rank", 2}}, Json{{"kind", "checkpoint"}, {"train", "head"}},
          Json{{"kind", "checkpoint"}, {"train", "last"}, {"last", 1}, {"frozen", {"blocks.1.attention"}}}}) {
        const Json changes = {{"start", start}, {"training", {{"budget", 8}}}};
        const RunRecord straight = go(begun(changes), "straight"), half = go(begun(changes), "half", 3);
        const SafetensorsFile file =
            SafetensorsFile::open(newest_whole_checkpoint(fs::path(half.path) / "checkpoints").or_throw() /
                                  "optimizer.safetensors")
                .or_throw();
        std::int64_t values = 0;
        for (const TensorView& tensor : file.tensors()) {
            std::int64_t count = 1;
            for (const std::int64_t size : tensor.shape) count *= size;
            values += count;
            EXPECT_EQ(tensor.name.find("blocks.0.norm"), std::string::npos) << tensor.name;
        }
        EXPECT_EQ(values, 2 * half.facts.at("trainable_parameters").get<std::int64_t>()) << start.dump();
        LaunchRequest again;
        again.resume_run = half.id;
        auto run = LiveRun::launch(*workspace_, again, HostKind::inline_).or_throw();
        EXPECT_FALSE(run->wait().error);
        const CheckpointModel a = model_of(straight),
                              b = model_of(workspace_->store().or_throw().run(half.id).or_throw());
        EXPECT_TRUE(torch::equal(a.model.bank->weights(), b.model.bank->weights())) << start.dump();
    }
}

TEST_F(Finetune, MomentsOfFrozenWeightsInAnOlderCheckpointArePassedOver) {
    CheckpointModel it = CheckpointModel::load(checkpoint_).or_throw();
    const Json settings = it.facts.spec.at("optimizer");
    it.model.bank->set_paces([](const auto&) { return ParameterBank::Pace{}; });
    const auto all = find_kind(optimizers(), "adamw")->build(settings, *it.model.bank);
    for (auto& [name, flat] : all->state()) flat.fill_(name == "first_moment" ? 3 : 5);
    const fs::path folder = folder_->path() / "older";
    save_checkpoint(folder, it.model, {{it.model.bank.get(), all.get()}}, it.facts).or_throw();
    // The same with the tokens frozen.
    it.model.bank->set_paces([](const auto& entry) {
        return ParameterBank::Pace{entry.name == "backbone.tokens.weight" ? 0.0 : 1.0, 0};
    });
    const auto some = find_kind(optimizers(), "adamw")->build(settings, *it.model.bank);
    load_optimizers(folder, {{it.model.bank.get(), some.get()}}).or_throw();
    EXPECT_EQ(some->state()[0].second.numel(), it.model.bank->trained());
    for (const auto& entry : it.model.bank->entries()) {
        if (entry.trained < 0) continue;
        EXPECT_EQ(it.model.bank->trained_view(some->state()[1].second, entry).min().item<float>(), 5.0F) << entry.name;
    }
    // What was trained and has none is damage.
    fs::remove_all(folder);
    save_checkpoint(folder, it.model, {{it.model.bank.get(), some.get()}}, it.facts).or_throw();
    it.model.bank->set_paces([](const auto&) { return ParameterBank::Pace{}; });
    const Status missing = load_optimizers(folder, {{it.model.bank.get(), all.get()}});
    ASSERT_FALSE(missing);
    EXPECT_THAT(to_text(missing.error()), testing::HasSubstr("first_moment.backbone.tokens.weight"));
    // Unless it joined the training later.
    it.model.bank->set_paces([](const auto& entry) {
        return ParameterBank::Pace{1.0, entry.name == "backbone.tokens.weight" ? 9 : 0};
    });
    EXPECT_TRUE(load_optimizers(folder, {{it.model.bank.get(), all.get()}}));
}

TEST_F(Finetune, SomethingIsAlwaysTrained) {
    using testing::HasSubstr;
    std::ofstream text(folder_->path() / "tied.txt");
    for (int i = 0; i < 200; ++i) text << "Once there was a crow with " << i << " stones.\n";
    text.close();
    auto asked = [&](const Json& start) {
        Json all = {{"kind", "checkpoint"}};
        all.update(start);
        return Json{
            {"dataset",
             {{"kind", "text_files"}, {"paths", {(folder_->path() / "tied.txt").string()}}, {"documents", "line"}}},
            {"start", all},
            {"training", {{"budget", 6}}}};
    };
    // The output shares the token embedding: the head alone is nothing.
    EXPECT_THAT(refusal(asked({{"train", "head"}})),
                HasSubstr("start.train: the head of Next token is the token embedding"));
    EXPECT_THAT(refusal(asked({{"train", "all"}, {"head_first", 0.5}})), HasSubstr("set start.head_first=0"));
    const RunRecord run = go(begun(asked({{"unfreeze_every", 2}})), "tied");
    EXPECT_EQ(run.status, "finished");
    EXPECT_LT(value(run, "train/loss"), value(run, "train/loss", true));
    // Whatever the names are, a run of frozen weights alone is refused by its own words.
    LaunchRequest request;
    request.spec = begun({{"start", {{"kind", "checkpoint"}, {"train", "head"}, {"frozen", {"head"}}}}});
    const Outcome outcome = LiveRun::launch(*workspace_, request, HostKind::inline_).or_throw()->wait();
    ASSERT_TRUE(outcome.error);
    EXPECT_THAT(to_text(*outcome.error), HasSubstr("every weight is frozen"));
}

TEST_F(Finetune, KeepsTheThreadsThatWereAskedFor) {
    const RunRecord run = go(begun({{"training", {{"budget", 1}, {"threads", 1}}}}), "threads");
    EXPECT_EQ(run.facts.at("threads").get<int>(), 1);
    EXPECT_EQ(at::get_num_threads(), 1);
    at::set_num_threads(2);
    const CheckpointModel child = model_of(run);
    EXPECT_EQ(at::get_num_threads(), 1);  // what the run was asked for holds for a look at it too
    EXPECT_EQ(child.model.compute.threads, 1);
    Compute compute;
    compute.threads = 1;
    at::set_num_threads(2);
    (void)CheckpointModel::load(checkpoint_, compute).or_throw();
    EXPECT_EQ(at::get_num_threads(), 2);  // somebody else's matter then
}

TEST_F(Finetune, GoesOnWithTextAndTheSameObjective) {
    std::ofstream text(folder_->path() / "more.txt");
    for (int i = 0; i < 200; ++i) text << "Once there was a fox with " << i << " friends.\n";
    text.close();
    const Json spec = begun(
        {{"dataset",
          {{"kind", "text_files"}, {"paths", {(folder_->path() / "more.txt").string()}}, {"documents", "line"}}}});
    EXPECT_EQ(spec.at("objective").at("kind"), "next_token");
    const RunRecord run = go(spec, "goes on");
    EXPECT_LT(value(run, "validation/loss"), value(run, "validation/loss", true));  // the first is that of step 0
}

TEST_F(Finetune, ProbeTellsOfTheFeatures) {
    const Json spec = begun();
    const ProbeReport report =
        probe_checkpoint({checkpoint_, spec.at("dataset"), spec.at("split"), 100, workspace_->cache(), {}, {}})
            .or_throw();
    EXPECT_GT(report.trained.linear, 0.9);
    EXPECT_NEAR(report.baseline, 0.5, 0.01);
    EXPECT_FALSE(report.words.empty());
}

TEST_F(Finetune, ProbesAtACadenceWhilePretraining) {
    const RunRecord run = go(test::tiny_spec({{"training", {{"budget", 4}}},
                                              {"probing", {{"every", 2}, {"paths", {data()}}, {"examples", 50}}}}),
                             "probed");
    EXPECT_EQ(workspace_->store().or_throw().series(run.id, "probe/knn_accuracy").or_throw().size(), 2U);
    EXPECT_GT(value(run, "probe/linear_accuracy"), 0.5);
}

TEST_F(Finetune, WhatDoesNotFitIsExplained) {
    using testing::HasSubstr;
    EXPECT_THAT(refusal({{"start", {{"kind", "checkpoint"}, {"train", "lora"}, {"rank", 33}}}}),
                HasSubstr("start.rank: the rank 33 is above the width 32"));
    EXPECT_THAT(refusal({{"backbone", {{"kind", "transformer"}, {"width", 64}}}}), HasSubstr("has width 32"));
    EXPECT_THAT(refusal({{"tokenizer", {{"kind", "sentencepiece"}}}}), HasSubstr("another tokenizer"));
    EXPECT_THAT(refusal({{"start", {{"kind", "checkpoint"}, {"keep_head", true}}}}), HasSubstr("does not fit"));
    EXPECT_THAT(refusal({{"objective", {{"kind", "regression"}}}}), HasSubstr("needs labels of the kind number"));
    EXPECT_THAT(refusal({{"start", {{"kind", "checkpoint"}, {"train", "lora"}, {"projections", {"qkvs"}}}}}),
                HasSubstr("\"qkvs\" is no projection of Transformer; did you mean \"qkv\"?"));
    std::ofstream(folder_->path() / "plain.txt") << "Once there was a fox.\n";
    EXPECT_THAT(refusal({{"dataset", {{"kind", "text_files"}, {"paths", {(folder_->path() / "plain.txt").string()}}}},
                         {"start", {{"kind", "checkpoint"}, {"train", "lora"}, {"projections", {"qkv", "tokens"}}}}}),
                HasSubstr("an adapter of the tokens does not reach the output layer"));
    EXPECT_THAT(to_text(parent_card(*workspace_, folder_->path()).error()), HasSubstr("This is no checkpoint"));
    // Without its tokenizer a checkpoint is damaged.
    const fs::path broken = folder_->path() / "broken";
    fs::copy(checkpoint_, broken, fs::copy_options::recursive);
    fs::remove(broken / "tokenizer.json");
    LaunchRequest request;
    request.spec = begun({{"start", {{"kind", "checkpoint"}, {"path", broken.string()}}}});
    const auto launched = LiveRun::launch(*workspace_, request, HostKind::inline_);
    ASSERT_FALSE(launched);
    EXPECT_THAT(to_text(launched.error()), HasSubstr("tokenizer.json"));
}

TEST_F(Finetune, DataThatCannotTeachIsExplained) {
    using testing::HasSubstr;
    auto failure = [&](const std::string& name, const std::string& content, const Json& dataset = Json::object()) {
        std::ofstream(folder_->path() / name) << content;
        Json section = {{"kind", "labelled_text"}, {"paths", {(folder_->path() / name).string()}}};
        section.update(dataset);
        LaunchRequest request;
        request.spec = begun({{"dataset", section}});
        request.spec["split"] = {{"kind", "by_document"}, {"validation", 0.2}};
        auto run = LiveRun::launch(*workspace_, request, HostKind::inline_).or_throw();
        const Outcome outcome = run->wait();
        return outcome.error ? to_text(*outcome.error) : std::string("no error");
    };
    std::string one_class, identifiers;
    for (int i = 0; i < 60; ++i) one_class += "text " + std::to_string(i) + "\tcat\n";
    for (int i = 0; i < 10000; ++i) identifiers += "text " + std::to_string(i) + "\tnumber " + std::to_string(i) + "\n";
    EXPECT_THAT(failure("one.tsv", one_class), HasSubstr("are of one class, \"cat\""));
    EXPECT_THAT(failure("many.tsv", identifiers, {{"text", "1"}, {"label", "2"}}),
                HasSubstr("10,000 different values"));
}

// ---- which weights are trained when

TEST(Adaptation, OpensLayersFromTheLastToTheFirst) {
    const std::vector<std::string> names{"backbone.tokens.weight", "backbone.blocks.0.norm1.weight",
                                         "backbone.blocks.1.norm1.weight", "backbone.norm.weight",
                                         "head.output.weight"};
    Parameters parameters;
    for (const std::string& name : names) parameters.push_back({name, torch::ones({4}).set_requires_grad(true)});
    ParameterBank bank(parameters, torch::kCPU);
    CheckpointStart start;
    start.head_first = 0.5;
    start.unfreeze_every = 10;
    start.layer_decay = 0.5;
    start.head_rate = 4;
    Adaptation adaptation(start, bank, place_by_block, 40);
    auto rates = [&](std::int64_t step) {
        std::vector<double> out;
        for (const std::string& name : names) out.push_back(adaptation.pace(name, step).rate);
        return out;
    };
    EXPECT_EQ(rates(0), (std::vector<double>{0, 0, 0, 0, 4}));
    EXPECT_EQ(rates(20), (std::vector<double>{0, 0, 1, 1, 4}));
    EXPECT_EQ(rates(30), (std::vector<double>{0, 0.5, 1, 1, 4}));
    EXPECT_EQ(rates(40), (std::vector<double>{0.25, 0.5, 1, 1, 4}));
    EXPECT_EQ(adaptation.pace(names[1], 35).since, 30);
    EXPECT_TRUE(adaptation.apply(bank, 0));
    EXPECT_EQ(bank.trainable(), 4);
    EXPECT_FALSE(adaptation.apply(bank, 19));
    EXPECT_TRUE(adaptation.apply(bank, 20));
    EXPECT_EQ(bank.trainable(), 12);
}

TEST(Adaptation, AFrozenWeightStartsWithFullBiasCorrectionWhenItJoins) {
    // The first update of AdamW is lr * sign(gradient), whenever it comes.
    Parameters parameters{{"backbone.blocks.0.a.weight", torch::zeros({16}).set_requires_grad(true)},
                          {"head.b.weight", torch::zeros({16}).set_requires_grad(true)}};
    ParameterBank bank(parameters, torch::kCPU);
    const Json settings = {{"kind", "adamw"}, {"lr", 0.1}, {"weight_decay", 0.0}};
    auto optimizer = find_kind(optimizers(), "adamw")->build(settings, bank);
    for (int step = 0; step < 5; ++step) {
        bank.set_paces([&](const ParameterBank::Entry& entry) {
            return ParameterBank::Pace{entry.name.starts_with("head") || step == 4 ? 1.0 : 0.0,
                                       entry.name.starts_with("head") ? 0 : 4};
        });
        bank.gradients().fill_(0.5F);
        optimizer->step({0.1, torch::ones({}), torch::ones({}, torch::kBool)});
    }
    EXPECT_NEAR(parameters[0].tensor[0].item<float>(), -0.1, 1e-5);
    EXPECT_NEAR(parameters[1].tensor[0].item<float>(), -0.5, 1e-4);
}

}  // namespace
}  // namespace gw
