#include <gtest/gtest.h>

#include <set>

#include "adapt/adaptation.h"
#include "engine/stretch.h"
#include "spec/usual_split.h"
#include "workspace/models/finetune.h"
#include "workspace/studies/pilot.h"

namespace gw {
namespace {

TEST(LayerPlace, IsReadFromTheUsualNames) {
    const LayerPlace block = place_by_block("blocks.11.feed_forward.up.weight");
    EXPECT_EQ(block.layer, 12);
    EXPECT_EQ(block.name, "blocks.11");
    EXPECT_EQ(block.part, "blocks.11.feed_forward");
    EXPECT_EQ(block.title.text(), "Block 12");
    EXPECT_EQ(block.part_title, "feed forward");
    for (const char* first : {"tokens.weight", "positions.weight", "patches.weight", "class_token.weight",
                              "blocks.weight", "blocks.x.weight"}) {
        EXPECT_EQ(place_by_block(first).layer, 0) << first;
        EXPECT_TRUE(place_by_block(first).part.empty()) << first;
    }
    EXPECT_EQ(place_by_block("patches.bias").title.text(), "Embedding of patches");
    EXPECT_EQ(place_by_block("class_token.weight").title.text(), "Class token");
    EXPECT_EQ(place_by_block("norm.weight").layer, LayerPlace::last);
    EXPECT_EQ(place_by_block("blocks.0.attention.qkv.lora_a").part, "blocks.0.attention");
    EXPECT_TRUE(is_adapter("blocks.0.attention.qkv.lora_a") && !is_adapter("blocks.0.attention.qkv.weight"));
}

/// A kind whose parameters are not named by blocks says where they stand.
LayerPlace place_of_levels(const std::string& name) {
    LayerPlace place = place_by_block(name);
    if (name.starts_with("down")) place.layer = 1;
    if (name.starts_with("up")) place.layer = 2;
    return place;
}

TEST(LayerPlace, IsAskedOfTheKind) {
    const std::vector<std::string> names{"backbone.stem.weight", "backbone.down.weight", "backbone.up.weight",
                                         "backbone.norm.weight", "head.output.weight"};
    Parameters parameters;
    for (const std::string& name : names) parameters.push_back({name, torch::ones({4, 2}).set_requires_grad(true)});
    const ParameterBank bank(parameters, torch::kCPU);
    CheckpointStart start;
    start.layer_decay = 0.5;
    auto rates = [&](const Adaptation& adaptation) {
        std::vector<double> out;
        for (const std::string& name : names) out.push_back(adaptation.pace(name, 0).rate);
        return out;
    };
    EXPECT_EQ(rates(Adaptation(start, bank, place_of_levels, 10)), (std::vector<double>{0.25, 0.5, 1, 1, 1}));
    start.layer_decay = 1;
    start.train = "last";
    EXPECT_EQ(rates(Adaptation(start, bank, place_of_levels, 10)), (std::vector<double>{0, 0, 1, 1, 1}));
    start.train = "all";
    start.frozen = {"down"};
    EXPECT_EQ(rates(Adaptation(start, bank, place_of_levels, 10)), (std::vector<double>{1, 0, 1, 1, 1}));
}

TEST(LayerPlace, LayersOfACheckpointHaveNamesForPeople) {
    test::Stretches run;
    ASSERT_EQ(run.go(test::tiny_spec({{"training", {{"budget", 1}}}})).end, Outcome::End::finished) << run.why();
    const auto rows = layers_of(run.current()).or_throw();
    std::vector<std::string> names, titles;
    for (const LayerRow& row : rows)
        if (row.depth == 0) {
            names.push_back(row.name);
            titles.push_back(row.title.text());
        }
    EXPECT_EQ(names, (std::vector<std::string>{"positions", "tokens", "blocks.0", "blocks.1", "norm"}));
    EXPECT_EQ(titles,
              (std::vector<std::string>{"Table of positions", "Table of tokens", "Block 1", "Block 2", "Last norm"}));
    std::int64_t layer = 0, parts = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].depth == 0) {
            EXPECT_EQ(parts, layer) << "before " << rows[i].name;
            layer = rows[i].parameters;
            parts = i + 1 < rows.size() && rows[i + 1].depth == 1 ? 0 : layer;
        } else {
            parts += rows[i].parameters;
        }
    }
    EXPECT_FALSE(layers_of(run.folder / "nothing"));
}

// ---- what data is split by where nobody chooses

TEST(UsualSplit, GoesByWhatTheDataIsLabelledWith) {
    const auto labelled = [](const char* labels) { return Json{{"kind", "labelled_text"}, {"labels", labels}}; };
    EXPECT_TRUE(has_classes(labelled("class")));
    EXPECT_TRUE(has_classes({{"kind", "shapes"}}));
    for (const char* other : {"set", "number", "word"}) {
        EXPECT_FALSE(has_classes(labelled(other))) << other;
        EXPECT_NE(usual_split_of(labelled(other)), usual_split_of(labelled("class"))) << other;
        EXPECT_EQ(fold_split(labelled(other), 4, 1, Json::object()).at("stratified"), false) << other;
    }
    EXPECT_EQ(fold_split(labelled("class"), 4, 1, Json::object()).at("stratified"), true);
    EXPECT_EQ(fold_split(labelled("class"), 4, 1, {{"stratified", false}}).at("stratified"), false);
    EXPECT_EQ(labels_offered({{"kind", "storybook"}}), "");
}

TEST(UsualSplit, OfFoldsTakesOnlyWhatMayBeChosen) {
    const auto folded = settings_for_folds({{"split.seed", "3"}, {"training.seed", "5"}}).or_throw();
    EXPECT_EQ(folded.front().second, fold_sheet().card.id);
    EXPECT_EQ(folded.size(), 3U);
    const auto refused = settings_for_folds({{"split.validation", "0.2"}});
    ASSERT_FALSE(refused);
    for (const std::string& key : fold_settings())
        EXPECT_NE(refused.error().hint.find("split." + key), std::string::npos) << refused.error().hint;
}

// ---- what is missing, and how it would be there

TEST(Remedies, NameTheSettingOfTheKindThatLacksIt) {
    Json spec = default_spec();
    spec["backbone"]["attention"] = "bidirectional";
    std::string told;
    for (const schema::Problem& problem : check_spec(spec)) told += problem.message;
    EXPECT_NE(told.find("a backbone that reads left to right"), std::string::npos) << told;
    EXPECT_NE(told.find("set backbone.attention to auto"), std::string::npos) << told;
    spec["objective"] = {{"kind", "classification"}};
    told.clear();
    for (const schema::Problem& problem : check_spec(spec)) told += problem.message;
    EXPECT_EQ(told.find("backbone.attention"), std::string::npos) << told;
}

}  // namespace
}  // namespace gw
