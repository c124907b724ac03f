#include <algorithm>
#include <map>
#include <unordered_map>

#include "tokenize/catalog.h"
#include "util/text.h"

namespace gw {

namespace {

struct CharactersConfig {
    std::int64_t max_characters = 10000;
    static constexpr auto fields = std::tuple{
        schema::field<&CharactersConfig::max_characters>(
            {.key = "max_characters",
             .label = "Most characters",
             .help = "Alphabet size at most; the rarest characters beyond it become unknown.",
             .min = 1,
             .max = 200000,
             .audience = schema::Audience::expert}),
    };
};

/// One id a character (Unicode code point) of the training text, in code point order; then unknown, separator and mask.
class Characters final : public Tokenizer {
  public:
    explicit Characters(std::u32string alphabet) : alphabet_(std::move(alphabet)) {
        for (std::size_t i = 0; i < alphabet_.size(); ++i) ids_[alphabet_[i]] = static_cast<Token>(i);
    }
    std::string kind() const override { return "characters"; }
    static constexpr Token specials = 3;
    Token vocabulary() const override { return size() + specials; }
    Token separator() const override { return size() + 1; }
    Token mask() const override { return size() + 2; }
    Status encode(std::string_view text, std::vector<Token>& out) const override {
        for (std::size_t at = 0; at < text.size();) {
            const auto it = ids_.find(next_code_point(text, at));
            out.push_back(it == ids_.end() ? unknown() : it->second);
        }
        return {};
    }
    std::string decode(std::span<const Token> ids) const override {
        std::string out;
        for (const Token id : ids) {
            if (id >= 0 && id < size())
                append_utf8(out, alphabet_[static_cast<std::size_t>(id)]);
            else if (id == unknown())
                append_utf8(out, U'\uFFFD');
            else if (id == separator())
                out += "\n\n";
            else if (id == mask())
                out += "[MASK]";
        }
        return out;
    }
    std::string piece(Token id) const override {
        if (id == unknown()) return "<unknown>";
        if (id == separator()) return "<separator>";
        if (id == mask()) return "<mask>";
        std::string out = decode(std::span<const Token>(&id, 1));
        return out == "\n" ? "\\n" : out == "\t" ? "\\t" : out == " " ? "␣" : out;
    }
    bool starts_word(Token previous, Token) const override { return is_space(previous); }
    bool is_fallback(Token id) const override { return id == unknown(); }
    Json state() const override {
        std::string text;
        for (const char32_t c : alphabet_) append_utf8(text, c);
        return {{"kind", "characters"}, {"alphabet", text}};
    }

  private:
    Token size() const { return static_cast<Token>(alphabet_.size()); }
    Token unknown() const { return size(); }
    bool is_space(Token id) const {
        if (id < 0 || id >= size()) return true;
        const char32_t c = alphabet_[static_cast<std::size_t>(id)];
        return c == U' ' || c == U'\n' || c == U'\t' || c == U'\u3000';
    }
    std::u32string alphabet_;
    std::unordered_map<char32_t, Token> ids_;
};

Result<std::unique_ptr<Tokenizer>> learn(const CharactersConfig& config, const TokenizerInputs& inputs) {
    std::map<char32_t, std::int64_t> counts;
    Status read = inputs.text([&](std::string_view text) {
        for (std::size_t at = 0; at < text.size();) ++counts[next_code_point(text, at)];
        return !inputs.stop.stop_requested();
    });
    if (!read) return read.error();
    if (inputs.stop.stop_requested())
        return Error{Error::Code::cancelled, "Stopped while learning the alphabet", "", {}};
    std::vector<std::pair<std::int64_t, char32_t>> by_count;
    for (const auto& [c, count] : counts) by_count.emplace_back(-count, c);
    std::sort(by_count.begin(), by_count.end());
    by_count.resize(std::min(by_count.size(), static_cast<std::size_t>(config.max_characters)));
    std::u32string alphabet;
    for (const auto& [count, c] : by_count) alphabet += c;
    std::sort(alphabet.begin(), alphabet.end());
    return std::unique_ptr<Tokenizer>(new Characters(std::move(alphabet)));
}

Result<std::unique_ptr<Tokenizer>> from_alphabet(const Json& state) {
    const std::string text = state.at("alphabet");
    std::u32string alphabet;
    for (std::size_t at = 0; at < text.size();) alphabet += next_code_point(text, at);
    std::u32string sorted = alphabet;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
        std::string shown;
        append_utf8(shown, *twice);
        return Error{Error::Code::bad_data,
                     "The alphabet of this tokenizer holds \"" + shown + "\" twice",
                     "It was damaged or changed by hand; use another checkpoint",
                     {}};
    }
    return std::unique_ptr<Tokenizer>(new Characters(std::move(alphabet)));
}

}  // namespace

TokenizerKind characters_kind() {
    auto kind = kind_of<TokenizerKind, CharactersConfig>(
        {.id = "characters",
         .title = "Characters",
         .summary = "Every character of the text is a token: small alphabets, no training to speak of.",
         .source = ""},
        learn);
    kind.needs = {"text"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"tokens"}; };
    kind.expects = [](const Json& settings) {
        constexpr std::int64_t typical = 100;  // letters, digits and signs of a European language
        const auto most = settings.value("max_characters", CharactersConfig{}.max_characters);
        return ExpectedVocabulary{std::min(most, typical) + Characters::specials, false};
    };
    kind.from_state = from_alphabet;
    return kind;
}

}  // namespace gw
