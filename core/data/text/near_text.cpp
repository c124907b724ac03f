#include "data/text/near_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "util/text.h"

namespace gw {

namespace {

bool ascii_punctuation(unsigned char c) {
    // The P categories alone: signs such as + and $ tell texts apart ("C" and "C++").
    return c < 128 &&
           std::string_view("!\"#%&'()*,-./:;?@[\\]_{}").find(static_cast<char>(c)) != std::string_view::npos;
}

/// Takes words to `out` with one space between them.
class Words {
  public:
    void space() { pending_ = !out_.empty(); }
    void character(std::string_view bytes) {
        if (std::exchange(pending_, false)) out_ += ' ';
        out_ += bytes;
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
    bool pending_ = false;
};

std::string folded_ascii(std::string_view text, bool punctuation) {
    Words words;
    for (char c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || (c >= '\t' && c <= '\r'))
            words.space();
        else if (punctuation || !ascii_punctuation(static_cast<unsigned char>(c)))
            words.character({&c, 1});
    }
    return words.take();
}

bool is_punctuation(utf8proc_category_t category) {
    return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}
bool is_space(utf8proc_category_t category) {
    return category == UTF8PROC_CATEGORY_CC || (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP);
}

std::string folded(std::string_view text, bool punctuation) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                                                        UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    if (size < 0) return std::string(text);
    const std::string_view form(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
    Words words;
    for (std::size_t at = 0; at < form.size();) {
        const std::size_t begin = at;
        const utf8proc_category_t category =
            utf8proc_category(static_cast<utf8proc_int32_t>(next_code_point(form, at)));
        if (is_space(category))
            words.space();
        else if (punctuation || !is_punctuation(category))
            words.character(form.substr(begin, at - begin));
    }
    std::free(mapped);
    return words.take();
}

std::string fold(std::string_view text, bool punctuation) {
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
    return ascii ? folded_ascii(text, punctuation) : folded(text, punctuation);
}

}  // namespace

std::string near_text(std::string_view text) {
    std::string out = fold(text, /*punctuation=*/false);
    return out.empty() ? std::string(trim(text)) : out;
}

std::string case_text(std::string_view text) {
    return fold(text, /*punctuation=*/true);
}

}  // namespace gw
