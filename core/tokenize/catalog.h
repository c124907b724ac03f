#pragma once
#include "tokenize/tokenizer.h"

namespace gw {

TokenizerKind bytes_kind();
TokenizerKind characters_kind();
TokenizerKind sentencepiece_kind();
TokenizerKind no_tokens_kind();

}  // namespace gw
