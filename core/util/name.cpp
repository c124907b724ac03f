#include "util/name.h"

#include <algorithm>

#include "util/text.h"

namespace gw {

namespace {

constexpr std::size_t longest = 500;  // bytes

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

}  // namespace

std::optional<std::string> name_fault(std::string_view text) {
    if (trim(text).empty()) return "is empty";
    if (text.size() > longest) return "is longer than " + std::to_string(longest) + " bytes";
    if (first_bad_utf8(text)) return "is not UTF-8";
    for (std::size_t at = 0; at < text.size();) {
        if (is_control(next_code_point(text, at))) return "has a line end or another control character";
    }
    return std::nullopt;
}

std::string fit_name(std::string_view text) {
    const std::string whole = well_formed_utf8(text);
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        const char32_t c = next_code_point(whole, at);
        append_utf8(out, is_control(c) ? U' ' : c);
    }
    out.resize(utf8_boundary(out, std::min(out.size(), longest)));
    return trim(out).empty() ? "run" : std::string(trim(out));
}

}  // namespace gw
