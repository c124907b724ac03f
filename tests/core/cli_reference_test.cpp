#include <set>

#include "core/cli_fixture.h"

namespace gw {
namespace {

std::set<std::string> words_of(const std::string& text) {
    std::set<std::string> out;
    std::string word;
    for (const char c : text + " ") {
        const bool part = std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
        if (part) {
            word += c;
            continue;
        }
        out.insert(word);
        word.clear();
    }
    return out;
}

/// The page as it is read: hyphens are written \- in it, and changes of the face stand within the words.
std::string plain(std::string page) {
    for (const char* mark : {"\\fB", "\\fI", "\\fR"})
        for (std::size_t at; (at = page.find(mark)) != std::string::npos;) page.replace(at, 3, " ");
    for (std::size_t at; (at = page.find("\\-")) != std::string::npos;) page.erase(at, 1);
    return page;
}

TEST_F(CliTest, ThePageForManNamesEveryVerbAndOption) {
    const Said page = cli("manual --man commands");
    ASSERT_EQ(page.code, 0) << page.err;
    const std::set<std::string> said = words_of(plain(page.out));
    for (const std::string verb : {"run", "finetune", "queue add", "tokenizer train", "compare"}) {
        for (const std::string& word : words_of(cli(verb + " --help").out))
            if (word.rfind("--", 0) == 0) {
                EXPECT_TRUE(said.count(word)) << verb << " " << word;
            }
        EXPECT_NE(plain(page.out).find(".SS " + verb + "\n"), std::string::npos) << verb;
    }
}

TEST_F(CliTest, EverySettingIsCompletedAndHasItsPlaceInThePageForMan) {
    const Json families = cli("describe --json").last()["families"];
    ASSERT_FALSE(families.empty());
    const std::string page = plain(cli("manual --man settings").out);
    for (const char* shell : {"bash", "zsh"}) {
        const Said script = cli(std::string("completion ") + shell);
        ASSERT_EQ(script.code, 0) << script.err;
        const std::set<std::string> completed = words_of(script.out);
        for (const Json& family : families)
            for (const Json& kind : family["kinds"])
                for (const Json& field : kind["fields"]) {
                    const std::string key = field["key"];
                    // The steps of a curation are no section of a run, which --set could change.
                    const std::string id = family["id"];
                    EXPECT_TRUE(completed.count(id + "." + key) || id == "curation") << shell << " " << key;
                    EXPECT_NE(page.find(" " + key + "  ("), std::string::npos) << key;
                }
    }
}

TEST_F(CliTest, ShellsAndPagesThatAreNotThereAreRefused) {
    for (const char* wrong : {"completion", "completion fish", "manual --man news"}) {
        const Said said = cli(wrong);
        EXPECT_EQ(said.code, 2) << wrong;
        EXPECT_EQ(said.out, "") << wrong;
    }
}

}  // namespace
}  // namespace gw
