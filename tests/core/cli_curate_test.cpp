#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/cli_fixture.h"

namespace gw {
namespace {

class CurateVerb : public CliTest {
  protected:
    std::string corpus() const {
        fs::create_directories(folder_ / "corpus");
        std::string lines;
        for (int i = 0; i < 40; ++i)
            lines += "Line " + std::to_string(i) + " tells that soup number " + std::to_string(i * i) +
                     " was warm and that everybody liked it.\n";
        lines += "Line 3 tells that soup number 9 was warm and that everybody liked it.\n";
        lines += "short\n";
        lines += "Whoever wants more of this soup may write to cook@example.org on any day of the week.\n";
        file("corpus/a.txt", lines);
        return path("corpus");
    }
};

TEST_F(CurateVerb, CleansTextThatIsThenLearnt) {
    const std::string ask = "curate --data '" + corpus() + "' --read documents=line";
    const Said dry = cli(ask + " --dry-run --json");
    ASSERT_EQ(dry.code, 0) << dry.err;
    EXPECT_EQ(dry.last()["source"]["documents"], 43);
    EXPECT_FALSE(dry.last().contains("result"));
    const Said made =
        cli(ask + " --step length:min_characters=20 --step personal_data --step exact_duplicates --out '" +
            path("clean") + "'");
    ASSERT_EQ(made.code, 0) << made.err;
    for (const char* said :
         {"1 file, 43 documents", "dropped 1: fewer than 20 characters", "e-mail addresses masked: 1",
          "a copy of row 4 of a.txt", "(41 documents,", "clean/data.jsonl"})
        EXPECT_NE(made.out.find(said), std::string::npos) << said << "\n" << made.out;
    EXPECT_EQ(content("clean/data.jsonl").find("cook@"), std::string::npos);
    // Not twice into the same folder, unless that is said; and the story is a plan.
    const std::string again = "curate --plan '" + path("clean/curation.json") + "' --out '" + path("clean") + "'";
    EXPECT_EQ(cli(again).code, 2);
    const std::string before = content("clean/data.jsonl");
    ASSERT_EQ(cli(again + " --replace").code, 0);
    EXPECT_EQ(content("clean/data.jsonl"), before);
    const Said trained = cli("run '" + tiny() + "' --data '" + path("clean/data.jsonl") + "' --json");
    EXPECT_EQ(trained.code, 0) << trained.err;
}

TEST_F(CurateVerb, SaysWhatItCannotDo) {
    const std::string data = corpus();
    const auto complaint = [&](const std::string& rest, int code = 2) {
        const Said said = cli("curate " + rest);
        EXPECT_EQ(said.code, code) << rest << said.out;
        return said.err;
    };
    EXPECT_NE(complaint("--data '" + data + "'").find("--dry-run"), std::string::npos);
    EXPECT_NE(complaint("--dry-run").find("No data is named"), std::string::npos);
    EXPECT_NE(complaint("--data '" + data + "' --dry-run --step near_duplicate").find("near_duplicates"),
              std::string::npos);
    EXPECT_NE(complaint("--data '" + data + "' --dry-run --read document=line").find("documents"), std::string::npos);
    EXPECT_NE(complaint("--data '" + data + "' --out '" + data + "/clean'").find("inside the data"), std::string::npos);
    EXPECT_NE(complaint("--data '" + data + "' --out '" + path("x") + "' --step length:min_characters=100000", 1)
                  .find("No document is left"),
              std::string::npos);
    EXPECT_NE(complaint("--data '" + path("nothing") + "' --dry-run", 1).find("nothing"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder_ / "x"));
}

TEST_F(CurateVerb, TellsOfItsSteps) {
    const Said help = cli("curate --help"), described = cli("describe curation near_duplicates");
    EXPECT_NE(help.out.find("near_duplicates"), std::string::npos);
    EXPECT_NE(help.out.find("clean-text"), std::string::npos);
    EXPECT_NE(described.out.find("threshold"), std::string::npos) << described.err;
    EXPECT_EQ(cli("describe curation --json").last()["families"][0]["kinds"].size(), 9U);
}

TEST_F(CurateVerb, LeavesNothingBehindWhenInterrupted) {
    std::string lines;
    for (int i = 0; i < 300000; ++i) lines += "Line " + std::to_string(i) + " has some words that are its own alone.\n";
    const std::string data = file("much.txt", lines), program = (program_folder() / "../bin/groundwork-cli").string();
    const pid_t child = ::fork();
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_WRONLY);
        ::dup2(nothing, 1);
        ::dup2(nothing, 2);
        ::execl(program.c_str(), program.c_str(), "curate", "--data", data.c_str(), "--read", "documents=line", "--out",
                path("clean").c_str(), nullptr);
        ::_exit(127);
    }
    auto begun = [&] {
        for (const auto& entry : fs::directory_iterator(folder_.path()))
            if (entry.path().filename().string().starts_with(".clean.")) return true;
        return false;
    };
    for (int i = 0; i < 2000 && !begun(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_TRUE(begun());
    ::kill(child, SIGINT);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_FALSE(begun());
    EXPECT_FALSE(fs::exists(folder_ / "clean"));
}

}  // namespace
}  // namespace gw
