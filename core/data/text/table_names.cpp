#include <algorithm>
#include <array>

#include "data/text/table_layout.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::array text_names{"text",    "sentence", "content", "review",   "document", "body",
                                "message", "comment",  "本文",    "テキスト", "文"};
constexpr std::array label_names{"label", "labels", "class", "category", "target", "sentiment",
                                 "score", "rating", "topic", "ラベル",   "分類",   "評価"};

std::string folded(const std::string& cell) {
    std::string out(trim(cell));
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

template <class Names>
std::size_t rank(const Names& names, const std::string& cell) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), folded(cell)) - names.begin());
}

}  // namespace

std::size_t text_rank(const std::string& cell) {
    return rank(text_names, cell);
}
std::size_t label_rank(const std::string& cell) {
    return rank(label_names, cell);
}
bool names_text(const std::string& cell) {
    return text_rank(cell) < text_names.size();
}
bool names_label(const std::string& cell) {
    return label_rank(cell) < label_names.size();
}

std::string quoted_list(const std::vector<std::string>& words, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < words.size() && i < most; ++i) {
        const std::string_view word = words[i];
        constexpr std::size_t longest = 40;
        out += (i ? ", \"" : "\"") + std::string(word.substr(0, utf8_boundary(word, std::min(longest, word.size())))) +
               (word.size() > longest ? "...\"" : "\"");
    }
    return out + (words.size() > most ? ", ..." : "");
}

}  // namespace gw
