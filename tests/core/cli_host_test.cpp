#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <thread>

#include "core/cli_fixture.h"
#include "store/store.h"
#include "util/hash.h"
#include "util/local_socket.h"

namespace gw {
namespace {

using namespace std::chrono_literals;

/// Runs in a process of their own, and what becomes of them when one of the two programs ends.
class CliHost : public CliTest {
  protected:
    /// Trains until it is stopped, and keeps a checkpoint every few steps.
    std::string endless() const {
        Json spec = Json::parse(read_file(tiny()).or_throw());
        spec["training"]["budget"] = 100000000;
        spec["training"]["budget_unit"] = "steps";
        spec["evaluation"]["every"] = 0;
        spec["saving"]["every"] = 20;
        spec["monitoring"] = {{"energy", false}, {"layers_every", 0}};
        return file("endless.json", spec.dump());
    }
    /// A program in the background; its process is that of the program itself.
    struct Started {
        pid_t process = -1;
        std::string err;
    };
    Started begin(const std::string& arguments, const std::string& name) const {
        Started started;
        started.err = path(name + ".err");
        const std::string line = "exec '" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                                 path("workspace") + "' " + arguments + " >'" + path(name + ".out") + "' 2>'" +
                                 started.err + "'";
        started.process = ::fork();
        if (started.process == 0) {
            ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
            ::_exit(127);
        }
        return started;
    }
    static int end_of(const Started& started) {
        int status = 0;
        ::waitpid(started.process, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    static bool comes_true(const std::function<bool()>& holds) {
        for (int i = 0; i < 6000; ++i, std::this_thread::sleep_for(10ms))
            if (holds()) return true;
        return false;
    }
    Store store() const { return Store::open(folder_ / "workspace" / "groundwork.db").or_throw(); }
    RunRecord row(const std::string& name) const {
        auto run = store().run(name);
        return run ? run.value() : RunRecord();
    }
    /// Until it has a checkpoint; its process.
    pid_t trained(const std::string& name) const {
        EXPECT_TRUE(comes_true([&] {
            if (!fs::exists(folder_ / "workspace" / "groundwork.db")) return false;
            const RunRecord run = row(name);
            return run.status == "running" && !store().checkpoints(run.id).or_throw().empty();
        }));
        return static_cast<pid_t>(row(name).process);
    }
    std::vector<double> losses(const std::string& name) const {
        std::vector<double> out;
        for (const MetricPoint& point : store().series(row(name).id, "train/loss").or_throw())
            out.push_back(point.value);
        return out;
    }
    /// Ended, though perhaps nobody has asked how yet.
    static bool gone(pid_t process) {
        const auto facts = read_file("/proc/" + std::to_string(process) + "/stat");
        return !facts || facts.value().find(") Z ") != std::string::npos;
    }
    static void expect_gone(pid_t process) {
        EXPECT_TRUE(comes_true([&] { return gone(process); })) << process;
    }
};

TEST_F(CliHost, ResultsEqualThoseOfAThreadToTheBit) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name thread").code, 0);
    const Said apart = cli("run '" + tiny() + "' --name apart --host process --json");
    ASSERT_EQ(apart.code, 0) << apart.err;
    EXPECT_NE(apart.err.find("in process"), std::string::npos) << apart.err;
    EXPECT_EQ(apart.last()["status"], "finished");
    EXPECT_EQ(losses("apart"), losses("thread"));
    EXPECT_EQ(losses("apart").size(), 20u);
    auto weights = [&](const std::string& name) {
        const fs::path newest = store().checkpoints(row(name).id).or_throw().front().path;
        return hash_file(newest / "backbone.safetensors").or_throw().sha256;
    };
    EXPECT_EQ(weights("apart"), weights("thread"));
    EXPECT_FALSE(fs::exists(folder_ / "workspace" / "runs" / row("apart").id / "host.sock"));
    expect_gone(static_cast<pid_t>(row("apart").process));
}

TEST_F(CliHost, AProcessThatCrashesIsNamedAndItsRunGoesOn) {
    for (const auto& [signal, said, status] :
         {std::tuple(SIGSEGV, "signal 11", "failed"), std::tuple(SIGABRT, "signal 6", "failed"),
          std::tuple(SIGKILL, "for want of memory", "interrupted")}) {
        const std::string name = "crash " + std::to_string(signal);
        const Started started = begin("run '" + endless() + "' --host process --name '" + name + "'", "crash");
        const pid_t process = trained(name);
        ASSERT_NE(process, started.process);
        ::kill(process, signal);
        EXPECT_EQ(end_of(started), 1);
        const std::string err = read_file(started.err).or_throw();
        EXPECT_NE(err.find(said), std::string::npos) << err;
        EXPECT_EQ(row(name).status, status);
        EXPECT_NE(row(name).cause.find(said), std::string::npos) << row(name).cause;
        // Nothing that was committed is missing, and the run is taken up.
        const std::size_t committed = losses(name).size();
        EXPECT_GE(static_cast<std::int64_t>(committed), store().checkpoints(row(name).id).or_throw().front().step);
        const Said resumed = cli("resume '" + name + "' --host process --stop-at " + std::to_string(committed + 30));
        EXPECT_EQ(resumed.code, 0) << resumed.err;
        EXPECT_EQ(row(name).status, "stopped");
        EXPECT_EQ(row(name).segment, 1);
    }
}

TEST_F(CliHost, TheRunOutlivesTheProgramThatStartedItAndIsWatchedAgain) {
    const Started started = begin("run '" + endless() + "' --host process --train-alone --name alone", "alone");
    const pid_t process = trained("alone");
    ::kill(started.process, SIGKILL);
    end_of(started);
    const std::int64_t then = row("alone").steps;
    ASSERT_TRUE(comes_true([&] { return row("alone").steps > then + 50; })) << "it trains on";
    // Two watch it; orders of a third one end it for both.
    const Started one = begin("watch alone", "one"), two = begin("watch alone", "two");
    for (const Started& watching : {one, two})
        ASSERT_TRUE(comes_true([&] {
            const auto err = read_file(watching.err);
            return err && err.value().find("Ctrl+C leaves it") != std::string::npos;
        }));
    // One that leaves changes nothing.
    const Started three = begin("watch alone", "three");
    ASSERT_TRUE(comes_true([&] {
        const auto err = read_file(three.err);
        return err && err.value().find("Ctrl+C leaves it") != std::string::npos;
    }));
    std::this_thread::sleep_for(200ms);
    ::kill(three.process, SIGINT);
    EXPECT_EQ(end_of(three), 0);
    EXPECT_FALSE(gone(process));
    EXPECT_EQ(cli("stop alone").code, 0);
    EXPECT_EQ(end_of(one), 0) << read_file(one.err).or_throw();
    EXPECT_EQ(end_of(two), 0) << read_file(two.err).or_throw();
    EXPECT_EQ(row("alone").status, "stopped");
    EXPECT_EQ(store().checkpoints(row("alone").id).or_throw().front().step, row("alone").steps);
    expect_gone(process);
    const Said over = cli("watch alone");
    EXPECT_EQ(over.code, 2);
}

TEST_F(CliHost, ARunWhoseFolderIsGoneEnds) {
    const Started started = begin("run '" + endless() + "' --host process --train-alone --name homeless", "homeless");
    const pid_t process = trained("homeless");
    ::kill(started.process, SIGKILL);
    end_of(started);
    fs::rename(folder_ / "workspace" / "runs" / row("homeless").id, folder_ / "taken away");
    expect_gone(process);
}

TEST_F(CliHost, WithoutThatItSavesAndStops) {
    const Started started = begin("run '" + endless() + "' --host process --name held", "held");
    const pid_t process = trained("held");
    ::kill(started.process, SIGKILL);
    end_of(started);
    ASSERT_TRUE(comes_true([&] { return row("held").status == "stopped"; }));
    EXPECT_EQ(store().checkpoints(row("held").id).or_throw().front().step, row("held").steps);
    expect_gone(process);
}

TEST_F(CliHost, OrdersAndCtrlCReachIt) {
    const Started started = begin("run '" + endless() + "' --host process --name ordered", "ordered");
    const pid_t process = trained("ordered");
    ASSERT_EQ(cli("pause ordered").code, 0);
    ASSERT_TRUE(comes_true([&] { return row("ordered").status == "paused"; }));
    ASSERT_EQ(cli("unpause ordered").code, 0);
    ASSERT_TRUE(comes_true([&] { return row("ordered").status == "running"; }));
    ::kill(started.process, SIGINT);
    EXPECT_EQ(end_of(started), 0) << read_file(started.err).or_throw();
    EXPECT_EQ(row("ordered").status, "stopped");
    expect_gone(process);
}

TEST_F(CliHost, AProcessThatDoesNotAnswerIsEndedByAThirdWord) {
    const Started started = begin("run '" + endless() + "' --host process --name still", "still");
    const pid_t process = trained("still");
    ::kill(process, SIGSTOP);
    for (int i = 0; i < 2; ++i) {
        ::kill(started.process, SIGINT);
        std::this_thread::sleep_for(300ms);
    }
    EXPECT_EQ(end_of(started), 1);
    EXPECT_NE(read_file(started.err).or_throw().find("by force"), std::string::npos)
        << read_file(started.err).or_throw();
    EXPECT_EQ(row("still").status, "interrupted");
    expect_gone(process);
}

TEST_F(CliHost, WhatIsNoTrainingProcessIsAnErrorAndNoCrash) {
    const std::pair<const char*, const char*> bodies[] = {
        {"head -c 100000 /dev/urandom >&0; exec sleep 60", "beyond every length, most likely"},
        {"printf '\\003\\000\\000\\000{}}' >&0; exec sleep 60", "no JSON"},
        {"printf '\\002\\000\\000\\000[]' >&0; exec sleep 60", "no object"},
        // In a pipe 0 is the pipe, so the connection needs another number.
        {"exec 3>&0; printf '\\100\\015\\003\\000' >&3; head -c 200000 /dev/zero | tr '\\000' '[' >&3; exec sleep 60",
         "nested"},
        {"echo no library >&2; exit 3", "ends"},
        {"kill -SEGV $$", "crashes"}};
    for (const auto& [body, what] : bodies) {
        const std::string program = file("pretender", std::string("#!/bin/sh\n") + body + "\n");
        fs::permissions(program, fs::perms::owner_all);
        ::setenv("GROUNDWORK_CLI", program.c_str(), 1);
        const auto since = std::chrono::steady_clock::now();
        const Said said = cli("run '" + tiny() + "' --host process");
        ::unsetenv("GROUNDWORK_CLI");
        EXPECT_LT(std::chrono::steady_clock::now() - since, std::chrono::seconds(50)) << what << ": it was waited for";
        EXPECT_EQ(said.code, 1) << what << said.err;
        EXPECT_NE(said.err.find("process"), std::string::npos) << what << said.err;
        if (std::string(what) == "ends") {
            EXPECT_NE(said.err.find("no library"), std::string::npos) << said.err;
        }
    }
}

TEST_F(CliHost, AStrangerAtTheSocketIsSentAway) {
    const Started started = begin("run '" + endless() + "' --host process --name visited", "visited");
    const pid_t process = trained("visited");
    const auto visitor = connect_in(folder_ / "workspace" / "runs" / row("visited").id, "host.sock").or_throw();
    EXPECT_EQ(peer_of(visitor), process);
    std::string noise(5000, '\xff'), answer;
    ASSERT_TRUE(send_some(visitor, noise));
    EXPECT_TRUE(comes_true([&] { return !receive_some(visitor, answer); }));
    EXPECT_EQ(answer, "");
    const std::int64_t then = row("visited").steps;
    EXPECT_TRUE(comes_true([&] { return row("visited").steps > then; })) << "it trains on";
    EXPECT_FALSE(gone(process));
    EXPECT_EQ(cli("stop visited").code, 0);
    EXPECT_EQ(end_of(started), 0);
}

TEST_F(CliHost, ALinkOrAPipeInThePlaceOfItsWordsIsLeftAlone) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name one --stop-at 10").code, 0);
    const fs::path folder = row("one").path;
    const fs::path theirs = folder_ / "precious", words = folder / "stderr.txt";
    write_file_atomic(theirs, "precious").or_throw();
    fs::create_symlink(theirs, words);
    EXPECT_EQ(cli("resume one --host process --stop-at 12").code, 0);
    EXPECT_EQ(read_file(theirs).or_throw(), "precious");
    fs::remove(words);
    ASSERT_EQ(::mkfifo(words.c_str(), 0600), 0);
    EXPECT_EQ(cli("resume one --host process --stop-at 14").code, 0);
}

TEST_F(CliHost, AnErrorOfTheLaunchIsThatOfAThread) {
    const std::string broken = file("broken.json", R"({"training": {"budget": -1}})");
    const Said thread = cli("run '" + broken + "'"), apart = cli("run '" + broken + "' --host process");
    EXPECT_EQ(apart.code, thread.code);
    EXPECT_EQ(apart.err, thread.err);
    EXPECT_EQ(cli("run '" + tiny() + "' --host elsewhere").code, 2);
    EXPECT_EQ(cli("run '" + tiny() + "' --train-alone").code, 2);
}

TEST_F(CliHost, TheBodyIsNoVerbForPeople) {
    EXPECT_EQ(cli("--help").out.find("train-for"), std::string::npos);
    const Said said = cli("train-for </dev/null");
    EXPECT_EQ(said.code, 2);
    EXPECT_NE(said.err.find("other programs"), std::string::npos);
}

}  // namespace
}  // namespace gw
