#include "util/number.h"

#include <charconv>
#include <cmath>
#include <string>

#include "util/text.h"

namespace gw {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The factor of a suffix, or 1. A small m is left out: some mean a million by it, others a thousandth.
double factor_of(char suffix) {
    switch (suffix) {
        case 'k':
        case 'K':
            return 1e3;
        case 'M':
            return 1e6;
        case 'G':
        case 'B':
            return 1e9;
        default:
            return 1;
    }
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    text = trim(text);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_') {
            // Between two digits only.
            if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) return std::nullopt;
            continue;
        }
        plain += text[i];
    }
    double factor = 1;
    if (!plain.empty() && factor_of(plain.back()) > 1) {
        factor = factor_of(plain.back());
        plain.pop_back();
    }
    if (plain.starts_with('+') && !plain.starts_with("+-")) plain.erase(0, 1);
    const std::size_t first = plain.starts_with('-') ? 1 : 0;
    // from_chars also reads "inf" and "nan".
    if (first >= plain.size() || (!is_digit(plain[first]) && plain[first] != '.')) return std::nullopt;
    double value = 0;
    const auto [end, failed] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (failed != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value * factor))
        return std::nullopt;
    return value * factor;
}

std::optional<std::int64_t> parse_count(std::string_view text) {
    constexpr double exact = 9007199254740992;  // 2^53
    const auto value = parse_number(text);
    if (!value || std::abs(*value) > exact || *value != std::floor(*value)) return std::nullopt;
    return static_cast<std::int64_t>(*value);
}

}  // namespace gw
