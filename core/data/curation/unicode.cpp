#include <iconv.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "data/curation/catalog.h"
#include "data/text/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* not_utf8 = GW_TEXT("not UTF-8");
constexpr const char* not_in_encoding = GW_TEXT("neither UTF-8 nor %1");
constexpr const char* mended_documents = GW_TEXT("documents that were not UTF-8");
constexpr const char* other_form = GW_TEXT("documents with characters in another form");

struct UnicodeConfig {
    std::string form = "nfc", bad_bytes = "replace";
    static constexpr auto fields = std::tuple{
        schema::field<&UnicodeConfig::form>(
            {.key = "form",
             .label = "Form",
             .help = "The same letter can be written in several ways. NFC joins letters and accents; NFKC also turns "
                     "full width letters, ligatures and the like into plain ones.",
             .choices = "nfc=NFC|nfkc=NFKC|none=As it is"}),
        schema::field<&UnicodeConfig::bad_bytes>(
            {.key = "bad_bytes",
             .label = "Not UTF-8",
             .help = "What becomes of a document that is not UTF-8: it is dropped, each wrong byte becomes the sign "
                     "U+FFFD, or the document is read in another encoding, and dropped where it is not in that either.",
             .choices = "replace=Replace each byte|drop=Drop the document|windows_1252=Read as "
                        "Windows-1252|shift_jis=Read as Shift_JIS|euc_jp=Read as EUC-JP"}),
    };
};

/// The text read in another encoding, or nothing where it is none.
std::optional<std::string> read_in_encoding(const std::string& text, const char* encoding) {
    const iconv_t reader = ::iconv_open("UTF-8", encoding);
    if (reader == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string in = text, out(text.size() * 4 + 16, '\0');  // no character of these takes more in UTF-8
    char *from = in.data(), *to = out.data();
    std::size_t left = in.size(), room = out.size();
    const bool whole = ::iconv(reader, &from, &left, &to, &room) != static_cast<std::size_t>(-1) &&
                       ::iconv(reader, nullptr, nullptr, &to, &room) != static_cast<std::size_t>(-1) && left == 0;
    ::iconv_close(reader);
    if (!whole) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

class UnicodeStep final : public CurationStep {
  public:
    explicit UnicodeStep(UnicodeConfig config) : config_(std::move(config)) {}

    std::optional<Phrase> apply(CuratedText& document) override {
        std::string& text = document.text;
        if (first_bad_utf8(text)) {
            ++bad_;
            if (config_.bad_bytes == "drop") return Phrase{not_utf8, {}};
            if (config_.bad_bytes == "replace") {
                text = well_formed_utf8(text);
            } else {
                const auto [encoding, title] = config_.bad_bytes == "windows_1252"
                                                   ? std::pair{"WINDOWS-1252", "Windows-1252"}
                                               : config_.bad_bytes == "shift_jis" ? std::pair{"CP932", "Shift_JIS"}
                                                                                  : std::pair{"EUC-JP", "EUC-JP"};
                auto read = read_in_encoding(text, encoding);
                if (!read) return Phrase{not_in_encoding, {title}};
                text = std::move(*read);
            }
        }
        if (config_.form == "none" ||
            std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; }))
            return {};
        utf8proc_uint8_t* mapped = nullptr;
        const int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | (config_.form == "nfkc" ? UTF8PROC_COMPAT : 0);
        const utf8proc_ssize_t size =
            utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &mapped, static_cast<utf8proc_option_t>(options));
        if (size < 0) throw Failure({Error::Code::out_of_memory, utf8proc_errmsg(size), "", {}});
        const std::string_view form(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
        if (form != text) {
            ++formed_;
            text = form;
        }
        std::free(mapped);
        return {};
    }
    std::vector<std::pair<Phrase, std::int64_t>> found() const override {
        return {{{mended_documents, {}}, bad_}, {{other_form, {}}, formed_}};
    }

  private:
    UnicodeConfig config_;
    std::int64_t bad_ = 0, formed_ = 0;
};

}  // namespace

CurationKind unicode_kind() {
    auto kind = kind_of<CurationKind, UnicodeConfig>(
        {.id = "unicode",
         .title = "Unicode",
         .summary = "Makes UTF-8 of every document and writes each character in one form.",
         .source = "Unicode Standard Annex 15, Unicode Normalization Forms"},
        [](const UnicodeConfig& config, const PlaceNames&) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<UnicodeStep>(config));
        });
    kind.reads_bytes = true;
    kind.presets = {"clean-text", "web-text", "overview"};
    return kind;
}

}  // namespace gw
