#include "data/curation/catalog.h"
#include "data/curation/letters.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* too_few_characters = GW_TEXT("fewer than %1 characters");
constexpr const char* too_many_characters = GW_TEXT("more than %1 characters");
constexpr const char* too_few_words = GW_TEXT("fewer than %1 words");
constexpr const char* too_many_words = GW_TEXT("more than %1 words");

constexpr double longest_length = 1e9;

struct LengthConfig {
    std::int64_t min_characters = 50, max_characters = 0, min_words = 0, max_words = 0;
    static constexpr auto fields = std::tuple{
        schema::field<&LengthConfig::min_characters>({.key = "min_characters",
                                                      .label = "Least characters",
                                                      .help = "Drop documents of fewer characters.",
                                                      .min = 0,
                                                      .max = longest_length}),
        schema::field<&LengthConfig::max_characters>({.key = "max_characters",
                                                      .label = "Most characters",
                                                      .help = "Drop documents of more characters; 0 = no limit.",
                                                      .min = 0,
                                                      .max = longest_length}),
        schema::field<&LengthConfig::min_words>(
            {.key = "min_words",
             .label = "Least words",
             .help = "Drop documents of fewer words; of scripts without spaces each letter counts as a word.",
             .min = 0,
             .max = longest_length}),
        schema::field<&LengthConfig::max_words>({.key = "max_words",
                                                 .label = "Most words",
                                                 .help = "Drop documents of more words; 0 = no limit.",
                                                 .min = 0,
                                                 .max = longest_length}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (max_characters > 0 && max_characters < min_characters)
            out.push_back({at + ".max_characters", "must not be below min_characters"});
        if (max_words > 0 && max_words < min_words) out.push_back({at + ".max_words", "must not be below min_words"});
    }
};

class LengthStep final : public CurationStep {
  public:
    explicit LengthStep(LengthConfig config) : config_(config) {}

    std::optional<Phrase> apply(CuratedText& document) override {
        const std::string_view text = trim(document.text);
        const std::int64_t characters = count_characters(text);
        if (characters < config_.min_characters) return said(too_few_characters, config_.min_characters);
        if (config_.max_characters > 0 && characters > config_.max_characters)
            return said(too_many_characters, config_.max_characters);
        if (config_.min_words == 0 && config_.max_words == 0) return {};
        const std::int64_t words = count_words(text);
        if (words < config_.min_words) return said(too_few_words, config_.min_words);
        if (config_.max_words > 0 && words > config_.max_words) return said(too_many_words, config_.max_words);
        return {};
    }

  private:
    static std::optional<Phrase> said(const char* form, std::int64_t bound) { return Phrase{form, {grouped(bound)}}; }
    LengthConfig config_;
};

}  // namespace

CurationKind length_kind() {
    auto kind = kind_of<CurationKind, LengthConfig>(
        {.id = "length", .title = "Length", .summary = "Drops documents that are too short or too long.", .source = ""},
        [](const LengthConfig& config, const PlaceNames&) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<LengthStep>(config));
        });
    kind.presets = {"clean-text", "web-text"};
    return kind;
}

}  // namespace gw
