#include "tokenize/catalog.h"

#include <array>

#include "util/hash.h"

namespace gw {

std::string Tokenizer::hash() const {
    return sha256(state().dump());
}

Status Tokenizer::encode_each(std::span<const std::string_view> texts, std::vector<std::vector<Token>>& out) const {
    for (const std::string_view text : texts)
        if (Status status = encode(text, out.emplace_back()); !status) return status;
    return {};
}

std::span<const TokenizerKind> tokenizers() {
    static const std::array all{characters_kind(), sentencepiece_kind(), bytes_kind(), no_tokens_kind()};
    return all;
}

Result<std::unique_ptr<Tokenizer>> tokenizer_from_state(const Json& state) {
    const Error unknown{Error::Code::bad_data,
                        "This tokenizer's description cannot be read",
                        "It was written by a newer version, or is damaged",
                        {}};
    if (!state.is_object() || !state.contains("kind") || !state["kind"].is_string()) return unknown;
    const TokenizerKind* kind = find_kind(tokenizers(), state["kind"].get<std::string>());
    if (!kind) return unknown;
    try {
        return kind->from_state(state);
    } catch (const Json::exception&) {
        return unknown;
    }
}

}  // namespace gw
