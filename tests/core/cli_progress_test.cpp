#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/cli_fixture.h"

namespace gw {
namespace {

/// What long verbs tell of themselves on standard error, in a file and on a terminal.
class CliProgress : public CliTest {
  protected:
    void SetUp() override { ::setenv("GROUNDWORK_PROGRESS_SECONDS", "0", 1); }
    void TearDown() override { ::unsetenv("GROUNDWORK_PROGRESS_SECONDS"); }

    /// Four classes of texts, of which two make a task.
    std::string four_classes(int texts) const {
        std::string rows = "text,label\n";
        const char* words[] = {"red apple", "blue sky", "green leaf", "grey stone"};
        for (int i = 0; i < texts; ++i)
            rows += std::string(words[i % 4]) + " " + std::to_string(i) + "," + static_cast<char>('a' + i % 4) + "\n";
        return file("four.csv", rows);
    }
    /// Standard output is one JSON object and nothing else.
    static void expect_json_alone(const Said& said, const char* verb) {
        EXPECT_EQ(said.code, 0) << verb << said.err;
        EXPECT_TRUE(Json::parse(said.out, nullptr, false).is_object()) << verb << ": " << said.out;
    }
};

TEST_F(CliProgress, LongVerbsTellPhaseAndShareInAFile) {
    const Said run = cli("run '" + labelled() + "' --name base --json");
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_NE(run.err.find("step "), std::string::npos) << run.err;
    const std::string data = path("clean.csv");
    const std::string sequence = "sequence base --data '" + four_classes(80) +
                                 "' --classes-per-task 2 --with judged=20 --with epochs=1 --strategy sequential "
                                 "--seeds 1 --name four --json";
    const Said told = cli(sequence);
    expect_json_alone(told, "sequence");
    for (const char* part : {"reading text", "One after another, seed 1: training a | b (task 1 of 2)",
                             "One after another, seed 1: training c | d (task 2 of 2)", "evaluating after c | d", " %"})
        EXPECT_NE(told.err.find(part), std::string::npos) << part << "\n" << told.err;
    EXPECT_EQ(told.err.find('\r'), std::string::npos) << "a file has lines, not one that is written over";

    const std::vector<std::string> verbs{"evaluate base --json",
                                         "evaluate base --json --data '" + data + "'",
                                         "probe base --data '" + data + "' --json",
                                         "slices base --words soup --json",
                                         "mistakes base --json",
                                         "tokenizer report --tokenizer base --data '" + data + "' --json"};
    for (const std::string& verb : verbs) {
        const Said said = cli(verb);
        expect_json_alone(said, verb.c_str());
        EXPECT_NE(said.err.find(" %\n"), std::string::npos) << verb << "\n" << said.err;
    }
    const Said made = cli("tokenizer train --kind characters --data '" + data + "' --out '" + path("t.json") + "'");
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.err.find("reading text 0 %\n"), std::string::npos) << made.err;
    const Said pilot = cli("pilot base --data '" + data + "' --seeds 1 --ways head --label-counts 10 --name p");
    EXPECT_EQ(pilot.code, 0) << pilot.err;
    EXPECT_NE(pilot.err.find("reading text"), std::string::npos) << pilot.err;

    // Of several runs each tells its place among them.
    ASSERT_EQ(cli("queue add '" + labelled() + "' --set training.seed=7,8 --name two").code, 0);
    const Said queue = cli("queue run");
    EXPECT_EQ(queue.code, 0) << queue.err;
    EXPECT_NE(queue.err.find("run 1 of 3: "), std::string::npos) << queue.err;
    EXPECT_NE(queue.err.find("run 3 of 3: "), std::string::npos) << queue.err;
    const Said folds = cli("cross-validate base --data '" + data +
                           "' --folds 2 --set training.budget=2 --set training.budget_unit=steps --name cv --json");
    expect_json_alone(folds, "cross-validate");
    EXPECT_NE(folds.err.find("fold 2 of 2: "), std::string::npos) << folds.err;
}

TEST_F(CliProgress, WhatIsOverAtOnceSaysNothing) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0);
    ::setenv("GROUNDWORK_PROGRESS_SECONDS", "3600", 1);
    EXPECT_EQ(cli("slices base --words soup --json").err, "");
}

