#include "util/subprocess.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

namespace gw {
namespace {

std::size_t open_files() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

TEST(SubprocessTest, TalksBothWays) {
    auto process = Subprocess::start({"/bin/cat"}, {}).or_throw();
    ASSERT_TRUE(process.write("one\ntwo\n"));
    EXPECT_EQ(process.read(4).or_throw(), "one\n");
    EXPECT_EQ(process.read_line().or_throw(), "two");
    process.close_input();
    EXPECT_EQ(process.read_line().or_throw(), std::nullopt);
    EXPECT_EQ(process.wait(), 0);
}

TEST(SubprocessTest, AMissingProgramIsAnError) {
    const auto process = Subprocess::start({"/nowhere/at/all"}, {});
    ASSERT_FALSE(process);
    EXPECT_EQ(process.error().code, Error::Code::helper_lost);
    EXPECT_NE(process.error().message.find("/nowhere/at/all"), std::string::npos);
}

TEST(SubprocessTest, AnEarlyEndSaysWhatItSaid) {
    auto process = Subprocess::start({"/bin/sh", "-c", "echo first >&2; echo the reason >&2; exit 3"}, {}).or_throw();
    const auto answer = process.read(10);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Error::Code::helper_lost);
    EXPECT_NE(answer.error().message.find("exit code 3"), std::string::npos) << answer.error().message;
    EXPECT_NE(answer.error().message.find("the reason"), std::string::npos) << answer.error().message;
    EXPECT_EQ(process.error_text(), "first\nthe reason\n");
}

TEST(SubprocessTest, WritingToTheDeadIsAnErrorAndNoSignal) {
    auto process = Subprocess::start({"/bin/true"}, {}).or_throw();
    process.wait();
    EXPECT_FALSE(process.write(std::string(1 << 20, 'x')));
}

TEST(SubprocessTest, WaitingForALineCanBeStopped) {
    auto process = Subprocess::start({"/bin/sleep", "60"}, {}).or_throw();
    std::stop_source stop;
    std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        stop.request_stop();
    });
    const auto line = process.read_line(stop.get_token());
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, Error::Code::cancelled);
    process.kill();
    EXPECT_EQ(process.wait(), 128 + SIGKILL);
}

TEST(SubprocessTest, TheMemoryLimitHolds) {
    constexpr std::uint64_t limit = 64 << 20;
    auto process = Subprocess::start({"/bin/sh", "-c", "ulimit -v"}, {limit}).or_throw();
    EXPECT_EQ(process.read_line().or_throw(), std::to_string(limit / 1024));
}

TEST(SubprocessTest, LeavesNothingOpen) {
    const std::size_t before = open_files();
    for (int i = 0; i < 5; ++i) {
        auto process = Subprocess::start({"/bin/cat"}, {}).or_throw();
        ASSERT_TRUE(process.write("x"));
    }
    EXPECT_EQ(open_files(), before);
}

}  // namespace
}  // namespace gw
