#pragma once
#include <string>

#include "data/batch.h"
#include "tokenize/tokenizer.h"

namespace gw {

/// The beginning of the text of a row, or of its caption, to be read by people.
std::string row_text(const HostBatch& rows, std::int64_t row, const Tokenizer& tokenizer);

}  // namespace gw