TEST_F(CliProgress, ATerminalHasOneLineThatIsWrittenOver) {
    if (std::system("script -qec true /dev/null >/dev/null 2>&1 </dev/null") != 0)
        GTEST_SKIP() << "no terminal can be made here";
    ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0);
    // `script` gives the program a terminal for all that it says; its answer goes to a file.
    const std::string call = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                             path("workspace") + "' probe base --data '" + path("clean.csv") + "' --json >'" +
                             path("answer") + "'";
    const std::string script = file("probe.sh", call);
    ASSERT_EQ(std::system(("script -qec 'sh " + script + "' '" + path("typescript") + "' >'" + path("seen") +
                           "' 2>&1 </dev/null")
                              .c_str()),
              0)
        << content("seen");
    const std::string seen = content("seen");
    EXPECT_NE(seen.find("\r\033[K"), std::string::npos) << seen;
    EXPECT_NE(seen.find(" %"), std::string::npos) << seen;
    EXPECT_TRUE(seen.ends_with("\r\033[K")) << "it is taken away at the end";
    EXPECT_TRUE(Json::parse(content("answer"), nullptr, false).is_object());
}

TEST_F(CliProgress, ATerminalIsGivenNoControlCharacters) {
    if (std::system("script -qec true /dev/null >/dev/null 2>&1 </dev/null") != 0)
        GTEST_SKIP() << "no terminal can be made here";
    const std::string call = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' recipes \"$(printf '" +
                             R"(\033]0;title\007 \302\233m \233m caf\303\251 \346\227\245)" + "')\"";
    const std::string script = file("call.sh", call + "; true");
    ASSERT_EQ(
        std::system(("script -qec 'sh " + script + "' /dev/null >'" + path("seen") + "' 2>&1 </dev/null").c_str()), 0);
    const std::string seen = content("seen");
    EXPECT_NE(seen.find(R"(\x1B]0;title\x07 \xC2\x9Bm \x9Bm café 日)"), std::string::npos) << seen;
    EXPECT_EQ(seen.find('\033'), std::string::npos) << seen;
    // A file gets each byte as it is.
    ASSERT_EQ(std::system(("sh " + script + " >'" + path("seen") + "' 2>&1").c_str()), 0);
    EXPECT_NE(content("seen").find("\033]0;title\007"), std::string::npos);
}

TEST_F(CliProgress, AKilledSequenceRepeatsOnlyWhatCameAfterTheLastCheckpoint) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0);
    const auto sequence = [&](const std::string& name) {
        return "sequence base --data '" + four_classes(160) +
               "' --classes-per-task 2 --with judged=20 --with epochs=150 --with micro_batch=8 --with threads=1 "
               "--strategy ewc --seeds 1 --name " +
               name + " --json";
    };
    const Said whole = cli(sequence("whole"));
    ASSERT_EQ(whole.code, 0) << whole.err;

    // Killed in the middle of its second task, once that has a checkpoint.
    const auto folders_with_checkpoints = [&] {
        std::size_t found = 0;
        for (const auto& run : fs::directory_iterator(folder_ / "workspace" / "runs")) {
            std::error_code ignored;
            for (const auto& one : fs::directory_iterator(run.path() / "checkpoints", ignored))
                if (one.path().filename().string().starts_with("step-")) {
                    ++found;
                    break;
                }
        }
        return found;
    };
    const std::size_t before = folders_with_checkpoints();
    const std::string line = "exec '" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                             path("workspace") + "' " + sequence("parts") + " >'" + path("out") + "' 2>'" +
                             path("err") + "'";
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
        ::_exit(127);
    }
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 180s;
    while (folders_with_checkpoints() < before + 2 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(5ms);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << content("err") << "it should have been in its second task";

    const Json parts = cli("sequences parts --json").last();
    ASSERT_TRUE(parts.is_object());
    ASSERT_EQ(parts["runs"].size(), 2u);
    EXPECT_TRUE(parts["results"].empty());
    const std::string second = parts["runs"][1]["run"];
    const Json stood = cli("show " + second + " --json").last();
    ASSERT_EQ(stood["status"], "interrupted");
    const std::int64_t saved = stood["checkpoint_step"];
    ASSERT_GT(saved, 0);

    const Said done = cli(sequence("parts"));
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(done.last()["runs"][1]["run"], second) << "the interrupted task goes on";
    EXPECT_NE(cli("show " + second).out.find("segments          2"), std::string::npos) << cli("show " + second).out;
    for (const char* figure : {"by_head", "by_neighbours", "neighbours_before"})
        EXPECT_EQ(done.last()["results"][0][figure], whole.last()["results"][0][figure]) << figure;
}

}  // namespace
}  // namespace gw
