#include "tokenize/catalog.h"

namespace gw {

namespace {

struct NoTokensConfig {
    static constexpr auto fields = std::tuple{};
};

/// For data that holds no text. It has no ids, and whoever asks it for some is wrong.
class NoTokens final : public Tokenizer {
  public:
    std::string kind() const override { return "none"; }
    Token vocabulary() const override { return 0; }
    Token separator() const override { return -1; }
    Token mask() const override { return -1; }
    Status encode(std::string_view, std::vector<Token>&) const override {
        return Error{
            Error::Code::bad_spec, "This model was not made for text", "Choose a model that was trained on text", {}};
    }
    std::string decode(std::span<const Token>) const override { return ""; }
    std::string piece(Token) const override { return "?"; }
    bool starts_word(Token, Token) const override { return true; }
    Json state() const override { return {{"kind", "none"}}; }
};

}  // namespace

TokenizerKind no_tokens_kind() {
    auto kind = kind_of<TokenizerKind, NoTokensConfig>(
        {.id = "none",
         .title = "No tokens",
         .summary = "For pictures and series: there is no text to cut.",
         .source = ""},
        [](const NoTokensConfig&, const TokenizerInputs&) -> Result<std::unique_ptr<Tokenizer>> {
            return std::unique_ptr<Tokenizer>(std::make_unique<NoTokens>());
        });
    kind.needs = {"rows without text"};
    kind.expects = [](const Json&) { return ExpectedVocabulary{0, true}; };
    kind.from_state = [](const Json&) { return Result<std::unique_ptr<Tokenizer>>(std::make_unique<NoTokens>()); };
    return kind;
}

}  // namespace gw
