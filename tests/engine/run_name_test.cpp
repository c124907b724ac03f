#include "workspace/run_name.h"

#include <gtest/gtest.h>

#include "compare/spec_table.h"
#include "scratch.h"
#include "spec/run_spec.h"
#include "util/text.h"

// What runs are called, and which of them differ in their seed alone: by what the sheets of the kinds say.
namespace gw {
namespace {

Json with(Json changes) {
    return complete_spec(overlay_spec(default_spec(), changes));
}

std::string named(const std::string& kind, const std::vector<std::string>& paths) {
    return data_name({{"dataset", {{"kind", kind}, {"paths", paths}}}});
}

TEST(RunName, SaysTheDataByItsOwnName) {
    EXPECT_EQ(named("text_files", {"/data/shakespeare/input.txt"}), "shakespeare");
    EXPECT_EQ(named("text_files", {"/data/shakespeare.txt.gz"}), "shakespeare");
    EXPECT_EQ(named("text_files", {"/d/wiki/train-00001-of-00003.txt", "/d/wiki/train-00002-of-00003.txt"}), "wiki");
    EXPECT_EQ(named("text_files", {"/d/books/data/train.txt"}), "books") << "a folder may be called like any other too";
    EXPECT_EQ(named("text_files", {"/d/2024.txt"}), "2024");
    EXPECT_EQ(named("text_files", {"train.txt"}), "train") << "there is no other name";
    EXPECT_EQ(named("labelled_text", {"books/train.tsv", "dvd/train.tsv"}), "books +1");
    EXPECT_EQ(named("idx", {"/d/mnist/train-images-idx3-ubyte.gz"}), "mnist");
    EXPECT_EQ(data_name(default_spec()), default_spec()["dataset"]["kind"].get<std::string>())
        << "data that is made has its kind's name";
}

TEST(RunName, SaysTheSizeOfEveryBackbone) {
    const Family* backbones = find_family("backbone");
    ASSERT_TRUE(backbones);
    for (const Sheet* sheet : backbones->kinds) {
        Json spec = default_spec();
        spec["backbone"] = sheet->complete(Json::object());
        std::string size;
        for (const schema::Row& row : sheet->rows)
            if (row.info.sizes) size += (size.empty() ? " " : "×") + row.default_value.dump();
        if (size.empty()) {  // as large as its data
            for (const schema::Row& row : sheet->rows)
                EXPECT_TRUE(row.info.key != "layers" && row.info.key != "width") << sheet->card.id;
            continue;
        }
        ASSERT_NE(size.find("×"), std::string::npos) << sheet->card.id << " does not say how large it is";
        EXPECT_NE(name_from_spec(spec).find(size), std::string::npos) << name_from_spec(spec);
    }
}

TEST(RunName, SaysWhatDiffersFromTheRunThatHasTheName) {
    const Scratch scratch;
    Store store = Store::open(scratch / "groundwork.db").or_throw();
    const Json spec = with({{"optimizer", {{"lr", 0.0035}}}, {"training", {{"seed", 7}}}});
    RunRecord run;
    run.id = make_uuid();
    run.name = name_from_spec(spec);
    run.spec = spec;
    run.created = now_utc();
    store.add_run(run).or_throw();
    EXPECT_NE(run.name.find("lr 3.5e-3"), std::string::npos) << run.name;
    EXPECT_TRUE(run.name.ends_with("seed 7")) << run.name;
    EXPECT_EQ(unused_name(store, run.name, spec), run.name + " (2)") << "nothing differs";
    EXPECT_EQ(unused_name(store, run.name), run.name + " (2)");
    Json other = spec;
    other["evaluation"]["every"] = 77;  // no name tells of it by itself
    EXPECT_EQ(name_from_spec(other), run.name);
    EXPECT_EQ(unused_name(store, run.name, other), run.name + " · every 77");
    EXPECT_EQ(unused_name(store, run.name, Json{{"backbone", 5}}), run.name + " (2)")
        << "of a damaged spec nothing is said";
}

TEST(RunName, FollowsWhatARunIsTrainedTo) {
    const Scratch scratch;
    const Store store = Store::open(scratch / "groundwork.db").or_throw();
    const auto of_steps = [](int steps) { return with({{"training", {{"budget", steps}, {"budget_unit", "steps"}}}}); };
    const Json before = of_steps(431), after = of_steps(877);
    const std::string made = name_from_spec(before);
    ASSERT_NE(made.find("431 steps"), std::string::npos) << made;
    EXPECT_EQ(name_after_change(store, made, before, after), name_from_spec(after));
    EXPECT_EQ(name_after_change(store, made + " (2)", before, after), name_from_spec(after));
    EXPECT_EQ(name_after_change(store, "sweep · 431 steps · seed 4", before, after), "sweep · 877 steps · seed 4");
    EXPECT_EQ(name_after_change(store, "the 431 steps of love", before, after), "the 431 steps of love");
    EXPECT_EQ(name_after_change(store, made, before, before), made);
}

TEST(SeedGroups, HoldRunsOfBeforeThereWasASetting) {
    know_former_kinds();
    RunRecord now;
    now.spec = with({{"training", {{"seed", 1}}}});
    int settings = 0;
    for (const Family& family : families()) {
        const Json& section = now.spec[family.id];
        const Sheet* sheet = family.single ? family.kinds.front() : find_sheet(family.id, section.value("kind", ""));
        for (const schema::Row& row : sheet->rows) {
            // The silence of some meant something else; seeds are left out anyway.
            if (!row.info.before.empty() || (family.id == "training" && row.info.key == "seed")) continue;
            RunRecord before = now;
            before.spec[family.id].erase(std::string(row.info.key));
            before.spec["training"]["seed"] = 2;
            const bool at_default = section.value(std::string(row.info.key), Json()) == row.default_value;
            EXPECT_EQ(seed_group_key(before) == seed_group_key(now), at_default) << family.id << "." << row.info.key;
            ++settings;
        }
    }
    EXPECT_GT(settings, 40);
    RunRecord other = now;
    other.spec["optimizer"]["lr"] = 0.123;
    EXPECT_NE(seed_group_key(other), seed_group_key(now));
    RunRecord foreign = now;
    foreign.spec["backbone"] = {{"kind", "of a newer version"}, {"folds", 3}};
    EXPECT_NE(seed_group_key(foreign), seed_group_key(now));
    foreign.spec = Json::array({1});
    EXPECT_FALSE(seed_group_key(foreign).empty());
}

}  // namespace
}  // namespace gw
