#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

// What CONTRIBUTING.md says of adding a kind is so: of every kind of the program, and of the samples, which were added
// to the test programs by its steps alone.
namespace {

namespace fs = std::filesystem;
const fs::path tree = GROUNDWORK_SOURCE_DIR;

std::string content_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// One row of its table: the steps for one family.
struct Checklist {
    std::string family;
    std::vector<fs::path> folders;  ///< where its file may lie
    std::string type;               ///< "OptimizerKind"
    fs::path catalog;               ///< catalog.h
    fs::path listed;                ///< the file with the list
    std::string suite;              ///< empty where there is none
};

std::vector<std::string> code_words(const std::string& cell) {
    static const std::regex code("`([^`]+)`");
    std::vector<std::string> out;
    for (std::sregex_iterator it(cell.begin(), cell.end(), code), end; it != end; ++it) out.push_back(it->str(1));
    return out;
}

std::vector<Checklist> checklists() {
    std::vector<Checklist> out;
    std::istringstream lines(content_of(tree / "CONTRIBUTING.md"));
    for (std::string line; std::getline(lines, line);) {
        if (line.find("NAME_kind();") == std::string::npos || line[0] != '|') continue;
        std::vector<std::string> cells;
        std::istringstream parts(line.substr(1));
        for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
        Checklist one;
        one.family = std::regex_replace(cells.at(0), std::regex(" "), "");
        for (const std::string& file : code_words(cells.at(1))) {
            EXPECT_EQ(fs::path(file).filename(), "NAME.cpp") << line;
            one.folders.push_back(fs::path(file).parent_path());
        }
        const std::string declared = code_words(cells.at(2)).at(0);
        one.type = declared.substr(0, declared.find(' '));
        EXPECT_EQ(declared, one.type + " NAME_kind();") << line;
        one.listed = code_words(cells.at(3)).at(0);
        one.catalog = one.listed.parent_path() / "catalog.h";
        if (const auto suites = code_words(cells.at(4)); !suites.empty()) one.suite = suites.front();
        out.push_back(one);
    }
    return out;
}

/// All sources below some folders of a tree, by their paths from its root.
std::map<fs::path, std::string> sources_of(const fs::path& root, const std::vector<std::string>& folders) {
    std::map<fs::path, std::string> out;
    for (const std::string& folder : folders)
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
                out[fs::relative(entry.path(), root)] = content_of(entry.path());
    return out;
}

bool says(const std::string& text, const std::string& word) {
    auto of_a_word = [&](std::size_t at) {
        return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_');
    };
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; ++at)
        if ((at == 0 || !of_a_word(at - 1)) && !of_a_word(at + word.size())) return true;
    return false;
}

/// The functions that a catalogue declares for a family.
std::vector<std::string> declared_in(const std::string& text, const std::string& type) {
    const std::regex line("^" + type + " (\\w+_kind)\\(\\);$", std::regex::multiline);
    std::vector<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), line), end; it != end; ++it) out.push_back(it->str(1));
    return out;
}

/// A kind is its file and the two lines; gives the number of them that a tree has.
int expect_file_and_two_lines(const Checklist& list, const std::map<fs::path, std::string>& sources) {
    int found = 0;
    for (const std::string& name : declared_in(sources.at(list.catalog), list.type)) {
        ++found;
        std::set<fs::path> files;
        for (const auto& [file, text] : sources)
            if (says(text, name)) files.insert(file);
        EXPECT_EQ(files.erase(list.catalog), 1U) << name << " is not declared in " << list.catalog;
        EXPECT_EQ(files.erase(list.listed), 1U) << name << " is not listed in " << list.listed;
        EXPECT_EQ(files.size(), 1U) << name << " needs more than its file and two lines";
        for (const fs::path& file : files)
            EXPECT_NE(std::find(list.folders.begin(), list.folders.end(), file.parent_path()), list.folders.end())
                << file << " does not lie where the checklist says";
    }
    return found;
}

TEST(Checklists, EveryKindIsAFileAndTwoLines) {
    const auto sources = sources_of(tree, {"core", "app", "ui"});
    std::set<std::string> types;
    for (const Checklist& list : checklists()) {
        types.insert(list.type);
        EXPECT_GT(expect_file_and_two_lines(list, sources), 0) << list.family;
    }
    // No family is without a row.
    static const std::regex any("^(\\w+Kind) \\w+_kind\\(\\);$", std::regex::multiline);
    for (const auto& [file, text] : sources) {
        if (file.filename() != "catalog.h") continue;
        for (std::sregex_iterator it(text.begin(), text.end(), any), end; it != end; ++it)
            EXPECT_TRUE(types.count(it->str(1))) << it->str(1) << " has no row in CONTRIBUTING.md";
    }
}

TEST(Checklists, TheSamplesWereAddedByThem) {
    const auto sources = sources_of(tree / "tests" / "samples", {"core"});
    std::set<std::string> families;
    int files = 0;
    for (const Checklist& list : checklists()) {
        if (!sources.count(list.catalog)) continue;
        const int found = expect_file_and_two_lines(list, sources);
        if (found > 0) families.insert(list.family);
        files += found;
    }
    EXPECT_EQ(families, (std::set<std::string>{"backbone", "dataset", "objective", "optimizer"}));
    for (const auto& [file, text] : sources) files -= file.stem() == "catalog" ? 0 : 1;
    EXPECT_EQ(files, 0) << "a sample is one file";
}

TEST(Checklists, TheSuitesAreThere) {
    for (const Checklist& list : checklists()) {
        if (list.suite.empty()) continue;
        bool there = false;
        for (const char* folder : {"core", "engine"})
            for (const auto& entry : fs::directory_iterator(tree / "tests" / folder))
                there = there || (entry.path().extension() == ".cpp" &&
                                  content_of(entry.path()).find("INSTANTIATE_TEST_SUITE_P(All, " + list.suite + ",") !=
                                      std::string::npos);
        EXPECT_TRUE(there) << list.suite << " does not run over all kinds of " << list.family;
    }
}

TEST(Checklists, EveryPathIsThere) {
    int seen = 0;
    for (const std::string& word : code_words(content_of(tree / "CONTRIBUTING.md"))) {
        static const std::regex path("(app|cmake|core|docs|resources|tests|tools|ui)/[\\w./]*");
        if (!std::regex_match(word, path) || word.find("NAME") != std::string::npos) continue;
        ++seen;
        // A file may be meant with its header and source: "core/eval/task_metrics".
        EXPECT_TRUE(fs::exists(tree / word) || fs::exists(tree / (word + ".h"))) << word;
    }
    EXPECT_GT(seen, 15);
}

}  // namespace
