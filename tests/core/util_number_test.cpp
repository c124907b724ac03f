#include <gtest/gtest.h>

#include "scratch.h"
#include "util/name.h"
#include "util/named_file.h"
#include "util/number.h"

namespace gw {
namespace {

TEST(Number, IsReadAsPeopleWriteItTheWholeTextOrNothing) {
    for (const auto& [text, value] : {std::pair{"3", 3.0},
                                      {"-0.5", -0.5},
                                      {"+3", 3.0},
                                      {".5", 0.5},
                                      {"5.", 5.0},
                                      {"1e3", 1000.0},
                                      {"1E-4", 1e-4},
                                      {"1_000", 1000.0},
                                      {"2k", 2000.0},
                                      {"2K", 2000.0},
                                      {"1.5M", 1.5e6},
                                      {"2G", 2e9},
                                      {"2B", 2e9},
                                      {" 7 ", 7.0},
                                      {"1e-3k", 1.0}})
        EXPECT_EQ(parse_number(text), value) << text;
    for (const char* text :
         {"",    " ",    "x",        "1x",    "1e",     "1e3x", "e3", "--1", "+-1", "1,000", "1.2.3", "0x10", "nan",
          "inf", "-inf", "infinity", "1e999", "1e305M", "2m",   "k",  "_1",  "1_",  "1__0",  "1 000", "2kk",  "1_e3"})
        EXPECT_FALSE(parse_number(text)) << text;
    for (const auto& [text, value] : {std::pair{"10", 10}, {"1e1", 10}, {"2.5k", 2500}, {"-3", -3}, {"1_0", 10}})
        EXPECT_EQ(parse_count(text), value) << text;
    for (const char* text : {"1.5", "1e-1", "9007199254740993k", "1e300", "ten"})
        EXPECT_FALSE(parse_count(text)) << text;
    EXPECT_EQ(parse_count("9007199254740992"), std::int64_t{1} << 53);
}

TEST(Name, IsALineOfText) {
    for (const char* name : {"a", "exp/lr=3e-3", "日本語", "a · b", "🚀", "x\xc2\xa0y"})
        EXPECT_FALSE(name_fault(name)) << name;
    for (const char* name :
         {"", "  ", "caf\xe9", "two\nlines", "a\tb", "\x7f", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\x1b[31m"})
        EXPECT_TRUE(name_fault(name)) << name;
    EXPECT_TRUE(name_fault(std::string(501, 'a')));
    EXPECT_TRUE(name_fault(std::string_view("a\0b", 3)));
}

TEST(Name, IsMadeOfWhatFilesAreCalled) {
    for (const char* text : {"fine", "caf\xe9.txt", "two\nlines", "", "\x1b"})
        EXPECT_FALSE(name_fault(fit_name(text))) << text;
    EXPECT_EQ(fit_name("two\nlines"), "two lines");
    EXPECT_LE(fit_name(std::string(400, 'x') + std::string(400, 'y')).size(), 500U);
    std::string wide;
    for (int i = 0; i < 300; ++i) wide += "語";
    EXPECT_FALSE(name_fault(fit_name(wide)));
}

TEST(NamedFile, ReplacesOnlyWithTheWord) {
    const Scratch scratch;
    const fs::path file = scratch / "f";
    write_named_file(file, "mine", Existing::refuse).or_throw();
    EXPECT_EQ(write_named_file(file, "other", Existing::refuse).error().code, Error::Code::bad_spec);
    EXPECT_EQ(read_file(file).or_throw(), "mine");
    fs::create_symlink(file, scratch / "link");
    EXPECT_FALSE(write_named_file(scratch / "link", "other", Existing::refuse));
    write_named_file(scratch / "link", "other", Existing::replace).or_throw();
    EXPECT_EQ(read_file(file).or_throw(), "other");
    EXPECT_TRUE(fs::is_symlink(scratch / "link"));
    write_file_atomic(scratch / "empty", "").or_throw();
    write_named_file(scratch / "empty", "full", Existing::refuse).or_throw();
    EXPECT_EQ(read_file(scratch / "empty").or_throw(), "full");
    EXPECT_FALSE(write_named_file(scratch.path(), "x", Existing::replace));
    EXPECT_FALSE(write_named_file(scratch / "no" / "folder", "x", Existing::replace));
    EXPECT_FALSE(write_named_file(
        scratch / "half",
        [](const fs::path& at) -> Status {
            write_file_atomic(at, "half").or_throw();
            return Error{Error::Code::io, "full", "", {}};
        },
        Existing::replace));
    EXPECT_FALSE(fs::exists(scratch / "half"));
    int files = 0;
    for (const auto& entry : fs::directory_iterator(scratch.path()))
        files += entry.path().filename().string().front() == '.' ? 100 : 1;
    EXPECT_EQ(files, 3) << "nothing is left beside";
}

TEST(NamedFile, APlainNameLiesInTheCurrentFolder) {
    const Scratch scratch;
    const fs::path before = fs::current_path();
    fs::current_path(scratch.path());
    EXPECT_TRUE(write_named_file("plain", "x", Existing::refuse));
    EXPECT_GT(free_bytes(""), 0U);
    EXPECT_GT(free_bytes("plain"), 0U);
    EXPECT_GT(free_bytes("not/there/yet"), 0U);
    EXPECT_EQ(absolute_path("out/"), scratch / "out");
    EXPECT_EQ(absolute_path("./out/."), scratch / "out");
    fs::current_path(before);
}

}  // namespace
}  // namespace gw
