#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

// A kind is known by its name in its own file alone: whoever else compares with that name asks the kind too little.
namespace {

namespace fs = std::filesystem;
const fs::path root = GROUNDWORK_SOURCE_DIR;

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

/// Id of each kind, today's and former ones, and the files that may say it: its own, and its family's catalogue.
std::map<std::string, std::set<fs::path>> kinds() {
    static const std::regex card("\\{\\s*\\.id = \"([a-z_0-9]+)\"|\\.aliases = \\{\"([a-z_0-9]+)\"");
    std::map<std::string, std::set<fs::path>> out;
    for (const fs::path& file : sources()) {
        // Sections of the spec have a card as well, and so have settings of a study; "none" is a word elsewhere.
        const std::string room = file.parent_path().filename();
        if (file.string().find("/core/") == std::string::npos || room == "spec" || room == "study") continue;
        const std::string text = content(file);
        for (std::sregex_iterator it(text.begin(), text.end(), card), end; it != end; ++it)
            if (const std::string id = it->str(1) + it->str(2); id != "none")
                out[id].insert({file, file.parent_path() / "catalog.cpp"});
    }
    return out;
}

TEST(Kinds, AreNamedInTheirOwnFilesAlone) {
    const auto all = kinds();
    ASSERT_GE(all.size(), 25U);
    for (const fs::path& file : sources()) {
        const std::string name = fs::relative(file, root).generic_string();
        std::istringstream lines(content(file));
        int number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            const bool of_kinds =
                line.find("kind") != std::string::npos || line.find("find_sheet") != std::string::npos;
            for (const auto& [id, homes] : all) {
                // An id of two words means the kind wherever it stands; "bytes" or "shapes" may mean something else.
                if (!of_kinds && id.find('_') == std::string::npos) continue;
                if (homes.count(file) || line.find("\"" + id + "\"") == std::string::npos) continue;
                ADD_FAILURE() << name << ":" << number << " knows the kind \"" << id
                              << "\" by its name: ask the kind instead";
            }
        }
    }
}

}  // namespace
