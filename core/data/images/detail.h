#pragma once
#include <cstdint>
#include <vector>

#include "data/images/plane.h"
#include "util/rng.h"

// What takes detail away from a picture.
namespace gw {

/// The largest deviation of blur(), in pixels.
inline constexpr double most_blur = 4;
/// A Gaussian mean of the values around, with `deviation` in 1/65,536 of a pixel (0.1 to most_blur pixels), three
/// deviations to each side. Beyond the edge the nearest pixel of the edge counts. `memory` is to work with.
void blur(const Plane& plane, std::int64_t deviation, std::vector<std::int64_t>& memory);

/// Adds to each value what is nearly normal: a sum of eight even draws. `deviation` in 1/65,536 of 255.
void add_noise(std::uint8_t* values, std::int64_t count, std::int64_t deviation, Rng rng);

/// Covers a square with the plane's mean. Part of it may lie outside (DeVries and Taylor 2017, arXiv:1708.04552).
void cover(const Plane& plane, std::int64_t middle_y, std::int64_t middle_x, std::int64_t side);

}  // namespace gw
