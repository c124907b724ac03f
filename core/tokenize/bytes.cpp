#include "tokenize/catalog.h"

namespace gw {

namespace {

struct BytesConfig {
    static constexpr auto fields = std::tuple{};
};

/// One id a byte: nothing to learn, any text, long sequences.
class Bytes final : public Tokenizer {
  public:
    std::string kind() const override { return "bytes"; }
    static constexpr Token ids = 258;  ///< a byte's value is its id; then separator and mask
    Token vocabulary() const override { return ids; }
    Token separator() const override { return 256; }
    Token mask() const override { return 257; }
    Status encode(std::string_view text, std::vector<Token>& out) const override {
        for (const char c : text) out.push_back(static_cast<unsigned char>(c));
        return {};
    }
    std::string decode(std::span<const Token> ids) const override {
        std::string out;
        for (const Token id : ids) {
            if (id >= 0 && id < 256)
                out += static_cast<char>(id);
            else if (id == separator())
                out += "\n\n";
            else if (id == mask())
                out += "[MASK]";
        }
        return out;
    }
    std::string piece(Token id) const override {
        if (id == separator()) return "<separator>";
        if (id == mask()) return "<mask>";
        if (id > 32 && id < 127) return std::string(1, static_cast<char>(id));
        static constexpr char digits[] = "0123456789ABCDEF";
        return {'<', '0', 'x', digits[(id >> 4) & 15], digits[id & 15], '>'};
    }
    bool starts_word(Token previous, Token) const override {
        return previous == ' ' || previous == '\n' || previous == '\t';
    }
    Json state() const override { return {{"kind", "bytes"}}; }
};

}  // namespace

TokenizerKind bytes_kind() {
    auto kind = kind_of<TokenizerKind, BytesConfig>(
        {.id = "bytes",
         .title = "Bytes",
         .summary = "Every byte is a token: any language, nothing to train, long sequences.",
         .source = ""},
        [](const BytesConfig&, const TokenizerInputs&) -> Result<std::unique_ptr<Tokenizer>> {
            return std::unique_ptr<Tokenizer>(new Bytes);
        });
    kind.needs = {"text"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"tokens"}; };
    kind.expects = [](const Json&) { return ExpectedVocabulary{Bytes::ids, true}; };
    kind.from_state = [](const Json&) { return Result<std::unique_ptr<Tokenizer>>(std::make_unique<Bytes>()); };
    return kind;
}

}  // namespace gw
