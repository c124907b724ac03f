#pragma once
#include <cstdint>

namespace gw {

/// A rotation in fixed point, 65,536 = 1. Whole numbers alone, since the last bit of std::sin and std::cos differs from
/// one machine to another, and that of a product and a sum where they are contracted; pictures must not.
struct Turn {
    static constexpr std::int64_t one = 1 << 16;
    std::int64_t cosine = one, sine = 0;
};

/// `angle` in 1/65,536 of a degree, up to 45 degrees either way. The series end where their next term is under 1e-6.
constexpr Turn turn_by(std::int64_t angle) {
    constexpr std::int64_t unit = 1 << 24;          // of the series
    const std::int64_t x = angle * 292811 / 65536;  // radians: 292,811 = 2^24 * pi / 180
    const std::int64_t square = x * x / unit;       // at most 0.617
    const auto term = [&](std::int64_t last, std::int64_t divisor) { return -last * square / unit / divisor; };
    const std::int64_t s3 = term(x, 6), s5 = term(s3, 20), s7 = term(s5, 42);
    const std::int64_t c2 = term(unit, 2), c4 = term(c2, 12), c6 = term(c4, 30), c8 = term(c6, 56);
    constexpr std::int64_t scale = unit / Turn::one;
    return {(unit + c2 + c4 + c6 + c8) / scale, (x + s3 + s5 + s7) / scale};
}

/// The largest whole number whose square is not above `value`, bit by bit.
constexpr std::int64_t whole_root(std::int64_t value) {
    std::int64_t root = 0;
    for (std::int64_t bit = std::int64_t{1} << 31; bit > 0; bit >>= 1)
        if (const std::int64_t next = root | bit; next <= value / next) root = next;
    return root;
}

}  // namespace gw
