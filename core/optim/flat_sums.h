#pragma once
#include <cstdint>
#include <span>

// Sums over flat memory on the CPU, in an order that does not depend on the number of threads.
namespace gw {

/// The sum of the squares of `count` values, in float64.
double sum_of_squares(const float* values, std::int64_t count);

/// out = the sum of `parts` in their order, `count` values each, or with `onto` that added to what is there; gives the
/// sum of squares of what out holds then. One pass over memory.
double add_up(std::span<const float* const> parts, std::int64_t count, bool onto, float* out);

}  // namespace gw
