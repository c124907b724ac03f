#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tokenize/tokenizer.h"

namespace gw {

/// How well a tokenizer fits a text.
struct TokenizerReport {
    std::int64_t vocabulary = 0, documents = 0, bytes = 0, words = 0, tokens = 0;
    std::int64_t fallback_tokens = 0;    ///< single bytes and unknowns that stand for characters without a piece
    std::int64_t unused = 0;             ///< ids that the text never uses, specials left out
    std::int64_t changed_documents = 0;  ///< that decoding does not give back byte for byte
    std::vector<std::pair<std::string, std::int64_t>> most_frequent;  ///< pieces with their counts, most frequent first
    double bytes_per_token() const { return tokens > 0 ? static_cast<double>(bytes) / static_cast<double>(tokens) : 0; }
    double tokens_per_word() const { return words > 0 ? static_cast<double>(tokens) / static_cast<double>(words) : 0; }
    double fallback_share() const {
        return tokens > 0 ? static_cast<double>(fallback_tokens) / static_cast<double>(tokens) : 0;
    }
};

Result<TokenizerReport> report_tokenizer(const Tokenizer& tokenizer, const TextSource& text);
Json report_json(const TokenizerReport& report);
std::string report_text(const TokenizerReport& report);

}  // namespace gw
