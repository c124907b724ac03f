#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "data/curation/catalog.h"
#include "data/curation/letters.h"
#include "util/hash.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* short_words = GW_TEXT("words are too short: %1 characters in the mean");
constexpr const char* long_words = GW_TEXT("words are too long: %1 characters in the mean");
constexpr const char* many_symbols = GW_TEXT("too many # and … among the words: %1 %");
constexpr const char* many_bullets = GW_TEXT("too many lines are items of a list: %1 %");
constexpr const char* many_ellipses = GW_TEXT("too many lines end in an ellipsis: %1 %");
constexpr const char* few_letters = GW_TEXT("too few words have a letter: %1 %");
constexpr const char* few_ended_lines = GW_TEXT("too few lines end in punctuation: %1 %");
constexpr const char* repeated_lines_share = GW_TEXT("too many lines are repeated: %1 % of the text");
constexpr const char* top_run_share = GW_TEXT("one pair of words makes up too much of the text: %1 %");
constexpr const char* repeated_runs_share = GW_TEXT("too much of the text is repeated runs of words: %1 %");

struct QualityConfig {
    double min_mean_word = 3, max_mean_word = 10, max_symbols = 0.1, max_bullets = 0.9, max_ellipses = 0.3,
           min_letters = 0.8, min_ended_lines = 0, max_repeated_lines = 0.3, max_top_pair = 0.2,
           max_repeated_runs = 0.15;
    static constexpr auto fields = std::tuple{
        schema::field<&QualityConfig::min_mean_word>(
            {.key = "min_mean_word",
             .label = "Least word length",
             .help = "Least mean length of the words; 0 = off. Never asked of Japanese, Chinese, Thai and other text "
                     "that is written without spaces.",
             .unit = "characters",
             .min = 0,
             .max = 100}),
        schema::field<&QualityConfig::max_mean_word>(
            {.key = "max_mean_word",
             .label = "Most word length",
             .help = "Most mean length of the words; 0 = off. Never asked of text that is written without spaces.",
             .unit = "characters",
             .min = 0,
             .max = 1000}),
        schema::field<&QualityConfig::max_symbols>({.key = "max_symbols",
                                                    .label = "Most symbols",
                                                    .help = "Most signs # and ellipses for each word; 1 = off.",
                                                    .min = 0,
                                                    .max = 1}),
        schema::field<&QualityConfig::max_bullets>(
            {.key = "max_bullets",
             .label = "Most list items",
             .help = "Most lines that begin with a bullet, as a share of all lines; 1 = off.",
             .min = 0,
             .max = 1}),
        schema::field<&QualityConfig::max_ellipses>(
            {.key = "max_ellipses",
             .label = "Most ellipses",
             .help = "Most lines that end in an ellipsis, as a share of all lines; 1 = off.",
             .min = 0,
             .max = 1}),
        schema::field<&QualityConfig::min_letters>(
            {.key = "min_letters",
             .label = "Words with letters",
             .help = "Least share of words that have a letter; 0 = off. Of scripts without spaces each letter is a "
                     "word, and signs between such letters are none. Where signs stand between spaces, as in WikiText, "
                     "less is right.",
             .min = 0,
             .max = 1}),
        schema::field<&QualityConfig::min_ended_lines>(
            {.key = "min_ended_lines",
             .label = "Ended lines",
             .help = "Least share of lines that end in a mark that ends a sentence, quotes and brackets aside, also "
                     "those of Chinese, Japanese, Arabic and Hindi; 0 = off.",
             .min = 0,
             .max = 1}),
        schema::field<&QualityConfig::max_repeated_lines>(
            {.key = "max_repeated_lines",
             .label = "Repeated lines",
             .help = "Most of the text that stands in lines which were there before in it; 1 = off.",
             .min = 0,
             .max = 1}),
        schema::field<&QualityConfig::max_top_pair>(
            {.key = "max_top_pair",
             .label = "Commonest pair",
             .help = "Most of the text that the commonest pair of words makes up; 1 = off. Of scripts without spaces "
                     "four letters in a row take the place of the pair.",
             .min = 0,
             .max = 1}),
        schema::field<&QualityConfig::max_repeated_runs>(
            {.key = "max_repeated_runs",
             .label = "Repeated runs",
             .help = "Most of the text that stands in runs of 5 words which were there before in it; 1 = off. Of "
                     "scripts without spaces the runs are of 15 letters.",
             .min = 0,
             .max = 1}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (max_mean_word > 0 && max_mean_word < min_mean_word)
            out.push_back({at + ".max_mean_word", "must not be below min_mean_word"});
    }
};

/// What the rules ask of a text.
struct QualityFacts {
    std::int64_t words = 0, letters_in_words = 0, with_letter = 0, symbols = 0;
    std::int64_t lines = 0, bullets = 0, ellipses = 0, ended = 0, line_characters = 0, repeated_characters = 0;
    std::vector<std::uint64_t> hashes;   ///< of the words
    std::vector<std::uint32_t> lengths;  ///< in characters
};

bool begins_with_bullet(std::string_view line) {
    for (const std::string_view bullet : {"•", "‣", "▪", "●", "○", "◦", "・", "-", "*", "–"})
        if (line.starts_with(bullet) && (bullet.size() > 1 || line.substr(1).starts_with(' '))) return true;
    return false;
}

bool ends_in_ellipsis(std::string_view line) {
    return line.ends_with("...") || line.ends_with("…");
}

bool ends_a_sentence(std::string_view line) {
    for (bool cut = true; cut;) {
        cut = false;
        for (const std::string_view closing : {"\"", "'", ")", "]", "”", "’", "»", "」", "』", "）", "】"})
            if (line.ends_with(closing)) {
                line.remove_suffix(closing.size());
                cut = true;
            }
    }
    for (const std::string_view mark : {".", "!", "?", "…", "。", "！", "？", "．", "｡", "؟", "۔", "।"})
        if (line.ends_with(mark)) return true;
    return false;
}

QualityFacts facts_of_text(std::string_view text) {
    QualityFacts facts;
    for_each_word(text, [&](std::string_view word) {
        ++facts.words;
        const std::int64_t length = count_characters(word);
        facts.letters_in_words += length;
        facts.lengths.push_back(static_cast<std::uint32_t>(length));
        facts.hashes.push_back(hash64(word));
        for (std::size_t at = 0; at < word.size();)
            if (is_letter(next_code_point(word, at))) {
                ++facts.with_letter;
                break;
            }
    });
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text[at] == '#' || text.substr(at).starts_with("…")) {
            ++facts.symbols;
        } else if (text.substr(at).starts_with("...")) {
            ++facts.symbols;
            at += 2;
        }
    std::unordered_set<std::uint64_t> seen;
    for_each_line(text, [&](std::string_view whole) {
        const std::string_view line = trim(whole);
        if (line.empty()) return;
        ++facts.lines;
        facts.bullets += begins_with_bullet(line);
        facts.ellipses += ends_in_ellipsis(line);
        facts.ended += ends_a_sentence(line);
        const std::int64_t characters = count_characters(line);
        facts.line_characters += characters;
        if (!seen.insert(hash64(line)).second) facts.repeated_characters += characters;
    });
    return facts;
}

