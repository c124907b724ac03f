#include "util/name.h"

#include "util/text.h"

namespace gw {

std::optional<std::string> name_fault(std::string_view text) {
    constexpr std::size_t longest = 500;
    if (trim(text).empty()) return "is empty";
    if (text.size() > longest) return "is longer than " + std::to_string(longest) + " bytes";
    if (first_bad_utf8(text)) return "is not UTF-8";
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0), line_end = c == 0x2028 || c == 0x2029;
        if (control || line_end) return "has a line end or another control character";
    }
    return std::nullopt;
}

}  // namespace gw
