#include <utf8proc.h>

#include <algorithm>
#include <unordered_map>

#include "data/curation/catalog.h"
#include "data/curation/letters.h"
#include "data/text/text_reading.h"
#include "util/files.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* blocked_word_in = GW_TEXT("has the word “%1”");
constexpr const char* blocked_words_in = GW_TEXT("has %1 blocked words");
constexpr const char* words_masked = GW_TEXT("blocked words masked");
constexpr const char* words_met = GW_TEXT("blocked words met");

struct BlockedConfig {
    std::vector<std::string> words;
    std::string file, action = "drop", mask = "***";
    std::int64_t least = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&BlockedConfig::words>(
            {.key = "words",
             .label = "Words",
             .help = "Words or phrases, one a line. Case makes no difference. Only whole words count; in scripts "
                     "without spaces they count wherever they stand.",
             .holds = schema::Holds::lines}),
        schema::field<&BlockedConfig::file>({.key = "file",
                                             .label = "File of words",
                                             .help = "A text file with more of them, one a line.",
                                             .holds = schema::Holds::path}),
        schema::field<&BlockedConfig::action>({.key = "action",
                                               .label = "What is done",
                                               .help = "Drop the document, or write something else in the place of the "
                                                       "words.",
                                               .choices = "drop=Drop the document|mask=Mask the words"}),
        schema::field<&BlockedConfig::least>({.key = "least",
                                              .label = "Least number",
                                              .help = "Drop documents that have so many of them.",
                                              .min = 1,
                                              .max = 1000000,
                                              .shown_when = "action=drop"}),
        schema::field<&BlockedConfig::mask>(
            {.key = "mask", .label = "Mask", .help = "Stands in the place of each word.", .shown_when = "action=mask"}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        const bool any = std::any_of(words.begin(), words.end(), [](const auto& word) { return !trim(word).empty(); });
        if (!any && trim(file).empty()) out.push_back({at + ".words", "needs at least one word, or a file of words"});
    }
};

char32_t folded_letter(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

std::u32string folded_word(std::string_view word) {
    std::u32string out;
    for (std::size_t at = 0; at < word.size();) out += folded_letter(next_code_point(word, at));
    return out;
}

class BlockedStep final : public CurationStep {
  public:
    BlockedStep(BlockedConfig config, const std::vector<std::string>& words) : config_(std::move(config)) {
        for (const std::string& word : words) {
            std::u32string folded = folded_word(trim(word));
            if (!folded.empty()) by_first_[folded.front()].push_back(std::move(folded));
        }
        for (auto& [first, list] : by_first_) {
            // The longest first, so that a phrase is found before its first word.
            std::sort(list.begin(), list.end(), [](const auto& one, const auto& other) {
                return one.size() != other.size() ? one.size() > other.size() : one < other;
            });
            list.erase(std::unique(list.begin(), list.end()), list.end());
        }
    }

    std::optional<Phrase> apply(CuratedText& document) override {
        const std::string& text = document.text;
        std::string out;
        std::size_t copied = 0;
        std::int64_t met = 0;
        std::string first;
        char32_t before = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t here = at;
            const char32_t c = next_code_point(text, at);
            const std::size_t end = by_first_.empty() ? 0 : end_of_word(text, here, folded_letter(c), before);
            before = c;
            if (end == 0) continue;
            ++met;
            if (first.empty()) first = text.substr(here, end - here);
            if (config_.action == "mask") {
                out.append(text, copied, here - copied);
                out += config_.mask;
                copied = end;
            }
            at = end;
            before = last_letter(std::string_view(text).substr(here, end - here));
        }
        met_ += met;
        if (met == 0) return {};
        if (config_.action == "mask") {
            out.append(text, copied);
            document.text = std::move(out);
            return {};
        }
        if (met < config_.least) return {};
        if (met == 1) return Phrase{blocked_word_in, {first}};
        return Phrase{blocked_words_in, {grouped(met)}};
    }
    std::vector<std::pair<Phrase, std::int64_t>> found() const override {
        return {{{config_.action == "mask" ? words_masked : words_met, {}}, met_}};
    }

  private:
    static char32_t last_letter(std::string_view word) {
        char32_t c = 0;
        for (std::size_t at = 0; at < word.size();) c = next_code_point(word, at);
        return c;
    }
    /// Whether a word goes on from one character to the next, so that neither stands at its edge.
    static bool joined(char32_t one, char32_t other) {
        return one != 0 && is_of_a_word(one) && is_of_a_word(other) && !is_unspaced_letter(one) &&
               !is_unspaced_letter(other);
    }
    /// Where a blocked word ends that begins at `begin`, whose first letter is folded to `first`; 0 = none does.
    std::size_t end_of_word(const std::string& text, std::size_t begin, char32_t first, char32_t before) const {
        const auto list = by_first_.find(first);
        if (list == by_first_.end() || joined(before, first)) return 0;
        for (const std::u32string& word : list->second) {
            std::size_t at = begin;
            bool equal = true;
            for (const char32_t wanted : word)
                if (at >= text.size() || folded_letter(next_code_point(text, at)) != wanted) {
                    equal = false;
                    break;
                }
            if (!equal) continue;
            std::size_t next = at;
            if (at < text.size() && joined(word.back(), next_code_point(text, next))) continue;
            return at;
        }
        return 0;
    }
    BlockedConfig config_;
    std::unordered_map<char32_t, std::vector<std::u32string>> by_first_;
    std::int64_t met_ = 0;
};

Result<std::unique_ptr<CurationStep>> blocked_step(const BlockedConfig& config) {
    std::vector<std::string> words = config.words;
    if (!trim(config.file).empty()) {
        auto bytes = read_file(config.file);
        if (!bytes) return Error(bytes.error()).at("setting blocked_words.file");
        auto lines = text_lines(bytes.value());
        if (!lines) return Error(lines.error()).at("file " + config.file);
        for (const std::string& line : lines.value()) words.push_back(line);
    }
    if (std::all_of(words.begin(), words.end(), [](const auto& word) { return trim(word).empty(); }))
        return Error{Error::Code::bad_data,
                     "There is no word in this file",
                     "Write one word or phrase a line into it",
                     {"file " + config.file}};
    for (const std::string& word : words)
        if (first_bad_utf8(word))
            return Error{Error::Code::bad_spec, "A blocked word is not UTF-8", "Write it in UTF-8", {}};
    return std::unique_ptr<CurationStep>(std::make_unique<BlockedStep>(config, words));
}

}  // namespace

CurationKind blocked_words_kind() {
    return kind_of<CurationKind, BlockedConfig>(
        {.id = "blocked_words",
         .title = "Blocked words",
         .summary = "Drops documents that have some words, or masks these words.",
         .source = "Raffel et al. 2020, arXiv:1910.10683, section 2.2"},
        [](const BlockedConfig& config, const PlaceNames&) { return blocked_step(config); });
}

}  // namespace gw
