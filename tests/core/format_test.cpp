#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

// Every source is as clang-format 14 leaves it (.clang-format), and short enough to be read beside another.
namespace {

namespace fs = std::filesystem;
constexpr std::size_t limit = 120;  // the ColumnLimit of .clang-format

std::vector<fs::path> formatted_sources() {
    std::vector<fs::path> out;
    for (const char* folder : {"core", "app", "ui", "tests"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(GROUNDWORK_SOURCE_DIR) / folder))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

/// What a command prints on both streams, and its exit status.
std::pair<std::string, int> printed(const std::string& command) {
    std::string out;
    FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (!pipe) return {"no shell", -1};
    std::array<char, 4096> part{};
    while (const std::size_t got = std::fread(part.data(), 1, part.size(), pipe)) out.append(part.data(), got);
    return {out, ::pclose(pipe)};
}

/// Another version breaks other lines: a person could not satisfy both.
std::string why_not_checked() {
    const auto [text, status] = printed("clang-format --version");
    if (status != 0) return "clang-format is not installed";
    return std::regex_search(text, std::regex("version 14\\.")) ? "" : "this is another version than 14: " + text;
}

/// The characters of each line with what stands inside of raw string literals left out: breaking those would change
/// what they say.
std::vector<std::size_t> widths_without_raw_strings(const std::string& text) {
    std::vector<std::size_t> out;
    std::string line, end;  // `end` closes the literal that is open
    auto finish = [&] {
        out.push_back(static_cast<std::size_t>(std::count_if(
            line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; })));  // UTF-8's first bytes
        line.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\n') {
            finish();
            ++at;
        } else if (!end.empty()) {
            const bool closes = text.compare(at, end.size(), end) == 0;
            at += closes ? end.size() : 1;
            if (closes) end.clear();
        } else if (text.compare(at, 2, "R\"") == 0 && (line.empty() || !std::isalnum(line.back() & 0xFF))) {
            const std::size_t open = std::min(text.find('(', at), text.size() - 1);
            end = ")" + text.substr(at + 2, open - at - 2) + "\"";
            at = open + 1;
        } else {
            line += text[at++];
        }
    }
    finish();
    return out;
}

TEST(Format, EverySourceIsAsClangFormatLeavesIt) {
    if (const std::string reason = why_not_checked(); !reason.empty()) GTEST_SKIP() << reason;
    const std::vector<fs::path> files = formatted_sources();
    ASSERT_GT(files.size(), 300U);
    constexpr std::size_t at_once = 200;  // far below the longest command line
    for (std::size_t first = 0; first < files.size(); first += at_once) {
        std::string command = "clang-format --dry-run -Werror --ferror-limit=1";
        for (std::size_t i = first; i < std::min(first + at_once, files.size()); ++i)
            command += " '" + files[i].string() + "'";
        const auto [text, status] = printed(command);
        EXPECT_EQ(status, 0) << "run clang-format -i on these files:\n" << text.substr(0, 4000);
    }
}

TEST(Format, NoLineIsLongerThanTheLimit) {
    for (const fs::path& file : formatted_sources()) {
        std::ifstream in(file);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const std::vector<std::size_t> widths = widths_without_raw_strings(text);
        for (std::size_t i = 0; i < widths.size(); ++i)
            EXPECT_LE(widths[i], limit) << file.string() << ":" << i + 1 << " is longer than " << limit;
    }
}

TEST(Format, TheMeasureKnowsRawStrings) {
    EXPECT_EQ(widths_without_raw_strings("ab\nR\"x(long\nlonger)x\" + 1\né"), (std::vector<std::size_t>{2, 0, 4, 1}));
}

}  // namespace
