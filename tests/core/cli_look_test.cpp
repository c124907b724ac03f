#include <unistd.h>

#include "core/cli_fixture.h"

namespace gw {
namespace {

/// A workspace that may only be read.
class CliLook : public CliTest {
  protected:
    /// To be somebody else takes setpriv, and a program that lies where others may go.
    void SetUp() override {
        const std::string program =
            "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --version >/dev/null 2>&1";
        if (::geteuid() == 0 && std::system((std::string(other) + program).c_str()) != 0)
            GTEST_SKIP() << "somebody else cannot start the program";
    }
    /// Calls the program as somebody who may read everything in the scratch folder and write nothing in the workspace.
    Said look(const std::string& arguments) const {
        const bool root = ::geteuid() == 0;
        const std::string as = root ? other : "";
        const std::string line = as + "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                                 path("workspace") + "' " + arguments + " >'" + path("out") + "' 2>'" + path("err") +
                                 "'";
        const int status = std::system(line.c_str());
        return {WEXITSTATUS(status), content("out"), content("err")};
    }
    void close_to_writing() const { std::system(("chmod -R a+rX,a-w '" + path("workspace") + "'").c_str()); }
    void open_again() const { std::system(("chmod -R u+w '" + path("workspace") + "'").c_str()); }
    std::string listing() const {
        std::string out;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / "workspace"))
            out += entry.path().string() + " " + std::to_string(entry.is_regular_file() ? entry.file_size() : 0) + "\n";
        return out;
    }
    void TearDown() override { open_again(); }
    static constexpr const char* other = "setpriv --reuid 65534 --regid 65534 --clear-groups ";
};

TEST_F(CliLook, AWorkspaceThatMayOnlyBeReadCanBeLookedAt) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name one").code, 0);
    ASSERT_EQ(cli("run '" + labelled() + "' --name two --set training.seed=2").code, 0);
    const Json own = cli("evaluate one --json").last();
    close_to_writing();
    const std::string before = listing();
    for (const char* verb : {"runs",
                             "runs --json",
                             "show one",
                             "show one --json",
                             "metrics one",
                             "checkpoints one --verify",
                             "lineage one",
                             "compare one two",
                             "comparisons",
                             "report one",
                             "alerts one",
                             "tag one",
                             "note one",
                             "queue",
                             "pilots",
                             "sequences --json",
                             "empty-trash",
                             "predict one 'soup 1 was warm'",
                             "slices one --words soup",
                             "tokenizer encode --tokenizer one soup"}) {
        const Said said = look(verb);
        EXPECT_EQ(said.code, 0) << verb << said.err;
    }
    EXPECT_NE(look("runs").out.find("one"), std::string::npos);
    const Said evaluated = look("evaluate one --json");
    ASSERT_EQ(evaluated.code, 0) << evaluated.err;
    EXPECT_NEAR(evaluated.last()["loss"].get<double>(), own["loss"].get<double>(), 1e-6);
    for (const std::string& verb :
         {std::string("rename one three"), std::string("tag one good"), std::string("delete one"),
          "run '" + path("labelled.json") + "'", std::string("empty-trash --yes"), std::string("alerts one --seen"),
          std::string("compare one two --save both")}) {
        const Said said = look(verb);
        EXPECT_EQ(said.code, 1) << verb;
        EXPECT_NE(said.err.find("rite to"), std::string::npos) << verb << said.err;
    }
    EXPECT_EQ(listing(), before);
}

TEST_F(CliLook, AHistoryThatWasCopiedInTheMiddleIsRead) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name one").code, 0);
    // The program is killed: the last changes stand in the file beside the database.
    const std::string killed = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                               path("workspace") + "' run '" + tiny() + "' --name killed 2>/dev/null";
    const int status = std::system(("GROUNDWORK_CRASH_AT='checkpoint written' " + killed).c_str());
    ASSERT_NE(WEXITSTATUS(status), 0);
    ASSERT_TRUE(fs::exists(folder_ / "workspace" / "groundwork.db-wal"));
    fs::remove(folder_ / "workspace" / "groundwork.db-shm");
    close_to_writing();
    const Said runs = look("runs");
    EXPECT_EQ(runs.code, 0) << runs.err;
    EXPECT_NE(runs.out.find("killed"), std::string::npos) << runs.out;
    EXPECT_NE(runs.out.find("one"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder_ / "workspace" / "groundwork.db-shm"));
}

TEST_F(CliLook, NothingToLookAtIsSaid) {
    fs::create_directory(folder_ / "workspace");
    close_to_writing();
    EXPECT_EQ(look("runs").code, 1);
    EXPECT_NE(look("runs").err.find("workspace"), std::string::npos);
}

}  // namespace
}  // namespace gw
