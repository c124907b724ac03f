#include "data/curation/catalog.h"
#include "data/curation/personal_scan.h"

namespace gw {

namespace {

constexpr const char* masked_sorts[personal_sorts] = {GW_TEXT("e-mail addresses masked"),
                                                      GW_TEXT("IP addresses masked"), GW_TEXT("card numbers masked"),
                                                      GW_TEXT("phone numbers masked"), GW_TEXT("long numbers masked")};
constexpr const char* placeholders[personal_sorts] = {"<email>", "<ip>", "<card>", "<phone>", "<id>"};

struct PersonalConfig {
    bool emails = true, addresses = true, cards = true, phones = true, numbers = true;
    std::int64_t digits = 12;
    static constexpr auto fields = std::tuple{
        schema::field<&PersonalConfig::emails>(
            {.key = "emails", .label = "E-mail addresses", .help = "Become <email>."}),
        schema::field<&PersonalConfig::addresses>(
            {.key = "addresses", .label = "IP addresses", .help = "Of both versions; become <ip>."}),
        schema::field<&PersonalConfig::cards>(
            {.key = "cards",
             .label = "Card numbers",
             .help = "Of payment cards: 13 to 19 digits that pass their check (Luhn); become <card>."}),
        schema::field<&PersonalConfig::phones>(
            {.key = "phones",
             .label = "Phone numbers",
             .help = "With a plus before them, or in groups as they are written in North America and Japan; become "
                     "<phone>."}),
        schema::field<&PersonalConfig::numbers>(
            {.key = "numbers",
             .label = "Long numbers",
             .help = "Long rows of digits, and social security numbers of the United States; become <id>."}),
        schema::field<&PersonalConfig::digits>({.key = "digits",
                                                .label = "Digits of those",
                                                .help = "A number of so many digits or more is a long one.",
                                                .min = 6,
                                                .max = 100,
                                                .shown_when = "numbers=true"}),
    };
};

class PersonalStep final : public CurationStep {
  public:
    explicit PersonalStep(const PersonalConfig& config)
        : wishes_{{config.emails, config.addresses, config.cards, config.phones, config.numbers}, config.digits} {}

    std::optional<Phrase> apply(CuratedText& document) override {
        const std::string& text = document.text;
        std::string out;
        std::size_t copied = 0;
        for (std::size_t at = 0; at < text.size();) {
            const PersonalFind found = personal_at(text, at, wishes_);
            if (found.end == 0) {
                ++at;
                continue;
            }
            const auto sort = static_cast<std::size_t>(found.sort);
            ++masked_[sort];
            out.append(text, copied, at - copied);
            out += placeholders[sort];
            copied = at = found.end;
        }
        if (copied == 0) return {};
        out.append(text, copied);
        document.text = std::move(out);
        return {};
    }
    std::vector<std::pair<Phrase, std::int64_t>> found() const override {
        std::vector<std::pair<Phrase, std::int64_t>> out;
        for (std::size_t i = 0; i < personal_sorts; ++i) out.push_back({{masked_sorts[i], {}}, masked_[i]});
        return out;
    }

  private:
    PersonalWishes wishes_;
    std::int64_t masked_[personal_sorts] = {};
};

}  // namespace

CurationKind personal_data_kind() {
    auto kind = kind_of<CurationKind, PersonalConfig>(
        {.id = "personal_data",
         .title = "Personal data",
         .summary = "Masks e-mail addresses, phone, card and long numbers by their form. Names are not found.",
         .source = "ISO/IEC 7812-1 (cards), RFC 5322 (addresses), ITU-T E.164 (phones)"},
        [](const PersonalConfig& config, const PlaceNames&) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<PersonalStep>(config));
        });
    kind.presets = {"web-text"};
    return kind;
}

}  // namespace gw
