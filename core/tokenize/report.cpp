#include "tokenize/report.h"

#include <algorithm>
#include <numeric>

#include "util/text.h"

namespace gw {

namespace {

std::int64_t count_words(std::string_view text) {
    std::int64_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

}  // namespace

Result<TokenizerReport> report_tokenizer(const Tokenizer& tokenizer, const TextSource& text) {
    TokenizerReport report;
    report.vocabulary = tokenizer.vocabulary();
    std::vector<std::int64_t> counts(static_cast<std::size_t>(tokenizer.vocabulary()));
    Status encoded;
    Status read = text([&](std::string_view document) {
        std::vector<Token> ids;
        encoded = tokenizer.encode(document, ids);
        if (!encoded) return false;
        report.documents += 1;
        report.bytes += static_cast<std::int64_t>(document.size());
        report.words += count_words(document);
        report.tokens += static_cast<std::int64_t>(ids.size());
        report.changed_documents += tokenizer.decode(ids) != document;
        for (const Token id : ids)
            if (static_cast<std::size_t>(id) < counts.size()) ++counts[static_cast<std::size_t>(id)];
        return true;
    });
    if (!read) return read.error();
    if (!encoded) return encoded.error();

    std::vector<std::size_t> order(counts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    constexpr std::size_t shown = 20;
    for (const std::size_t id : order) {
        const std::string piece = tokenizer.piece(static_cast<Token>(id));
        if (tokenizer.is_fallback(static_cast<Token>(id))) report.fallback_tokens += counts[id];
        const bool special =
            static_cast<Token>(id) == tokenizer.separator() || static_cast<Token>(id) == tokenizer.mask();
        report.unused += counts[id] == 0 && !special;
        if (counts[id] > 0 && report.most_frequent.size() < shown) report.most_frequent.emplace_back(piece, counts[id]);
    }
    return report;
}

Json report_json(const TokenizerReport& r) {
    Json frequent = Json::array();
    for (const auto& [piece, count] : r.most_frequent) frequent.push_back({{"piece", piece}, {"count", count}});
    return {{"vocabulary", r.vocabulary},
            {"documents", r.documents},
            {"bytes", r.bytes},
            {"words", r.words},
            {"tokens", r.tokens},
            {"bytes_per_token", r.bytes_per_token()},
            {"tokens_per_word", r.tokens_per_word()},
            {"fallback_share", r.fallback_share()},
            {"unused", r.unused},
            {"changed_documents", r.changed_documents},
            {"most_frequent", frequent}};
}

std::string report_text(const TokenizerReport& r) {
    std::string out =
        "vocabulary        " + grouped(r.vocabulary) + ", of which " + grouped(r.unused) + " unused here\n";
    out += "text              " + grouped(r.bytes) + " bytes, " + grouped(r.words) + " words, " + grouped(r.documents) +
           " documents\n";
    out += "tokens            " + grouped(r.tokens) + "\n";
    out += "bytes per token   " + significant(r.bytes_per_token()) + "\n";
    out += "tokens per word   " + significant(r.tokens_per_word()) + "\n";
    out += "fallback          " + significant(100 * r.fallback_share(), 3) +
           " % of the tokens are single bytes or unknown\n";
    out += "round trip        " +
           (r.changed_documents == 0 ? std::string("every document comes back byte for byte")
                                     : grouped(r.changed_documents) + " documents come back changed") +
           "\n";
    out += "most frequent    ";
    for (const auto& [piece, count] : r.most_frequent) out += " " + piece + " (" + grouped(count) + ")";
    return out + "\n";
}

}  // namespace gw
