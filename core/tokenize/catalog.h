#pragma once
#include "tokenize/tokenizer.h"

namespace gw {

TokenizerKind bytes_kind();
TokenizerKind characters_kind();
TokenizerKind sentencepiece_kind();
TokenizerKind no_tokens_kind();

// Rebuilding from Tokenizer::state(), one for each kind.
Result<std::unique_ptr<Tokenizer>> bytes_from_state(const Json& state);
Result<std::unique_ptr<Tokenizer>> characters_from_state(const Json& state);
Result<std::unique_ptr<Tokenizer>> sentencepiece_from_state(const Json& state);
Result<std::unique_ptr<Tokenizer>> no_tokens_from_state(const Json& state);

}  // namespace gw
