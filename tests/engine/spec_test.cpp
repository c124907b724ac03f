#include <sys/stat.h>

#include <cmath>
#include <fstream>
#include <random>
#include <thread>

#include "data/dataset.h"
#include "data/split.h"
#include "draw.h"
#include "engine/small.h"
#include "optim/catalog.h"
#include "spec/settings.h"
#include "spec/start.h"
#include "spec/usual_split.h"

namespace gw {
namespace {

bool mentions(const schema::Problems& problems, const std::string& path, const std::string& words) {
    for (const auto& p : problems)
        if (p.path == path && p.message.find(words) != std::string::npos) return true;
    return false;
}

TEST(Declarations, EveryKindTakesItsOwnRanges) {
    std::mt19937_64 rng(1);
    for (const Family& family : families())
        for (const Sheet* sheet : family.kinds) {
            EXPECT_FALSE(sheet->card.title.empty()) << sheet->card.id;
            EXPECT_FALSE(sheet->card.summary.empty()) << sheet->card.id;
            for (const schema::Row& row : sheet->rows) {
                EXPECT_FALSE(row.info.label.empty() || row.info.help.empty()) << family.id << "." << row.info.key;
                for (const std::string& choice : schema::choices_of(row.info))
                    EXPECT_FALSE(schema::choice_title(row.info, choice).empty())
                        << family.id << "." << row.info.key << "=" << choice;
                EXPECT_EQ(schema::misfit(row, row.default_value), "") << family.id << "." << row.info.key;
            }
            for (int i = 0; i < 50; ++i) {
                Json settings = {{"kind", sheet->card.id}};
                for (const schema::Row& row : sheet->rows) settings[std::string(row.info.key)] = test::drawn(row, rng);
                for (const auto& problem : sheet->check(settings, family.id)) {
                    // Rules across fields may object to a draw, but must say where; single values are in range.
                    EXPECT_EQ(problem.path.rfind(family.id + ".", 0), 0U) << problem.path;
                    EXPECT_FALSE(problem.message.empty());
                }
                if (!sheet->check(settings, family.id).empty()) continue;
                const Json complete = sheet->complete(settings);
                EXPECT_EQ(sheet->complete(complete), complete) << family.id << " " << sheet->card.id;
            }
        }
}

TEST(Declarations, EveryValueOutOfRangeIsAProblem) {
    for (const Family& family : families())
        for (const Sheet* sheet : family.kinds)
            for (const schema::Row& row : sheet->rows) {
                if (row.type != schema::Type::integer && row.type != schema::Type::number) continue;
                if (!std::isfinite(row.info.min)) continue;
                const std::string key(row.info.key);
                EXPECT_TRUE(mentions(sheet->check({{key, row.info.min - 1}}, "at"), "at." + key, ""))
                    << family.id << "." << key;
                EXPECT_TRUE(mentions(sheet->check({{key, "word"}}, "at"), "at." + key, "expects"))
                    << family.id << "." << key;
            }
}

TEST(Spec, DefaultIsCleanAndComplete) {
    const Json spec = default_spec();
    for (const auto& p : check_spec(spec)) ADD_FAILURE() << p.path << ": " << p.message;
    EXPECT_EQ(complete_spec(spec), spec);
}

TEST(Spec, EveryRecipeIsCleanOnceItHasData) {
    const auto all = recipes();
    ASSERT_TRUE(all) << all.error().message;
    ASSERT_GE(all.value().size(), 3U);
    EXPECT_EQ(all.value().front().id, "quick-start");
    for (const Recipe& recipe : all.value()) {
        Json spec = overlay_spec(default_spec(), recipe.spec);
        if (spec["dataset"].contains("paths")) spec["dataset"]["paths"] = Json::array({"a.txt"});
        if (spec["start"].contains("path")) spec["start"]["path"] = "/runs/a/checkpoints/step-00000010";
        EXPECT_TRUE(spec_status(spec)) << recipe.id << ": " << spec_status(spec).error().message;
        EXPECT_FALSE(recipe.title.empty() || recipe.summary.empty()) << recipe.id;
    }
    EXPECT_NE(find_recipe("quick-strat").error().hint.find("quick-start"), std::string::npos);
}

TEST(Spec, MistakesAreNamedWithTheirPath) {
    Json spec = default_spec();
    spec["backbone"]["widht"] = 64;
    spec["optimzer"] = Json::object();
    spec["training"]["micro_batch"] = "eight";
    spec["objective"]["kind"] = "next_tokens";
    spec["dataset"] = {{"kind", "text_files"}, {"paths", {std::string("a\0b", 3)}}};
    const auto problems = check_spec(spec);
    EXPECT_TRUE(mentions(problems, "dataset.paths", "NUL"));
    EXPECT_TRUE(mentions(problems, "backbone.widht", "did you mean \"width\""));
    EXPECT_TRUE(mentions(problems, "optimzer", "did you mean \"optimizer\""));
    EXPECT_TRUE(mentions(problems, "training.micro_batch", "whole number"));
    EXPECT_TRUE(mentions(problems, "objective.kind", "did you mean \"next_token\""));
}

TEST(Spec, HeadsMustDivideTheWidth) {
    Json spec = default_spec();
    spec["backbone"]["width"] = 130;
    spec["backbone"]["heads"] = 4;
    EXPECT_TRUE(mentions(check_spec(spec), "backbone.heads", "do not divide the width 130; use 5 heads"));
}

TEST(Spec, ObjectiveAndAttentionMustFit) {
    Json spec = default_spec();
    spec["backbone"]["attention"] = "bidirectional";
    EXPECT_TRUE(mentions(check_spec(spec), "objective.kind", "needs a backbone that reads left to right"));
    EXPECT_EQ(why_not(spec, "objective", "masked"), "");
    spec["backbone"]["attention"] = "causal";
    spec["objective"] = {{"kind", "next_token"}};
    EXPECT_NE(why_not(spec, "objective", "masked"), "");
    EXPECT_TRUE(check_spec(spec).empty());
}

TEST(Spec, AdaptersStandBesideWhatTheSettingsLeave) {
    auto of = [](std::int64_t hidden) {
        return complete_spec(overlay_spec(find_recipe("shapes-cnn").or_throw().spec,
                                          {{"backbone", {{"hidden", hidden}}},
                                           {"start", {{"kind", "checkpoint"}, {"path", "/a/b"}, {"train", "lora"}}}}));
    };
    EXPECT_EQ(lora_of(of(0))->projections, std::vector<std::string>{"convolution"});
    EXPECT_EQ(lora_of(of(64))->projections, (std::vector<std::string>{"convolution", "hidden"}));
    EXPECT_FALSE(mentions(check_spec(of(64)), "start.train", ""));
    Json named = of(0);
    named["start"]["projections"] = {"hidden"};
    EXPECT_TRUE(mentions(check_spec(named), "start.projections", "\"hidden\" is no projection"));
    // Checkpoints of before convolutions took adapters hold none of them.
    Json before = of(64);
    before["backbone"].erase("fully_connected");
    EXPECT_EQ(lora_of(before)->projections, std::vector<std::string>{"hidden"});
}

TEST(Spec, SettingsFromTheCommandLine) {
    Json spec = default_spec();
    spec = set_in_spec(spec, "backbone.width", "256").or_throw();
    EXPECT_EQ(spec["backbone"]["width"], 256);
    spec = set_in_spec(spec, "optimizer", "sgd").or_throw();
    EXPECT_EQ(spec["optimizer"]["kind"], "sgd");
    EXPECT_TRUE(spec["optimizer"].contains("momentum"));
    spec = set_in_spec(spec, "optimizer.learning_rate", "0.5").or_throw();
    EXPECT_EQ(spec["optimizer"]["lr"], 0.5);
    spec = set_in_spec(spec, "sampling.prompts", "12").or_throw();
    EXPECT_EQ(spec["sampling"]["prompts"], Json::array({"12"}));
    spec = set_in_spec(spec, "evaluation.tokens", "1e6").or_throw();
    EXPECT_EQ(spec["evaluation"]["tokens"], 1000000);
    EXPECT_TRUE(check_spec(spec).empty());
    EXPECT_NE(set_in_spec(spec, "backbone.depth_scalin", "true").error().message.find("depth_scaling"),
              std::string::npos);
    EXPECT_NE(set_in_spec(spec, "bakbone.width", "1").error().message.find("backbone"), std::string::npos);
    EXPECT_NE(set_in_spec(spec, "backbone.norm", "layernorm").error().message.find("layer_norm"), std::string::npos);
    EXPECT_FALSE(set_in_spec(spec, "backbone.width", "wide"));
}

TEST(Spec, DifferencesAreListedByPath) {
    Json other = set_in_spec(default_spec(), "optimizer.lr", "0.5").or_throw();
    const auto differences = diff_specs(default_spec(), other);
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_EQ(differences[0].path, "optimizer.lr");
    EXPECT_EQ(differences[0].right, 0.5);
}

TEST(Spec, BrokenFileNamesLineAndColumn) {
    Scratch folder;
    std::ofstream(folder.path() / "spec.json") << "{\n  \"dataset\": {,}\n}\n";
    const auto read = read_spec((folder.path() / "spec.json").string());
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().message.find("line 2, column 15"), std::string::npos) << read.error().message;
}

TEST(Spec, APipeIsReadWhereAPersonNamesItAlone) {
    Scratch folder;
    const fs::path pipe = folder.path() / "spec.json";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_FALSE(read_spec(pipe.string()));
    std::thread writer([&] { std::ofstream(pipe) << default_spec().dump(); });
    EXPECT_TRUE(read_spec(pipe.string(), Pipes::read));
    writer.join();
}

TEST(Spec, EstimateMatchesTheBuiltModel) {
    Json spec = default_spec();
    spec["tokenizer"] = {{"kind", "bytes"}};
    for (const char* objective : {"next_token", "masked"})
        for (const bool tied : {true, false}) {
            spec["objective"] = find_sheet("objective", objective)->complete(Json::object());
            spec["backbone"]["tied"] = tied;
            const auto backbone =
                backbones().front().build(spec["backbone"], BackboneInputs{tokens_input(258), true, 1});
            const test::LetterTokenizer letters(9);
            const auto head = find_kind(objectives(), objective)
                                  ->build(spec["objective"], ObjectiveInputs{backbone->facts(), &letters, 1});
            std::int64_t count = 0;
            for (const Parameters& part : {backbone->parameters(), head->parameters()})
                for (const Parameter& p : part) count += p.tensor.numel();
            EXPECT_EQ(estimate_run(spec).parameters, count) << objective << tied;
        }
}

/// The most memory that three steps took with AdamW in float32 on two threads of an AVX2 machine (LibTorch 1.13, GCC
/// 12), in MiB; output layers of their own. A program that has built nothing yet takes 160, and 175 with the buffers of
/// OpenBLAS and of its threads.
TEST(Spec, TheMemoryForecastIsNearWhatWasMeasured) {
    struct Measured {
        int layers, width, heads, context, rows, vocabulary;
        double peak;
    };
    constexpr double program = 175, mebibyte = 1 << 20;
    for (const Measured& one : {Measured{2, 64, 2, 64, 12, 0, 174.5}, Measured{4, 128, 4, 64, 12, 0, 203.1},
                                Measured{6, 384, 6, 256, 8, 0, 617.1}, Measured{12, 768, 12, 512, 4, 32000, 2540.3}}) {
        Json spec = default_spec();
        spec["tokenizer"] = one.vocabulary > 0 ? Json{{"kind", "sentencepiece"}, {"vocabulary", one.vocabulary}}
                                               : Json{{"kind", "bytes"}};
        for (const auto& [key, value] : {std::pair{"layers", one.layers}, std::pair{"width", one.width},
                                         std::pair{"heads", one.heads}, std::pair{"context", one.context}})
            spec["backbone"][key] = value;
        spec["backbone"]["tied"] = false;
        spec["backbone"]["dropout"] = 0.0;
        for (const auto& [key, value] : {std::pair{"precision", "fp32"}, std::pair{"device", "cpu"}})
            spec["training"][key] = value;
        spec["training"]["micro_batch"] = one.rows;
        spec["training"]["threads"] = 2;
        const Estimate of = estimate_run(complete_spec(spec));
        const double all =
            program + static_cast<double>(of.memory_weights + of.memory_optimizer + of.memory_activations) / mebibyte;
        EXPECT_NEAR(all, one.peak, 0.1 * one.peak) << one.width;
    }
}

TEST(Spec, TheMemoryForecastKnowsSlotsThreadsAndRecomputation) {
    Json spec = default_spec();
    spec["tokenizer"] = {{"kind", "bytes"}};
    spec["backbone"]["dropout"] = 0.0;
    spec["training"]["device"] = "cpu";
    spec["training"]["micro_batch"] = 1;
    const auto with = [&](const char* key, const Json& value) {
        Json other = spec;
        other["training"][key] = value;
        return estimate_run(complete_spec(other));
    };
    const Estimate row = with("threads", 1);
    const auto parameters = static_cast<std::uint64_t>(row.parameters);
    EXPECT_EQ(row.memory_weights, 8 * parameters) << "one row is one slot";
    EXPECT_EQ(with("micro_batch", 2).memory_weights, 12 * parameters);
    spec["training"]["micro_batch"] = 8;
    EXPECT_EQ(with("threads", 2).memory_activations, 2 * with("threads", 1).memory_activations);
    EXPECT_LT(with("recompute", "on").memory_activations, with("recompute", "off").memory_activations);
    EXPECT_EQ(with("recompute", "auto").memory_activations, with("recompute", "off").memory_activations);
}

TEST(Spec, ASpecOfAnEarlierSchemaKeepsWhatItMeant) {
    // Before there was a scale of the embeddings nothing was scaled.
    Json old = default_spec();
    old["schema"] = 1;
    old["backbone"].erase("embedding_scale");
    old["backbone"]["positions"] = "sinusoidal";
    EXPECT_TRUE(spec_status(old));
    for (const Json& read : {upgraded(old), complete_spec(old), overlay_spec(default_spec(), old),
                             overlay_spec(old, {{"training", {{"budget", 5}}}})})
        EXPECT_EQ(complete_spec(read).at("backbone").at("embedding_scale"), "none");
    EXPECT_EQ(complete_spec(old).at("schema"), spec_schema);
    EXPECT_EQ(upgraded(upgraded(old)), upgraded(old));
    // A value that stands there is left alone, and so is a spec of today.
    Json said = old;
    said["backbone"]["embedding_scale"] = "root_of_width";
    EXPECT_EQ(upgraded(said).at("backbone").at("embedding_scale"), "root_of_width");
    EXPECT_EQ(upgraded(default_spec()), default_spec());
    EXPECT_EQ(overlay_spec(default_spec(), {{"backbone", {{"positions", "sinusoidal"}}}})
                  .at("backbone")
                  .at("embedding_scale"),
              "auto");
    EXPECT_EQ(upgraded(Json::array()), Json::array());
}

TEST(Spec, ScheduleCurveIsThePeakTimesTheFactor) {
    Json spec = default_spec();
    spec["optimizer"]["lr"] = 0.01;
    spec["schedule"] = {{"kind", "linear"}, {"warmup", 0}, {"final", 0.0}};
    const auto curve = schedule_curve(spec, 101, 3);
    ASSERT_EQ(curve.size(), 3U);
    EXPECT_NEAR(curve[0], 0.01, 1e-12);
    EXPECT_NEAR(curve[1], 0.01 * (1 - 50.0 / 101), 1e-9);
}

TEST(UsualSplit, KeepsTheOrderOfDataThatNeedsIt) {
    const auto kind_of_split = [](const Json& dataset) {
        return usual_split_of(find_kind(datasets(), dataset.at("kind"))->complete(dataset)).at("kind");
    };
    for (const char* labels : {"none", "class", "number"})
        EXPECT_EQ(kind_of_split({{"kind", "series"}, {"paths", {"a.csv"}}, {"labels", labels}}), "tail") << labels;
    EXPECT_EQ(kind_of_split({{"kind", "adding"}}), "tail");
    EXPECT_EQ(kind_of_split({{"kind", "table"}, {"paths", {"a.csv"}}}), "stratified");
    // Windows of a probe's own file would lie in both parts, if they were drawn.
    ProbingSettings probing;
    const Json own = {{"kind", "tail"}}, series = {{"kind", "series"}, {"paths", {"a.csv"}}};
    EXPECT_EQ(probing.split(own, series), own) << "the run's own data";
    probing.paths = {"b.csv"};
    const Json split = probing.split(own, find_kind(datasets(), "series")->complete(series));
    EXPECT_EQ(split.at("kind"), "tail");
    EXPECT_EQ(split.at("validation"), 0.3);
    EXPECT_EQ(split.at("test"), 0.0);
}

}  // namespace
}  // namespace gw
