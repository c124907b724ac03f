#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

// A kind is known by its name in its own file alone: whoever else compares with that name asks the kind too little.
// What still does so stands in this table; it may shrink, and a line that is not needed any more is an error.
namespace {

namespace fs = std::filesystem;
const fs::path root = GROUNDWORK_SOURCE_DIR;

const std::map<std::string, std::set<std::string>> still_named{
    {"app/cli/tokenizer_verbs.cpp", {"sentencepiece"}},         // the verb trains that kind
    {"core/compare/axes.cpp", {"next_token"}},                  // knows records only, not kinds
    {"core/data/prepare.cpp", {"by_document", "by_file"}},      // advice for an empty part
    {"core/tokenize/report.cpp", {"sentencepiece"}},            // how a piece of one byte is written
    {"core/spec/estimate.cpp", {"bytes"}},                      // a vocabulary that is known beforehand
    {"core/spec/reading.cpp", {"text_files"}},                  // how files of text are told apart
    {"core/study/sequence.cpp", {"adamw"}},                     // has no section of its own for the optimizer
    {"core/spec/settings.cpp", {"by_document", "stratified"}},  // the split of probes
    {"core/workspace/finetune.cpp", {"by_document", "stratified", "tail", "text_files"}},
    {"core/workspace/pilot.cpp", {"k_fold"}},  // cross-validation is that split
    {"ui/widgets/finetune_panel.cpp", {"labelled_text"}},
    {"ui/widgets/sequence_panel.cpp", {"stratified"}},
};

std::vector<fs::path> sources() {
    std::vector<fs::path> out;
    for (const char* folder : {"core", "app", "ui"})
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") out.push_back(entry.path());
    return out;
}

std::string content(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Id of each kind and the files that may say it: its own, and its family's catalogue.
std::map<std::string, std::set<fs::path>> kinds() {
    static const std::regex card("\\{\\s*\\.id = \"([a-z_0-9]+)\"");
    std::map<std::string, std::set<fs::path>> out;
    for (const fs::path& file : sources()) {
        // Sections of the spec have a card as well; "none" and "sequence" are words of their own elsewhere.
        if (file.string().find("/core/") == std::string::npos || file.parent_path().filename() == "spec") continue;
        const std::string text = content(file);
        for (std::sregex_iterator it(text.begin(), text.end(), card), end; it != end; ++it)
            if (it->str(1) != "none") out[it->str(1)].insert({file, file.parent_path() / "catalog.cpp"});
    }
    return out;
}

TEST(Kinds, AreNamedInTheirOwnFilesAlone) {
    const auto all = kinds();
    ASSERT_GE(all.size(), 25U);
    std::map<std::string, std::set<std::string>> unused = still_named;
    for (const fs::path& file : sources()) {
        const std::string name = fs::relative(file, root).generic_string();
        std::istringstream lines(content(file));
        int number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            if (line.find("kind") == std::string::npos && line.find("find_sheet") == std::string::npos) continue;
            for (const auto& [id, homes] : all) {
                if (homes.count(file) || line.find("\"" + id + "\"") == std::string::npos) continue;
                const auto known = still_named.find(name);
                EXPECT_TRUE(known != still_named.end() && known->second.count(id))
                    << name << ":" << number << " knows the kind \"" << id << "\" by its name: ask the kind instead";
                if (unused.count(name)) unused[name].erase(id);
            }
        }
    }
    for (const auto& [file, ids] : unused)
        for (const std::string& id : ids)
            ADD_FAILURE() << file << " does not name \"" << id << "\" any more: take it out of the table";
}

}  // namespace
