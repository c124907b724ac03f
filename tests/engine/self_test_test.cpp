#include "train/replay/self_test.h"

#include <algorithm>
#include <cstdlib>

#include "adapt/model_state.h"
#include "artifact/safetensors.h"
#include "engine/stretch.h"

// The proof that a spec is resumed exactly, and that it finds what is not.
namespace gw {
namespace {

SelfTestRequest request_of(const Json& spec, const Scratch& folder) {
    SelfTestRequest request;
    request.spec = spec;
    request.cache = folder / "cache";
    request.scratch = folder / "scratch";
    request.steps = 6;
    return request;
}

Json tested(const Json& changes = Json::object()) {
    return test::tiny_spec(overlay_spec({{"monitoring", {{"layers_every", 0}}},
                                         {"backbone", {{"layers", 2}, {"width", 16}, {"context", 16}}},
                                         {"training", {{"micro_batch", 2}, {"accumulation", 2}, {"threads", 1}}}},
                                        changes));
}

std::string words_of(const SelfTestReport& report) {
    std::string out;
    for (const Phrase& phrase : self_test_words(report)) out += phrase.text() + "\n";
    return out;
}

/// Writes a checkpoint anew with what `change` makes of its tensors and state, so that its hashes are right.
void rewrite(const fs::path& checkpoint, const std::string& file,
             const std::function<void(const std::string& name, std::string& bytes)>& change,
             const std::function<void(Json&)>& change_state = {}) {
    const fs::path aside = checkpoint.parent_path() / "rewritten";
    CheckpointWriter writer = CheckpointWriter::begin(aside, 0).or_throw();
    for (const fs::directory_entry& entry : fs::directory_iterator(checkpoint)) {
        const std::string name = entry.path().filename().string();
        if (name == "manifest.json") continue;
        if (name == "state.json" && change_state) {
            Json state = Json::parse(read_file(entry.path()).or_throw());
            change_state(state);
            writer.add(name, state.dump(1)).or_throw();
        } else if (name == file) {
            const SafetensorsFile tensors = SafetensorsFile::open(entry.path()).or_throw();
            std::vector<std::string> held;
            held.reserve(tensors.tensors().size());
            std::vector<TensorView> views;
            for (TensorView view : tensors.tensors()) {
                held.emplace_back(static_cast<const char*>(view.data), view.bytes);
                change(view.name, held.back());
                view.data = held.back().data();
                views.push_back(view);
            }
            write_safetensors(writer.file(name), views, tensors.metadata()).or_throw();
        } else {
            writer.add(name, read_file(entry.path()).or_throw()).or_throw();
        }
    }
    writer.commit().or_throw();
    remove_checkpoint(checkpoint).or_throw();
    fs::rename(aside, checkpoint);
}

void leave(const std::string&, std::string&) {}

TEST(SelfTest, OfASpecWithAccumulationAndDropoutFindsNothing) {
    const Scratch folder;
    SelfTestRequest request = request_of(tested(), folder);
    std::vector<SelfTestStage> stages;
    request.progress = [&](SelfTestStage stage, double share) {
        EXPECT_GE(share, 0);
        EXPECT_LE(share, 1);
        if (stages.empty() || stages.back() != stage) stages.push_back(stage);
    };
    const SelfTestReport report = self_test(request).or_throw();
    EXPECT_TRUE(report.same) << words_of(report);
    EXPECT_EQ(report.steps, 6);
    EXPECT_EQ(report.resumed_after, (std::vector<std::int64_t>{2, 5}));
    EXPECT_EQ(report.accumulation, 2);
    EXPECT_GT(report.tensors, 20);
    EXPECT_GT(report.figures, 12);
    EXPECT_EQ(stages, (std::vector{SelfTestStage::straight, SelfTestStage::resumed, SelfTestStage::comparing}));
    EXPECT_NE(words_of(report).find("Exact to the bit: 6 steps"), std::string::npos) << words_of(report);
    EXPECT_TRUE(fs::is_empty(folder / "scratch"));
}

TEST(SelfTest, NamesTheMomentThatWasNotRestored) {
    const Scratch folder;
    SelfTestRequest request = request_of(tested(), folder);
    request.resumes = 1;
    std::string zeroed;
    request.before_resume = [&](const fs::path& checkpoint) {
        rewrite(checkpoint, "optimizer.safetensors", [&](const std::string& name, std::string& bytes) {
            if (name.find("backbone.blocks.1.") == std::string::npos || (!zeroed.empty() && name != zeroed)) return;
            zeroed = name;
            std::fill(bytes.begin(), bytes.end(), '\0');
        });
    };
    const SelfTestReport report = self_test(request).or_throw();
    ASSERT_FALSE(zeroed.empty());
    EXPECT_FALSE(report.same);
    EXPECT_EQ(report.cause, SelfTestReport::Cause::update);
    ASSERT_TRUE(report.tensor);
    // The moment was lost after step 3: the first update after it moves the weight, and no other, otherwise.
    EXPECT_EQ(report.tensor->step, 4);
    EXPECT_EQ(report.tensor->part, "backbone");
    EXPECT_EQ(report.tensor->layer, "blocks.1");
    EXPECT_TRUE(zeroed.ends_with("backbone." + report.tensor->name)) << zeroed << " " << report.tensor->name;
    EXPECT_NE(report.tensor->straight, report.tensor->then);
    ASSERT_TRUE(report.figure);
    EXPECT_EQ(report.figure->step, 4);  // an evaluation comes after the update
    EXPECT_TRUE(report.figure->name.starts_with("validation/")) << report.figure->name;
    const Json json = to_json(report);
    EXPECT_EQ(json["cause"], "update");
    EXPECT_EQ(json["tensor"]["layer"], "blocks.1");
    EXPECT_TRUE(fs::is_empty(folder / "scratch"));
}

TEST(SelfTest, NamesAPlaceInTheDataThatWasNotRestored) {
    const Scratch folder;
    SelfTestRequest request = request_of(tested(), folder);
    request.resumes = 1;
    request.before_resume = [](const fs::path& checkpoint) {
        rewrite(checkpoint, "", leave, [](Json& state) { state["sampler"]["next_sample"] = 0; });
    };
    const SelfTestReport report = self_test(request).or_throw();
    EXPECT_FALSE(report.same);
    EXPECT_EQ(report.cause, SelfTestReport::Cause::begin);
    ASSERT_TRUE(report.figure);
    EXPECT_EQ(report.figure->step, 4);
    EXPECT_EQ(report.figure->name, "train/loss");
    ASSERT_TRUE(report.figure->straight && report.figure->then);
    EXPECT_NE(*report.figure->straight, *report.figure->then);
}

TEST(SelfTest, ReplacesABudgetByTheClockAndOneThatIsTooShort) {
    const Scratch folder;
    for (const Json& budget :
         {Json{{"budget", 0.5}, {"budget_unit", "minutes"}}, Json{{"budget", 3}, {"budget_unit", "steps"}}}) {
        const SelfTestReport report = self_test(request_of(tested({{"training", budget}}), folder)).or_throw();
        EXPECT_TRUE(report.same) << words_of(report);
        EXPECT_EQ(report.notes.size(), 1U) << budget.dump();
    }
}

TEST(SelfTest, CanBeCancelledAndLeavesNothing) {
    const Scratch folder;
    SelfTestRequest request = request_of(tested(), folder);
    std::stop_source stop;
    request.stop = stop.get_token();
    request.progress = [&](SelfTestStage stage, double) {
        if (stage == SelfTestStage::resumed) stop.request_stop();
    };
    const auto report = self_test(request);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, Error::Code::cancelled);
    EXPECT_TRUE(fs::is_empty(folder / "scratch"));
}

TEST(SelfTest, HandsOnWhatARunCannotDo) {
    const Scratch folder;
    const Json spec = tested({{"dataset", {{"kind", "text_files"}, {"paths", {"/nowhere/at/all.txt"}}}}});
    const auto report = self_test(request_of(spec, folder));
    ASSERT_FALSE(report);
    EXPECT_NE(to_text(report.error()).find("/nowhere/at/all.txt"), std::string::npos);
}

/// A recipe on data that the program makes itself, with so small a network that it is trained in a moment.
Json shortened_recipe(const Recipe& recipe) {
    const Json base = overlay_spec(default_spec(), recipe.spec);
    const bool pictures = base["backbone"]["kind"] != "transformer";
    Json changes = {{"training", {{"micro_batch", 8}, {"device", "cpu"}, {"threads", 1}, {"precision", "bf16"}}}};
    changes["dataset"] = pictures ? Json{{"kind", "shapes"}, {"pictures", 160}, {"size", 16}}
                                  : Json{{"kind", "storybook"}, {"stories", 300}};
    if (pictures) changes["dataset"]["held_out"] = base["dataset"].value("held_out", 0.0);
    if (base["split"]["kind"] != "test_files" || base["dataset"]["kind"] != "shapes")
        changes["split"] = {{"kind", "by_document"}, {"validation", 0.2}, {"test", 0.0}};
    if (base["tokenizer"]["kind"] != "none") changes["tokenizer"] = {{"kind", "bytes"}};
    Json wanted = {{"layers", 1},       {"width", 16},      {"heads", 2},       {"context", 32},
                   {"channels", 4},     {"groups", 2},      {"stages", 2},      {"patch", 4},
                   {"image_layers", 2}, {"image_width", 8}, {"text_layers", 1}, {"text_width", 16}};
    for (const auto& [key, small] : wanted.items())
        if (base["backbone"].contains(key)) changes["backbone"][key] = small;
    if (base["objective"].contains("queue")) changes["objective"]["queue"] = 16;
    return overlay_spec(base, changes);
}

/// Masks; two views with a queue and an encoder that follows; running statistics. $GROUNDWORK_EVERY_RECIPE tries all.
TEST(SelfTest, OfShortenedRecipesFindsNothing) {
    const Scratch folder;
    int tried = 0;
    for (const Recipe& recipe : recipes().or_throw()) {
        const bool sampled = recipe.id == "masked-lm" || recipe.id == "fashion-moco" || recipe.id == "cifar-resnet";
        if (recipe.spec.contains("sequence") || (!sampled && !std::getenv("GROUNDWORK_EVERY_RECIPE"))) continue;
        const Json spec = shortened_recipe(recipe);
        const Status sound = spec_status(spec);
        ASSERT_TRUE(sound) << recipe.id << ": " << to_text(sound.error());
        const auto report = self_test(request_of(complete_spec(spec), folder));
        ASSERT_TRUE(report) << recipe.id << ": " << to_text(report.error());
        EXPECT_TRUE(report.value().same) << recipe.id << ": " << words_of(report.value());
        ++tried;
    }
    EXPECT_GE(tried, 3);
}

TEST(Restore, WhatIsNoCountInACheckpointIsNamedAndNothingIsTrained) {
    const Json spec = overlay_spec(tested(), {{"saving", {{"every", 2}, {"keep_last", 9}}}});
    test::Stretches run;
    ASSERT_EQ(run.go(spec, {}, 2).end, Outcome::End::stopped) << run.why();
    const fs::path place = run.checkpoint(2), kept = run.folder.path() / "kept";
    fs::copy(place, kept, fs::copy_options::recursive);
    for (const auto& [name, path, value] :
         {std::tuple{"step", "/step", Json(-3)},
          {"step", "/step", Json("x")},
          {"step", "/step", Json(1e300)},
          {"tokens", "/tokens", Json(-1)},
          {"sampler.next_sample", "/sampler/next_sample", Json(-50)},
          {"sampler.next_sample", "/sampler/next_sample", Json(std::uint64_t{1} << 63)},
          {"optimizer_updates", "/optimizer_updates", Json(-1)},
          {"origin", "/origin", Json::array()}}) {
        fs::remove_all(place);
        fs::copy(kept, place, fs::copy_options::recursive);
        rewrite(place, "", leave, [&](Json& state) { state[Json::json_pointer(path)] = value; });
        EXPECT_EQ(run.go(spec, place).end, Outcome::End::failed) << name;
        EXPECT_NE(run.why().find(std::string("its ") + name + " is no count"), std::string::npos) << run.why();
        EXPECT_NE(run.why().find(place.string()), std::string::npos) << run.why();
    }
    fs::remove_all(place);
    fs::copy(kept, place, fs::copy_options::recursive);
    EXPECT_EQ(run.go(spec, place).end, Outcome::End::finished) << run.why();
}

}  // namespace
}  // namespace gw