std::uint64_t run_hash(const std::vector<std::uint64_t>& hashes, std::size_t from, std::size_t many) {
    std::uint64_t hash = many;
    for (std::size_t i = from; i < from + many; ++i) hash = mix64(hash, hashes[i]);
    return hash;
}

/// Share of the characters of all words that stand in runs of `many` words which came before.
double repeated_share(const QualityFacts& facts, std::size_t many) {
    if (facts.hashes.size() < many || facts.letters_in_words == 0) return 0;
    std::unordered_set<std::uint64_t> seen;
    std::int64_t repeated = 0;
    std::size_t marked = 0;  // words before this place are counted
    for (std::size_t i = 0; i + many <= facts.hashes.size(); ++i)
        if (!seen.insert(run_hash(facts.hashes, i, many)).second) {
            for (std::size_t word = std::max(marked, i); word < i + many; ++word) repeated += facts.lengths[word];
            marked = std::max(marked, i + many);
        }
    return static_cast<double>(repeated) / static_cast<double>(facts.letters_in_words);
}

/// Share of the characters of all words that the commonest run of `many` makes up, where it stands more than once.
double commonest_share(const QualityFacts& facts, std::size_t many) {
    if (facts.hashes.size() < many || facts.letters_in_words == 0) return 0;
    struct Run {
        std::int64_t count = 0, characters = 0;
    };
    std::unordered_map<std::uint64_t, Run> runs;
    std::int64_t most = 0;
    for (std::size_t i = 0; i + many <= facts.hashes.size(); ++i) {
        Run& run = runs[run_hash(facts.hashes, i, many)];
        ++run.count;
        if (run.characters == 0)
            for (std::size_t word = i; word < i + many; ++word) run.characters += facts.lengths[word];
        if (run.count > 1) most = std::max(most, run.count * run.characters);
    }
    return static_cast<double>(most) / static_cast<double>(facts.letters_in_words);
}

