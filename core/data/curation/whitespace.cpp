#include "data/curation/catalog.h"
#include "util/text.h"

namespace gw {

namespace {

struct WhitespaceConfig {
    bool trailing = true, control = true, spaces = false;
    std::int64_t blank_lines = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&WhitespaceConfig::trailing>(
            {.key = "trailing",
             .label = "Trailing space",
             .help = "Take away white space at the ends of lines, and blank lines at both ends of a document."}),
        schema::field<&WhitespaceConfig::blank_lines>({.key = "blank_lines",
                                                       .label = "Blank lines",
                                                       .help = "Keep no more than so many blank lines in a row.",
                                                       .min = 0,
                                                       .max = 1000}),
        schema::field<&WhitespaceConfig::control>(
            {.key = "control",
             .label = "Control characters",
             .help = "Take away control characters other than tabs and line ends, byte order marks and soft hyphens."}),
        schema::field<&WhitespaceConfig::spaces>(
            {.key = "spaces",
             .label = "Runs of spaces",
             .help = "Make one space of several within a line. Indented text and code lose their shape."}),
    };
};

bool is_silent_control(char32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFEFF;
}

class WhitespaceStep final : public CurationStep {
  public:
    explicit WhitespaceStep(WhitespaceConfig config) : config_(config) {}

    std::optional<Phrase> apply(CuratedText& document) override {
        std::string out;
        out.reserve(document.text.size());
        const bool ended = document.text.ends_with('\n');
        std::int64_t blank = 0;
        bool any = false;
        std::string_view left = document.text;
        std::string line;
        while (!left.empty()) {
            const std::size_t end = left.find('\n');
            clean(left.substr(0, end), line);
            left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
            if (trim(line).empty()) {
                ++blank;
                if (blank > config_.blank_lines || (config_.trailing && !any)) continue;
            } else {
                blank = 0;
                any = true;
            }
            out += line;
            out += '\n';
        }
        if (config_.trailing)
            while (out.ends_with("\n\n")) out.pop_back();
        if (!ended && out.ends_with('\n')) out.pop_back();
        document.text = std::move(out);
        return {};
    }

  private:
    void clean(std::string_view from, std::string& line) const {
        line.clear();
        for (std::size_t at = 0; at < from.size();) {
            const std::size_t here = at;
            const char32_t c = next_code_point(from, at);
            if (config_.control && is_silent_control(c)) continue;
            if (config_.spaces && c == ' ' && line.ends_with(' ')) continue;
            line += from.substr(here, at - here);
        }
        if (config_.trailing) line.erase(line.find_last_not_of(" \t\v\f\r") + 1);
    }
    WhitespaceConfig config_;
};

}  // namespace

CurationKind whitespace_kind() {
    auto kind = kind_of<CurationKind, WhitespaceConfig>(
        {.id = "whitespace",
         .title = "White space",
         .summary = "Takes away white space and control characters that say nothing.",
         .source = ""},
        [](const WhitespaceConfig& config, const PlaceNames&) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<WhitespaceStep>(config));
        });
    kind.presets = {"clean-text", "web-text"};
    return kind;
}

}  // namespace gw
