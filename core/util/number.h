#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace gw {

/// A number as people type it, the whole text or nothing: "3", "-0.5", ".5", "1e3", "1_000", "2k", "1.5M", "2G" or "2B"
/// (a milliard). A comma is never part of a number; "nan", "inf" and what is past the range of a double are none.
std::optional<double> parse_number(std::string_view text);

/// The same where only whole numbers will do ("1e3", "2.5k"); nothing past 2^53, where doubles leave some out.
std::optional<std::int64_t> parse_count(std::string_view text);

}  // namespace gw
