#include <unordered_map>

#include "data/curation/catalog.h"
#include "data/curation/letters.h"
#include "data/text/near_text.h"
#include "util/hash.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* copy_of = GW_TEXT("a copy of %1");
constexpr const char* parts_all_copies = GW_TEXT("all of it stands in documents before");
constexpr const char* repeated_parts = GW_TEXT("repeated paragraphs or lines taken out");

struct ExactConfig {
    std::string of = "documents", alike = "spaces";
    std::int64_t shortest = 30;
    static constexpr auto fields = std::tuple{
        schema::field<&ExactConfig::of>(
            {.key = "of",
             .label = "Compare",
             .help = "Whole documents, of which the first stays; or the paragraphs or lines of all documents, of which "
                     "each later occurrence is taken out of its document.",
             .choices = "documents=Documents|paragraphs=Paragraphs|lines=Lines"}),
        schema::field<&ExactConfig::alike>(
            {.key = "alike",
             .label = "Alike are",
             .help = "Texts that differ in nothing but white space, or in nothing but white space, case, punctuation "
                     "and the form of characters.",
             .choices = "spaces=Up to white space|words=Up to case and signs"}),
        schema::field<&ExactConfig::shortest>(
            {.key = "shortest",
             .label = "Shortest part",
             .help = "Shorter paragraphs and lines stay: headings and greetings meet by chance.",
             .unit = "characters",
             .min = 1,
             .max = 100000,
             .shown_when = "of=paragraphs|lines"}),
    };
};

/// A text with one space for each run of white space.
std::string single_spaced(std::string_view text) {
    std::string out;
    bool space = false;
    for (const char c : text) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space = !out.empty();
            continue;
        }
        if (space) out += ' ';
        space = false;
        out += c;
    }
    return out;
}

/// Of a document or a part 64 bits are kept: among 100 million different ones two are taken for one with a chance of
/// 3 in 10,000.
class ExactStep final : public CurationStep {
  public:
    ExactStep(ExactConfig config, PlaceNames names) : config_(std::move(config)), names_(std::move(names)) {}

    std::optional<Phrase> apply(CuratedText& document) override {
        if (config_.of == "documents") {
            const auto [it, fresh] = seen_.try_emplace(hash_of(document.text), document.place);
            if (fresh) return {};
            return Phrase{copy_of, {names_(it->second)}};
        }
        std::string out;
        bool any = false;
        std::string part;
        const bool paragraphs = config_.of == "paragraphs";
        auto close = [&] {
            if (part.empty()) return;
            const bool fresh = trim(part).empty() || count_characters(trim(part)) < config_.shortest ||
                               seen_.try_emplace(hash_of(part), document.place).second;
            if (fresh)
                out += part;
            else
                ++taken_;
            any = any || !fresh;
            part.clear();
        };
        for (std::string_view left = document.text; !left.empty();) {
            const std::size_t end = std::min(left.find('\n'), left.size() - 1) + 1;
            const std::string_view line = left.substr(0, end);
            left.remove_prefix(end);
            if (paragraphs && trim(line).empty()) {
                close();
                out += line;
                continue;
            }
            part += line;
            if (!paragraphs) close();
        }
        close();
        if (!any) return {};
        if (trim(out).empty()) return Phrase{parts_all_copies, {}};
        document.text = std::move(out);
        return {};
    }
    std::vector<std::pair<Phrase, std::int64_t>> found() const override {
        if (config_.of == "documents") return {};
        return {{{repeated_parts, {}}, taken_}};
    }

  private:
    std::uint64_t hash_of(std::string_view text) const {
        return hash64(config_.alike == "words" ? near_text(text) : single_spaced(text));
    }
    ExactConfig config_;
    PlaceNames names_;
    std::unordered_map<std::uint64_t, TextPlace> seen_;
    std::int64_t taken_ = 0;
};

}  // namespace

CurationKind exact_duplicates_kind() {
    auto kind = kind_of<CurationKind, ExactConfig>(
        {.id = "exact_duplicates",
         .title = "Exact duplicates",
         .summary = "Keeps the first of equal documents, paragraphs or lines. Takes some 50 bytes of memory for each.",
         .source = "Lee et al. 2022, arXiv:2107.06499"},
        [](const ExactConfig& config, const PlaceNames& names) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<ExactStep>(config, names));
        });
    kind.presets = {"clean-text", "web-text", "overview"};
    return kind;
}

}  // namespace gw
