#include "fuzz/fuzz.h"
#include "schema/parse_json.h"
#include "tokenize/catalog.h"
#include "tokenize/report.h"
#include "util/text.h"

/// tokenizer.json; what needs the helper (encoding by SentencePiece) is left out, decoding is not.
GW_FUZZ(tokenizer) {
    using namespace gw;
    const auto made = tokenizer_from_state(json_or_null(input));
    if (!made) return;
    const Tokenizer& tokenizer = *made.value();
    std::vector<Token> ids{-1, 0, 1, tokenizer.vocabulary() - 1, tokenizer.vocabulary(), tokenizer.vocabulary() + 1};
    for (Token id = 0; id < std::min<Token>(tokenizer.vocabulary(), 300); ++id) ids.push_back(id);
    tokenizer.decode(ids);
    tokenizer.cuts_at_line_ends();
    tokenizer.cuts_before_spaces();
    for (const Token id : ids) {
        tokenizer.piece(id);
        tokenizer.is_fallback(id);
        tokenizer.starts_word(id, ids.front());
        tokenizer.starts_word(ids.back(), id);
    }
    fuzz::must(!tokenizer.state().dump(-1, ' ', false, Json::error_handler_t::replace).empty());
    // One needs its helper to encode, the other is of models that were not made for text.
    if (tokenizer.kind() == "sentencepiece" || tokenizer.kind() == "none") return;
    const auto text = [](const std::function<bool(std::string_view)>& sink) {
        sink("Some text, \xE3\x81\xA8 and \x80 more.\n");
        return Status();
    };
    report_tokenizer(tokenizer, text).or_throw();
}
