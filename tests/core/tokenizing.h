#pragma once
#include <gtest/gtest.h>

#include "tokenize/tokenizer.h"
#include "util/rng.h"

namespace gw::test {

/// A thousand lines of made-up words, the same every time.
inline std::string training_text() {
    static const char* const syllables[] = {"ka", "to", "mi", "ra", "shi", "no", "be", "lu",  "sa", "ne",
                                            "yu", "go", "pi", "ze", "wa",  "fu", "de", "chi", "ko", "ri"};
    std::string text;
    Rng rng(3);
    for (int line = 0; line < 1000; ++line) {
        for (int word = 0; word < 8; ++word) {
            for (std::uint64_t n = 1 + rng.below(3); n > 0; --n) text += syllables[rng.below(20)];
            text += word < 7 ? ' ' : '\n';
        }
    }
    return text;
}

inline TextSource source_of(const std::string& text) {
    return [text](const std::function<bool(std::string_view)>& sink) {
        sink(text);
        return Status();
    };
}

inline Result<std::unique_ptr<Tokenizer>> made(const Json& section, const std::string& text = training_text(),
                                               std::stop_token stop = {}) {
    const TokenizerKind* kind = find_kind(tokenizers(), section.at("kind"));
    const schema::Problems problems = kind->check(section, "tokenizer");
    EXPECT_TRUE(problems.empty()) << problems.front().message;
    return kind->build(kind->complete(section), TokenizerInputs{source_of(text), {}, stop});
}

inline std::vector<Token> encoded(const Tokenizer& tokenizer, std::string_view text) {
    std::vector<Token> ids;
    const Status status = tokenizer.encode(text, ids);
    EXPECT_TRUE(status) << to_text(status.error());
    return ids;
}

}  // namespace gw::test
