#pragma once
#include <cmath>
#include <cstdint>
#include <limits>

// SQLite keeps NaN as NULL, hence a flag beside every value of a metric.
namespace gw {

enum ValueFlag : std::int64_t { finite_value = 0, not_a_number = 1, plus_infinity = 2, minus_infinity = 3 };

inline ValueFlag flag_of(double value) {
    if (std::isnan(value)) return not_a_number;
    if (std::isinf(value)) return value > 0 ? plus_infinity : minus_infinity;
    return finite_value;
}

inline double value_of(double stored, std::int64_t flag) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    switch (flag) {
        case not_a_number:
            return std::numeric_limits<double>::quiet_NaN();
        case plus_infinity:
            return infinity;
        case minus_infinity:
            return -infinity;
        default:
            return stored;
    }
}

}  // namespace gw
