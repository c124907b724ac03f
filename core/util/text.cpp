#include "util/text.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>

namespace gw {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
    std::optional<std::string> best;
    // Two swapped letters count as two edits, so that a word of five may be wrong in two places.
    std::size_t limit = 1 + word.size() / 4;
    for (const std::string& candidate : candidates) {
        if (word.size() >= 3 && candidate.starts_with(word)) return candidate;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance > limit || distance >= std::max(word.size(), candidate.size())) continue;
        if (best && distance == limit) continue;  // the first of equals
        best = candidate;
        limit = distance;
    }
    return best;
}

std::string grouped(std::int64_t n, std::string_view separator) {
    const std::string digits = std::to_string(n);
    const std::size_t sign = n < 0 ? 1 : 0;
    std::string out = digits.substr(0, sign);
    for (std::size_t i = sign; i < digits.size(); ++i) {
        if (i > sign && (digits.size() - i) % 3 == 0) out += separator;
        out += digits[i];
    }
    return out;
}

namespace {

std::string formatted(const char* format, int digits, double x) {
    char text[64];
    std::snprintf(text, sizeof text, format, digits, x);
    return text;
}

}  // namespace

std::string byte_text(std::uint64_t bytes) {
    if (bytes < 1024) return std::to_string(bytes) + " B";
    static constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double amount = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    // 1023.95 KiB would be shown as 1024.0 KiB.
    for (; amount >= 1023.95 && unit + 1 < std::size(units); ++unit) amount /= 1024;
    return formatted("%.*f ", 1, amount) + units[unit];
}

std::string duration_text(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return "unknown";
    if (seconds < 1) return formatted("%.*f s", 2, seconds);
    if (seconds < 9.95) return formatted("%.*f s", 1, seconds);
    const auto whole = static_cast<std::int64_t>(std::min(std::llround(seconds), 100LL * 365 * 86400));
    auto pair = [](std::int64_t large, const char* large_unit, std::int64_t small, const char* small_unit) {
        return grouped(large) + large_unit + (small ? " " + std::to_string(small) + small_unit : "");
    };
    if (whole < 60) return std::to_string(whole) + " s";
    if (whole < 3600) return pair(whole / 60, " min", whole % 60, " s");
    if (whole < 86400) return pair(whole / 3600, " h", whole % 3600 / 60, " min");
    return pair(whole / 86400, " d", whole % 86400 / 3600, " h");
}

std::string short_count(double n, std::string_view space) {
    static constexpr const char* units[] = {"", "K", "M", "B", "T"};
    constexpr double thousand = 1000, rounds_up = 999.5, ten = 10, hundred = 100;
    if (!std::isfinite(n)) return std::isnan(n) ? "nan" : n < 0 ? "-inf" : "inf";
    std::size_t unit = 0;
    for (; std::abs(n) >= rounds_up && unit + 1 < std::size(units); ++unit) n /= thousand;
    if (std::abs(n) >= rounds_up * thousand) return significant(n, 3) + std::string(space) + units[unit];
    const int decimals = unit == 0 ? 0 : std::abs(n) < ten ? 2 : std::abs(n) < hundred ? 1 : 0;
    return formatted("%.*f", decimals, n) + (unit == 0 ? "" : std::string(space) + units[unit]);
}

std::string significant(double x, int digits) {
    if (std::isnan(x)) return "nan";
    if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
    std::string scientific = formatted("%.*e", digits - 1, x);
    // The exponent after rounding: 9.9996 has that of 10.
    const int exponent = x == 0 ? 0 : std::atoi(scientific.substr(scientific.find('e') + 1).c_str());
    if (exponent < -4 || exponent > 7) return scientific;
    return formatted("%.*f", std::max(0, digits - 1 - exponent), x);
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string exact_number(double x) {
    if (std::isnan(x)) return "nan";
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, x);
    return {text, end.ptr};
}

std::string now_utc() {
    return utc_text(std::time(nullptr));
}

std::string utc_text(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

double now_seconds() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace gw
