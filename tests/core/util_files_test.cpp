#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "scratch.h"
#include "util/expand_path.h"
#include "util/files.h"
#include "util/named_file.h"

namespace gw {
namespace {

void put(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

TEST(Files, ReadsBackWhatWasWritten) {
    Scratch scratch;
    const std::string bytes("a\0b\r\n\xff", 6);
    ASSERT_TRUE(write_file_atomic(scratch / "one", bytes));
    EXPECT_EQ(read_file(scratch / "one").value(), bytes);
    ASSERT_TRUE(write_file_atomic(scratch / "one", "shorter"));
    EXPECT_EQ(read_file(scratch / "one").value(), "shorter");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1) << "a temporary file was left behind";
}

TEST(Files, ReadsFilesThatDoNotTellTheirSize) {
    EXPECT_FALSE(read_file("/proc/self/status").value().empty());
}

TEST(Files, APipeIsNotWaitedFor) {
    Scratch scratch;
    const fs::path pipe = scratch / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const fs::path& path : {pipe, fs::path("/dev/zero")}) {
        const auto read = read_file(path);
        ASSERT_FALSE(read);
        EXPECT_NE(to_text(read.error()).find(path.string()), std::string::npos) << to_text(read.error());
    }
    // What a person names for this reading may be one.
    std::thread writer([&] { std::ofstream(pipe) << "settings"; });
    EXPECT_EQ(read_file(pipe, Pipes::read).value(), "settings");
    writer.join();
    // ... and has an end.
    const auto endless = read_file("/dev/zero", Pipes::read);
    ASSERT_FALSE(endless);
    EXPECT_NE(endless.error().message.find("256 MiB"), std::string::npos) << endless.error().message;
    for (const Existing existing : {Existing::refuse, Existing::replace}) {
        const Status written = write_named_file(pipe, "report", existing);
        ASSERT_FALSE(written);
        EXPECT_NE(written.error().message.find("nobody reads"), std::string::npos) << written.error().message;
    }
    std::string read;
    std::thread reader([&] { read = read_file(pipe, Pipes::read).value(); });
    Status written = write_named_file(pipe, "report", Existing::refuse);
    while (!written) {  // the reader comes when it comes
        std::this_thread::yield();
        written = write_named_file(pipe, "report", Existing::refuse);
    }
    reader.join();
    EXPECT_EQ(read, "report");
}

TEST(Files, ErrorsNameThePathAndTheReason) {
    Scratch scratch;
    const auto missing = read_file(scratch / "nothing");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("nothing"), std::string::npos);
    EXPECT_NE(missing.error().message.find("No such file"), std::string::npos);
    const auto folder = read_file(scratch.path());
    ASSERT_FALSE(folder);
    EXPECT_NE(folder.error().message.find("directory"), std::string::npos);
    EXPECT_FALSE(write_file_atomic(scratch / "no" / "folder", "x"));
    put(scratch / "file", "x");
    const Status under_file = make_folder(scratch / "file" / "below");
    ASSERT_FALSE(under_file);
    EXPECT_FALSE(under_file.error().hint.empty());
}

TEST(Files, AFailedWriteLeavesTheOldFileAlone) {
    Scratch scratch;
    put(scratch / "target" / "inside", "old");  // a folder with content cannot be replaced by a file
    EXPECT_FALSE(write_file_atomic(scratch / "target", "new"));
    EXPECT_EQ(read_file(scratch / "target" / "inside").value(), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1);
}

TEST(Files, MakesFoldersWithTheirParents) {
    Scratch scratch;
    ASSERT_TRUE(make_folder(scratch / "a" / "b" / "c"));
    EXPECT_TRUE(fs::is_directory(scratch / "a" / "b" / "c"));
    EXPECT_TRUE(make_folder(scratch / "a" / "b" / "c"));
}

TEST(Files, ExpandsFilesFoldersAndGlobs) {
    Scratch scratch;
    for (const char* name : {"b.txt", "a.txt", "deep/c.txt", "deep/d.md", ".hidden/e.txt", "[x].txt"})
        put(scratch / name, "x");
    auto names = [&](const std::string& pattern) {
        std::vector<std::string> out;
        const auto found = expand_path((scratch / pattern).string());
        if (!found) return std::vector<std::string>{"error"};
        for (const fs::path& path : found.value()) out.push_back(fs::relative(path, scratch.path()).string());
        return out;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(names("a.txt"), Names{"a.txt"});
    EXPECT_EQ(names("[x].txt"), Names{"[x].txt"});
    EXPECT_EQ(names("?.txt"), (Names{"a.txt", "b.txt"}));
    EXPECT_EQ(names("[ab].txt"), (Names{"a.txt", "b.txt"}));
    EXPECT_EQ(names("deep"), (Names{"deep/c.txt", "deep/d.md"}));
    EXPECT_EQ(names("d*"), (Names{"deep/c.txt", "deep/d.md"}));
    EXPECT_EQ(names("*.csv"), Names{"error"});
    EXPECT_EQ(names("none"), Names{"error"});
    EXPECT_EQ(names(".hidden"), Names{".hidden/e.txt"}) << "a hidden folder that is named is meant";
    fs::create_directory(scratch / "empty");
    EXPECT_EQ(names("empty"), Names{"error"});
}

TEST(Files, MapsFiles) {
    Scratch scratch;
    put(scratch / "full", "mapped text");
    put(scratch / "empty", "");
    auto full = MappedFile::open(scratch / "full");
    ASSERT_TRUE(full);
    MappedFile moved = std::move(full).value();
    EXPECT_EQ(moved.text(), "mapped text");
    EXPECT_TRUE(MappedFile::open(scratch / "empty").value().bytes().empty());
    EXPECT_FALSE(MappedFile::open(scratch / "none"));
    EXPECT_FALSE(MappedFile::open(scratch.path()));
}

TEST(Files, CountsBytes) {
    Scratch scratch;
    put(scratch / "a" / "one", "12345");
    put(scratch / "two", "123");
    EXPECT_EQ(folder_bytes(scratch.path()), 8u);
    EXPECT_EQ(folder_bytes(scratch / "none"), 0u);
    EXPECT_GT(free_bytes(scratch / "not" / "there" / "yet"), 0u);
}

TEST(Files, DataFolderFollowsXdg) {
    const char* before = std::getenv("XDG_DATA_HOME");
    const std::string saved = before ? before : "";
    ::setenv("XDG_DATA_HOME", "/somewhere/data", 1);
    EXPECT_EQ(user_data_folder(), "/somewhere/data/groundwork");
    ::setenv("XDG_DATA_HOME", "relative", 1);
    EXPECT_NE(user_data_folder(), "relative/groundwork");
    before ? ::setenv("XDG_DATA_HOME", saved.c_str(), 1) : ::unsetenv("XDG_DATA_HOME");
}

}  // namespace
}  // namespace gw
