#pragma once
#include <cstdint>
#include <span>

// Sums over flat memory on the CPU, in an order that does not depend on the number of threads.
namespace gw {

/// The sum of the squares of `count` values, in float64.
double sum_of_squares(const float* values, std::int64_t count);

/// Adds `parts` in their order, `count` values each, to out; gives the sum of squares of what it holds then. One pass
/// over memory.
double add_up(std::span<const float* const> parts, std::int64_t count, float* out);

}  // namespace gw
