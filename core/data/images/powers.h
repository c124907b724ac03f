#pragma once
#include <array>
#include <bit>
#include <cstdint>

#include "data/images/turn.h"

// Powers and logarithms of two in whole numbers, since the last bits of std::exp2 and std::log2 differ from one machine
// to another; what is drawn for a sample must not.
namespace gw {

/// Exponents are in 1/2^24.
inline constexpr std::int64_t exponent_one = std::int64_t{1} << 24;
/// Powers are in 1/2^31.
inline constexpr std::int64_t power_one = std::int64_t{1} << 31;

/// 2^-1/2, 2^-1/4, 2^-1/8, ...
inline constexpr std::array<std::int64_t, 24> half_roots = [] {
    std::array<std::int64_t, 24> out{};
    std::int64_t root = power_one / 2;
    for (std::int64_t& one : out) {
        root = whole_root(root * power_one);
        one = root;
    }
    return out;
}();

/// 2^-z for `exponent` z >= 0; the error is under 2^-26.
constexpr std::int64_t power_of_half(std::int64_t exponent) {
    if (exponent >= 32 * exponent_one) return 0;
    std::int64_t value = power_one;
    for (std::size_t i = 0; i < half_roots.size(); ++i)
        if (exponent & (exponent_one >> (i + 1))) value = value * half_roots[i] / power_one;
    return value >> (exponent / exponent_one);
}

/// How often 2^53 must be halved to be `value`, which is 1 to 2^53: -log2 of value / 2^53. The error is under 2^-20.
constexpr std::int64_t halvings(std::uint64_t value) {
    const int top = static_cast<int>(std::bit_width(value)) - 1;
    std::uint64_t mantissa = top >= 31 ? value >> (top - 31) : value << (31 - top);  // 1 to 2, in 1/2^31
    std::int64_t log = top * exponent_one;
    for (std::int64_t bit = exponent_one / 2; bit > 0; bit /= 2) {
        mantissa = (mantissa * mantissa) >> 31;
        if (mantissa < std::uint64_t{1} << 32) continue;
        mantissa >>= 1;
        log += bit;
    }
    return 53 * exponent_one - log;
}

}  // namespace gw
