#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw {

/// Byte offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nothing.
std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// The text with U+FFFD in the place of each byte that is not well-formed UTF-8.
std::string well_formed_utf8(std::string_view text);

/// Decodes the code point that begins at `at` and moves `at` past it. The text must be well-formed.
char32_t next_code_point(std::string_view text, std::size_t& at);

/// Appends `c` as UTF-8.
void append_utf8(std::string& out, char32_t c);

/// Largest position <= `at` that does not cut a UTF-8 character.
std::size_t utf8_boundary(std::string_view text, std::size_t at);

/// Number of single-character edits between two words (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, if it is near enough to be a likely misspelling.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

/// 1234567 -> "1,234,567" (spaces as separators where `separator` says so).
std::string grouped(std::int64_t n, std::string_view separator = ",");

/// 1536 -> "1.5 KiB"; binary units.
std::string byte_text(std::uint64_t bytes);

/// 8040 -> "2 h 14 min"; 75 -> "1 min 15 s"; 3.2 -> "3.2 s".
std::string duration_text(double seconds);

/// 10654321 -> "10.7 M"; K, M, B, T for thousands to millions of millions, and `space` before them.
std::string short_count(double n, std::string_view space = " ");

/// The shortest text that reads back as the same number; "nan", "inf".
std::string exact_number(double x);

/// Number with `digits` significant digits, no trailing zeros removed below that.
std::string significant(double x, int digits = 4);

/// ASCII letters alone: those of other scripts stay as they are, so that UTF-8 is never cut.
std::string lower_case(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);

/// Seconds since the epoch as "2026-01-31T12:34:56Z".
std::string utc_text(std::int64_t seconds);
std::string now_utc();

/// Seconds since the epoch, wall clock.
double now_seconds();

}  // namespace gw
