#include "core/cli_fixture.h"
#include "store/store.h"
#include "util/hash.h"

namespace gw {
namespace {

/// Verbs that write where a person says: nothing that they did not make is lost.
class CliWriting : public CliTest {
  protected:
    void SetUp() override {
        const Said base = cli("run '" + labelled() + "' --name base");
        ASSERT_EQ(base.code, 0) << base.err;
        const Said lora = cli("finetune base --data '" + path("clean.csv") +
                              "' --train lora --set training.budget=1 --set training.budget_unit=steps --name lora");
        ASSERT_EQ(lora.code, 0) << lora.err;
    }
};

TEST_F(CliWriting, MergeReplacesNothing) {
    fs::create_directories(folder_ / "work" / "papers");
    file("work/thesis.txt", "only copy");
    file("work/papers/a.txt", "a");
    for (const char* into : {"work", "./work", "work/", "work/papers", "work/thesis.txt"}) {
        const Said refused = here(std::string("merge lora ") + into);
        EXPECT_EQ(refused.code, 2) << into << refused.err;
    }
    EXPECT_EQ(content("work/thesis.txt"), "only copy");
    EXPECT_EQ(content("work/papers/a.txt"), "a");

    fs::create_directory(folder_ / "empty");
    for (const std::string into : {"merged", "empty", "deep/down/", "./dotted"}) {
        const Said merged = here("merge lora " + into);
        ASSERT_EQ(merged.code, 0) << into << merged.err;
        EXPECT_TRUE(fs::exists(folder_ / into / "manifest.json")) << into;
        EXPECT_EQ(here("predict ./" + into + " 'soup 1 was warm'").code, 0) << into;
        EXPECT_EQ(here("merge lora " + into).code, 2) << "what an earlier call made is not replaced either";
    }
    for (const auto& entry : fs::directory_iterator(folder_.path()))
        EXPECT_EQ(entry.path().filename().string().find(".writing"), std::string::npos)
            << "nothing is left beside: " << entry.path();
}

TEST_F(CliWriting, ExportedAdaptersAndReportsReplaceWithTheWordAlone) {
    const std::string adapters = path("a.safetensors"), report = path("r.html"), table = path("c.csv"),
                      page = path("p.html");
    for (const auto& [verb, into] : {std::pair{"export-adapters lora", adapters},
                                     {"report base --out", report},
                                     {"compare base lora --format csv --out", table}}) {
        write_file_atomic(into, "mine").or_throw();
        const Said refused = cli(std::string(verb) + " '" + into + "'");
        EXPECT_EQ(refused.code, 2) << verb << refused.err;
        EXPECT_NE(refused.err.find("--replace"), std::string::npos) << refused.err;
        EXPECT_EQ(read_file(into).or_throw(), "mine") << verb;
        EXPECT_EQ(cli(std::string(verb) + " '" + into + "' --replace").code, 0) << verb;
        EXPECT_NE(read_file(into).or_throw(), "mine") << verb;
        fs::remove(into);
        EXPECT_EQ(cli(std::string(verb) + " '" + into + "'").code, 0) << verb << ": nothing is there";
        EXPECT_EQ(cli(std::string(verb) + " '" + folder_.path().string() + "'").code, 1) << verb << ": a folder";
    }
    EXPECT_EQ(here("export-adapters lora plain.safetensors").code, 0);
    EXPECT_TRUE(fs::exists(folder_ / "plain.safetensors"));
    // What is no file is written into, and stays what it is.
    EXPECT_EQ(cli("report base --out /dev/null").code, 0);
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
    const Said said = cli("compare base lora --format csv --out /dev/stdout");
    EXPECT_TRUE(said.out.starts_with("run,")) << said.out;
    const std::string made = path("t.json");
    write_file_atomic(made, "mine").or_throw();
    EXPECT_EQ(cli("tokenizer train --data '" + path("clean.csv") + "' --kind characters --out '" + made + "'").code, 2);
    EXPECT_EQ(read_file(made).or_throw(), "mine");
}

TEST_F(CliWriting, WhatAWorkspaceKeepsIsNoPlaceToWriteTo) {
    const fs::path workspace = folder_ / "workspace",
                   run = Store::open(workspace / "groundwork.db").or_throw().run("base").or_throw().path;
    for (const std::string& arguments : {"report base --replace --out '" + (workspace / "groundwork.db").string() + "'",
                                         "report base --replace --out '" + (run / "run.json").string() + "'",
                                         "merge lora '" + (run / "checkpoints" / "step-00000099").string() + "'"}) {
        const Said said = cli(arguments);
        EXPECT_EQ(said.code, 2) << arguments;
        EXPECT_NE(said.err.find("belongs to the workspace"), std::string::npos) << said.err;
    }
    EXPECT_EQ(cli("report base --out '" + (workspace / "report.html").string() + "'").code, 0) << "beside them it may";
    EXPECT_EQ(cli("runs").code, 0);
}

TEST_F(CliWriting, AnInputThatCannotBeReadIsNoEmptyText) {
    ASSERT_EQ(cli("note base hello").code, 0);
    for (const char* input : {"< .", "<&-"}) {
        const Said said = cli(std::string("note base - ") + input);
        EXPECT_NE(said.code, 0);
        EXPECT_NE(said.err.find("standard input"), std::string::npos) << said.err;
    }
    EXPECT_EQ(cli("note base").out, "hello\n");
    const Said written = cli("sample base --prompt a");
    EXPECT_EQ(written.code, 2);
    EXPECT_NE(written.err.find("predict"), std::string::npos) << written.err;
}

TEST_F(CliWriting, WhatWasNotMeantIsRefused) {
    for (const auto& [arguments, words] :
         {std::pair<const char*, const char*>{"report base --out ''", "--out"},
          {"tag base ''", "at least one character"},
          {"sample base --prompt a --seed -1", "--seed"},
          {"tokenizer train --kind none --data README.md --out x.json", "cuts no text"}}) {
        const Said said = cli(arguments);
        EXPECT_EQ(said.code, 2) << arguments;
        EXPECT_NE(said.err.find(words), std::string::npos) << said.err;
    }
    for (const char* verb : {"runs", "report base"}) {
        const std::string line = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                                 path("none/at/all") + "' " + verb + " >/dev/null 2>'" + path("err") + "'";
        EXPECT_EQ(WEXITSTATUS(std::system(line.c_str())), 2) << verb;
        EXPECT_NE(read_file(path("err")).or_throw().find("no such workspace"), std::string::npos);
    }
    EXPECT_FALSE(fs::exists(path("none")));
}

TEST_F(CliWriting, AFullOutputIsAFailure) {
    for (const char* verb : {"metrics base --csv", "runs --json", "show base", "--help", "manual", "evaluate base"}) {
        const std::string line = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                                 path("workspace") + "' " + verb + " >/dev/full 2>'" + path("err") + "'";
        EXPECT_EQ(WEXITSTATUS(std::system(line.c_str())), 1) << verb;
    }
}

TEST_F(CliWriting, WhatLiesInTheTrashIsNotTrainedOn) {
    ASSERT_EQ(cli("delete base").code, 0);
    for (const char* verb : {"resume base", "extend base --set training.budget=20", "fork base --name child"}) {
        const Said refused = cli(verb);
        EXPECT_EQ(refused.code, 2) << verb;
        EXPECT_NE(refused.err.find("trash"), std::string::npos) << verb << refused.err;
    }
    ASSERT_EQ(cli("restore base").code, 0);
    EXPECT_EQ(cli("extend base --set training.budget=12").code, 0);
}

TEST_F(CliTest, WhereTheHistorySaysThatRunsLieDoesNotCount) {
    fs::create_directories(folder_ / "workspace" / "runs");
    fs::create_directory(folder_ / "precious");
    file("precious/a.txt", "a");
    // The database says that a run lies elsewhere: a hand was at it, or it came from somebody else.
    Store store = Store::open(folder_ / "workspace" / "groundwork.db").or_throw();
    int runs = 0;
    for (const std::string& elsewhere : {path("precious"), std::string("../precious"),
                                         std::string("runs/../../precious"), std::string("runs"), std::string(".")}) {
        RunRecord run;
        run.id = make_uuid();
        run.name = "run " + std::to_string(++runs);
        run.status = "finished";
        run.spec = Json::object();
        run.path = elsewhere;
        store.add_run(run).or_throw();
        store.set_trashed(run.id, true).or_throw();
    }
    const Said said = cli("empty-trash");
    EXPECT_NE(said.out.find("In the trash: 5 runs, 0 B"), std::string::npos) << said.out;
    const Said emptied = cli("empty-trash --yes");
    EXPECT_EQ(emptied.code, 0) << emptied.err;
    EXPECT_NE(emptied.out.find("Removed 5 runs"), std::string::npos) << emptied.out;
    EXPECT_EQ(content("precious/a.txt"), "a");
    EXPECT_TRUE(fs::exists(folder_ / "workspace" / "runs"));
    EXPECT_TRUE(fs::exists(folder_ / "workspace" / "groundwork.db"));
    EXPECT_EQ(cli("runs --trash").out, "The trash is empty.\n");
}

TEST_F(CliTest, EmptyingTheTrashDeletesFoldersOfRunsAlone) {
    fs::create_directories(folder_ / "workspace" / "runs");
    fs::create_directory(folder_ / "precious");
    file("precious/a.txt", "a");
    Store store = Store::open(folder_ / "workspace" / "groundwork.db").or_throw();
    for (const char* id : {"../../precious", "..", ".", "precious", "/"}) {
        RunRecord run;
        run.id = id;
        run.name = "odd";
        run.status = "finished";
        run.spec = Json::object();
        store.add_run(run).or_throw();
        store.set_trashed(run.id, true).or_throw();
    }
    const Said emptied = cli("empty-trash --yes");
    EXPECT_EQ(emptied.code, 1);
    EXPECT_NE(emptied.err.find("not a run's folder"), std::string::npos) << emptied.err;
    EXPECT_EQ(content("precious/a.txt"), "a");
    EXPECT_TRUE(fs::exists(folder_ / "workspace" / "runs"));
    EXPECT_EQ(cli("runs --trash").out, "The trash is empty.\n");
}

TEST_F(CliTest, AKillWhileTheTrashIsEmptiedLeavesNothingBehind) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name gone").code, 0);
    ASSERT_EQ(cli("run '" + tiny() + "' --name stays").code, 0);
    Store store = Store::open(folder_ / "workspace" / "groundwork.db").or_throw();
    const RunRecord gone = store.run("gone").or_throw();
    ASSERT_EQ(cli("delete gone").code, 0);
    const std::string killed = "GROUNDWORK_CRASH_AT='store discarding' '" +
                               (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                               path("workspace") + "' empty-trash --yes >/dev/null 2>&1";
    ASSERT_NE(WEXITSTATUS(std::system(killed.c_str())), 0);
    EXPECT_EQ(cli("runs --trash").out, "The trash is empty.\n") << "it is in no list any more";
    EXPECT_FALSE(store.run(gone.id));
    EXPECT_FALSE(store.series(gone.id, "train/loss").or_throw().empty());
    ASSERT_EQ(cli("empty-trash --yes").code, 0);
    EXPECT_TRUE(store.series(gone.id, "train/loss").or_throw().empty());
    EXPECT_FALSE(fs::exists(gone.path));
    EXPECT_FALSE(store.series(store.run("stays").or_throw().id, "train/loss").or_throw().empty());
}

}  // namespace
}  // namespace gw
