#pragma once
#include <vector>

#include "data/images/plane.h"
#include "data/images/turn.h"
#include "util/rng.h"

namespace gw {

/// Where the values of a changed picture come from: the place `v` below and `u` right of its middle, both in half
/// pixels, from y + yy v + yx u and x + xy v + xx u of the picture as it was, all in 1/65,536 of half a pixel.
struct Origin {
    std::int64_t y, x;
    std::int64_t yy = Turn::one, yx = 0, xy = 0, xx = Turn::one;
    bool operator==(const Origin&) const = default;
};
/// Of a picture that stays as it is.
Origin same_place(std::int64_t height, std::int64_t width);

/// A part of a picture, in 1/65,536 of a pixel.
struct Crop {
    std::int64_t top, left, height, width;
};
/// A part with `area` (in 1/65,536) of the picture's area, anywhere in it, one pixel high and wide at least. Its width
/// over its height is drawn between 3/4 and 4/3, even in its logarithm (Szegedy et al. 2015, arXiv:1409.4842, section
/// 6); where it would stick out it keeps its area instead. Takes three numbers of `rng`.
Crop drawn_crop(std::int64_t height, std::int64_t width, std::int64_t area, Rng& rng);

/// A crop, brought to the picture's size, left and right swapped or not; and this mirror of it then turned, enlarged by
/// `zoom` (in 1/65,536; above 0) and shifted by `down` and `across` (in 1/65,536 of a pixel).
Origin origin_of(const Crop& crop, std::int64_t height, std::int64_t width, bool flipped, const Turn& turn,
                 std::int64_t zoom, std::int64_t down, std::int64_t across);

/// Every value from its origin. Beyond the edge the nearest pixel of the edge counts; between pixels, the four around
/// in proportion. `before` is memory to work with.
void resample(const Plane& plane, const Origin& origin, std::vector<std::uint8_t>& before);
/// Every value from where it came: `turn` back about the middle, then `down` and `across` pixels back.
void turn_and_shift(const Plane& plane, std::int64_t down, std::int64_t across, const Turn& turn,
                    std::vector<std::uint8_t>& before);
/// Swaps left and right.
void mirror(const Plane& plane);

}  // namespace gw
