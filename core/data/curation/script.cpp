#include <algorithm>
#include <cmath>

#include "data/curation/catalog.h"
#include "data/curation/letters.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* few_of_scripts = GW_TEXT("%1 % of the letters are of %2");
constexpr const char* no_letters = GW_TEXT("no letters");
constexpr const char* letters_of = GW_TEXT("letters of %1");

struct ScriptConfig {
    std::vector<std::string> scripts;
    double share = 0.5;
    static constexpr auto fields = std::tuple{
        schema::field<&ScriptConfig::scripts>(
            {.key = "scripts",
             .label = "Scripts",
             .help =
                 "Keep documents that are written in these, one a line: Latin, Cyrillic, Arabic, Devanagari, "
                 "Hangul, Han, Hiragana, Katakana and others; of Japanese the last three. None: letters are counted "
                 "and nothing is dropped.",
             .holds = schema::Holds::lines}),
        schema::field<&ScriptConfig::share>({.key = "share",
                                             .label = "Least share",
                                             .help = "So much of a document's letters must be of these scripts.",
                                             .min = 0,
                                             .max = 1}),
    };
    /// The places of the named scripts; a line may name several, with commas.
    std::vector<std::size_t> chosen(std::string* unknown = nullptr) const {
        std::vector<std::size_t> out;
        for (const std::string& line : scripts)
            for (const std::string& part : split(line, ',')) {
                const std::string name = lower_case(trim(part));
                if (name.empty()) continue;
                const auto names = script_names();
                const auto it = std::find_if(names.begin(), names.end(),
                                             [&](std::string_view one) { return lower_case(one) == name; });
                if (it != names.end())
                    out.push_back(static_cast<std::size_t>(it - names.begin()));
                else if (unknown)
                    *unknown = trim(part);
            }
        return out;
    }
    void check(schema::Problems& out, const std::string& at) const {
        std::string unknown;
        (void)chosen(&unknown);
        if (unknown.empty()) return;
        std::vector<std::string> all;
        std::string list;
        for (const std::string_view name : script_names()) {
            all.emplace_back(name);
            list += (list.empty() ? "" : ", ") + all.back();
        }
        const auto near = nearest(unknown, all);
        out.push_back({at + ".scripts", "no script \"" + unknown + "\" is known" +
                                            (near ? "; did you mean \"" + *near + "\"?" : "; there are " + list)});
    }
};

class ScriptStep final : public CurationStep {
  public:
    explicit ScriptStep(const ScriptConfig& config)
        : share_(config.share), chosen_(config.chosen()), total_(script_names().size()) {
        for (const std::size_t script : chosen_)
            names_ += (names_.empty() ? "" : ", ") + std::string(script_names()[script]);
    }

    std::optional<Phrase> apply(CuratedText& document) override {
        std::vector<std::int64_t> counts(total_.size());
        std::int64_t letters = 0;
        for (std::size_t at = 0; at < document.text.size();) {
            const char32_t c = next_code_point(document.text, at);
            if (!is_letter(c)) continue;
            ++letters;
            ++counts[script_of(c)];
        }
        for (std::size_t i = 0; i < counts.size(); ++i) total_[i] += counts[i];
        if (chosen_.empty()) return {};
        if (letters == 0) return Phrase{no_letters, {}};
        std::int64_t wanted = 0;
        for (const std::size_t script : chosen_) wanted += std::exchange(counts[script], 0);  // a script named twice
        const double share = static_cast<double>(wanted) / static_cast<double>(letters);
        if (share >= share_) return {};
        constexpr double percent = 100;
        return Phrase{few_of_scripts, {std::to_string(static_cast<int>(std::floor(share * percent))), names_}};
    }
    std::vector<std::pair<Phrase, std::int64_t>> found() const override {
        std::vector<std::pair<Phrase, std::int64_t>> out;
        for (std::size_t i = 0; i < total_.size(); ++i)
            if (total_[i] > 0) out.push_back({{letters_of, {std::string(script_names()[i])}}, total_[i]});
        std::stable_sort(out.begin(), out.end(),
                         [](const auto& one, const auto& other) { return one.second > other.second; });
        return out;
    }

  private:
    double share_;
    std::vector<std::size_t> chosen_;
    std::vector<std::int64_t> total_;
    std::string names_;
};

}  // namespace

CurationKind script_kind() {
    auto kind = kind_of<CurationKind, ScriptConfig>(
        {.id = "script",
         .title = "Script",
         .summary = "Keeps documents written in some scripts, and counts the letters of each.",
         .source = "Unicode 15, Blocks.txt"},
        [](const ScriptConfig& config, const PlaceNames&) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<ScriptStep>(config));
        });
    kind.presets = {"overview"};
    return kind;
}

}  // namespace gw
