#include "core/cli_fixture.h"

namespace gw {
namespace {

TEST_F(CliTest, ARunIsFoundByItsNameWhateverIsInIt) {
    fs::create_directories(folder_ / "best");
    for (const char* name : {"exp/lr=3e-3", "best"})
        ASSERT_EQ(cli("run '" + tiny() + "' --name '" + std::string(name) + "'").code, 0) << name;
    for (const char* name : {"exp/lr=3e-3", "best"}) {
        const Json run = cli("show '" + std::string(name) + "' --json").last();
        const std::string text = file("t.txt", "once more");
        for (const std::string& verb :
             {std::string("sample %s --prompt soup"), std::string("evaluate %s"),
              std::string("tokenizer encode --tokenizer %s soup"), "continue %s --data '" + text + "' --dry-run"}) {
            std::string said = verb;
            said.replace(said.find("%s"), 2, "'" + std::string(name) + "'");
            const Said found = here(said);
            EXPECT_EQ(found.code, 0) << said << found.err;
        }
        const Json evaluated = here("evaluate '" + std::string(name) + "' --json").last();
        EXPECT_EQ(evaluated["run"], run["run"]);
        EXPECT_EQ(evaluated["checkpoint"], run["checkpoint"]);
    }
    // A folder that is a checkpoint too: the run is taken, and that is said; ./ names the folder.
    const fs::path other = cli("show exp/lr=3e-3 --json").last()["checkpoint"].get<std::string>();
    fs::remove(folder_ / "best");
    fs::copy(other, folder_ / "best");
    const Said both = here("evaluate best --json");
    EXPECT_EQ(both.last()["run"], cli("show best --json").last()["run"]);
    EXPECT_NE(both.err.find("./best"), std::string::npos) << both.err;
    for (const std::string& folder : {std::string("./best"), path("best"), path("best/")}) {
        const Said found = here("evaluate '" + folder + "' --json");
        ASSERT_EQ(found.code, 0) << folder << found.err;
        EXPECT_TRUE(found.last()["run"].is_null()) << folder;
        EXPECT_EQ(found.last()["weights"], "named");
    }
    // A slash at the end costs nothing, and a run's folder is that run.
    EXPECT_EQ(cli("evaluate '" + other.string() + "/' --json").last()["run"],
              cli("show exp/lr=3e-3 --json").last()["run"]);
    const std::string run_folder = cli("show best --json").last()["path"];
    EXPECT_EQ(cli("evaluate '" + run_folder + "' --json").last()["run"], cli("show best --json").last()["run"]);
    EXPECT_NE(cli("continue '" + other.string() + "/' --data '" + path("t.txt") + "' --dry-run")
                  .out.find("step 20 of \"exp/lr=3e-3\""),
              std::string::npos);
    for (const char* nothing : {"exp/lr=4", "./nothing", "/nothing"})
        EXPECT_EQ(cli("evaluate " + std::string(nothing)).code, 2) << nothing;
    EXPECT_EQ(here("evaluate ./best --best").code, 2) << "a folder has no best";
}

TEST_F(CliTest, ANameIsALineOfText) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name fine").code, 0);
    const std::string bad[] = {"$'caf\\xe9'",        "$'two\\nlines'", "$'a\\tb'", "$'bell\\a'",
                               "$'\\xe2\\x80\\xa8'", "$'\\xc2\\x85'",  "' '"};
    for (const std::string& name : bad) {
        // The shell of std::system() knows no $'...'; bash does.
        auto bash = [&](const std::string& arguments) {
            const std::string script = file("script.sh", "'" + (program_folder() / "../bin/groundwork-cli").string() +
                                                             "' --workspace '" + path("workspace") + "' " + arguments);
            return WEXITSTATUS(
                std::system(("bash '" + script + "' >'" + path("out") + "' 2>'" + path("err") + "'").c_str()));
        };
        for (const std::string& verb :
             {"run '" + tiny() + "' --name ", std::string("rename fine "), std::string("compare fine --save ")})
            EXPECT_EQ(bash(verb + name), 2) << verb << name << content("err");
        if (name != "' '") {
            EXPECT_EQ(bash("tag fine " + name), 2) << name;
        }
        if (name == bad[0]) {
            EXPECT_EQ(bash("note fine " + name), 2);
        }
    }
    const Said runs = cli("runs --json");
    ASSERT_TRUE(runs.last().is_object());
    EXPECT_EQ(runs.last()["runs"].size(), 1u);
    EXPECT_TRUE(cli("compare fine --format json").last().is_object());
}

}  // namespace
}  // namespace gw