class QualityStep final : public CurationStep {
  public:
    explicit QualityStep(QualityConfig config) : config_(config) {}

    std::optional<Phrase> apply(CuratedText& document) override {
        const QualityFacts facts = facts_of_text(document.text);
        if (facts.words == 0) return {};  // of nothing nothing is asked; the length is another step's
        const bool unspaced = is_unspaced_text(document.text);
        if (!unspaced) {
            const double mean = share(facts.letters_in_words, facts.words);
            if (config_.min_mean_word > 0 && mean < config_.min_mean_word)
                return Phrase{short_words, {significant(mean, 3)}};
            if (config_.max_mean_word > 0 && mean > config_.max_mean_word)
                return Phrase{long_words, {significant(mean, 3)}};
        }
        if (auto why = above(many_symbols, share(facts.symbols, facts.words), config_.max_symbols)) return why;
        if (auto why = above(many_bullets, share(facts.bullets, facts.lines), config_.max_bullets)) return why;
        if (auto why = above(many_ellipses, share(facts.ellipses, facts.lines), config_.max_ellipses)) return why;
        if (auto why = below(few_letters, share(facts.with_letter, facts.words), config_.min_letters)) return why;
        if (auto why = below(few_ended_lines, share(facts.ended, facts.lines), config_.min_ended_lines)) return why;
        if (auto why = above(repeated_lines_share, share(facts.repeated_characters, facts.line_characters),
                             config_.max_repeated_lines))
            return why;
        if (config_.max_top_pair < 1)
            if (auto why = above(top_run_share, commonest_share(facts, unspaced ? 4 : 2), config_.max_top_pair))
                return why;
        if (config_.max_repeated_runs < 1)
            if (auto why =
                    above(repeated_runs_share, repeated_share(facts, unspaced ? 15 : 5), config_.max_repeated_runs))
                return why;
        return {};
    }

  private:
    static double share(std::int64_t some, std::int64_t all) {
        return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
    }
    static Phrase in_percent(const char* form, double value) {
        constexpr double percent = 100;
        return {form, {significant(value * percent, 3)}};
    }
    static std::optional<Phrase> above(const char* form, double value, double most) {
        if (most >= 1 || value <= most) return {};
        return in_percent(form, value);
    }
    static std::optional<Phrase> below(const char* form, double value, double least) {
        if (value >= least) return {};
        return in_percent(form, value);
    }
    QualityConfig config_;
};

}  // namespace

CurationKind quality_kind() {
    auto kind = kind_of<CurationKind, QualityConfig>(
        {.id = "quality",
         .title = "Quality rules",
         .summary = "Drops documents that are no running text: lists, menus, signs, repetitions.",
         .source = "Rae et al. 2021, arXiv:2112.11446, appendix A; Raffel et al. 2020, arXiv:1910.10683, section 2.2"},
        [](const QualityConfig& config, const PlaceNames&) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<QualityStep>(config));
        });
    kind.presets = {"web-text"};
    return kind;
}

}  // namespace gw
