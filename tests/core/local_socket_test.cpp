#include "util/local_socket.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "scratch.h"
#include "util/detached.h"
#include "util/frames.h"

namespace gw {
namespace {

using namespace std::chrono_literals;

bool comes_true(const std::function<bool()>& holds) {
    for (int i = 0; i < 500; ++i, std::this_thread::sleep_for(10ms))
        if (holds()) return true;
    return holds();
}

TEST(Frames, ComeOutAsTheyWentInWhateverThePieces) {
    const std::string stream = framed("one") + framed("") + framed(std::string(70000, 'x'));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, stream.size()}) {
        FrameReader reader;
        std::vector<std::string> out;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            reader.feed(std::string_view(stream).substr(at, piece));
            while (auto body = reader.next().or_throw()) out.push_back(*body);
        }
        ASSERT_EQ(out.size(), 3u) << piece;
        EXPECT_EQ(out[0], "one");
        EXPECT_EQ(out[1], "");
        EXPECT_EQ(out[2].size(), 70000u);
    }
}

TEST(Frames, ALengthBeyondTheLimitIsAnError) {
    FrameReader reader(1000);
    reader.feed(framed(std::string(1000, 'x')));
    EXPECT_TRUE(reader.next().or_throw().has_value());
    reader.feed("\xff\xff\xff\xff");
    EXPECT_FALSE(reader.next());
}

TEST(LocalSocket, IsForItsOwnerAloneAndInFoldersOfAnyLength) {
    const Scratch scratch;
    fs::path deep = scratch.path();
    for (int i = 0; i < 10; ++i) deep /= "a folder with a long name";
    fs::create_directories(deep);
    EXPECT_FALSE(connect_in(deep, "host.sock")) << "nobody listens yet";
    auto before = listen_in(deep, "host.sock").or_throw();
    before = Descriptor();
    EXPECT_FALSE(connect_in(deep, "host.sock")) << "it was left behind by somebody who is gone";
    const auto listening = listen_in(deep, "host.sock").or_throw();
    EXPECT_EQ(fs::status(deep / "host.sock").permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_FALSE(accept_from(listening).has_value()) << "does not wait";
    const auto here = connect_in(deep, "host.sock").or_throw();
    const auto there = accept_from(listening);
    ASSERT_TRUE(there.has_value());
    EXPECT_EQ(peer_of(here), ::getpid());
    std::string sent = "hello", got;
    EXPECT_TRUE(send_some(here, sent));
    EXPECT_TRUE(sent.empty());
    EXPECT_TRUE(comes_true([&] { return receive_some(*there, got) && got == "hello"; }));
}

TEST(LocalSocket, NeverWaitsForAReaderAndSeesThatItIsGone) {
    auto ends = connected_pair().or_throw();
    std::string much(64 << 20, 'x');
    EXPECT_TRUE(send_some(ends.first, much));
    EXPECT_FALSE(much.empty());
    ends.second = Descriptor();
    EXPECT_FALSE(send_some(ends.first, much)) << "no signal ends this program";
    std::string got;
    EXPECT_FALSE(receive_some(ends.first, got));
}

TEST(DetachedTest, TalksAndSaysHowItEnded) {
    auto ends = connected_pair().or_throw();
    auto process = Detached::start({"/bin/sh", "-c", "cat; echo last words >&2; kill -ABRT $$"}, std::move(ends.second))
                       .or_throw();
    EXPECT_FALSE(process.ended().has_value());
    EXPECT_EQ(::getsid(process.process()), process.process()) << "the terminal does not take it along";
    ::shutdown(ends.first.get(), SHUT_WR);
    ASSERT_TRUE(comes_true([&] { return process.ended().has_value(); }));
    EXPECT_TRUE(WIFSIGNALED(*process.ended()) && WTERMSIG(*process.ended()) == SIGABRT);
    EXPECT_EQ(process.said(), "last words\n");
}

TEST(DetachedTest, IsLeftAloneAndGetsNoFileOfThisProgram) {
    const Scratch scratch;
    const std::string out = (scratch.path() / "out").string();
    auto ends = connected_pair().or_throw();
    const Descriptor open_here(::fcntl(STDERR_FILENO, F_DUPFD, 50));  // not closed on exec
    pid_t left = 0;
    {
        const auto process =
            Detached::start({"/bin/sh", "-c", "ls /proc/self/fd >'" + out + "'; exec sleep 60"}, std::move(ends.second))
                .or_throw();
        left = process.process();
        ASSERT_TRUE(comes_true([&] { return fs::exists(out) && !read_file(out).or_throw().empty(); }));
    }
    EXPECT_EQ(::kill(left, 0), 0) << "it lives on";
    ::kill(left, SIGKILL);
    EXPECT_EQ(read_file(out).or_throw().find(std::to_string(open_here.get())), std::string::npos)
        << read_file(out).or_throw();
}

TEST(DetachedTest, AMissingProgramIsAnError) {
    auto ends = connected_pair().or_throw();
    const auto process = Detached::start({"/nowhere/at/all"}, std::move(ends.second));
    ASSERT_FALSE(process);
    EXPECT_NE(process.error().message.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace gw
