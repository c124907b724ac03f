#include "data/images/geometry.h"

#include <algorithm>
#include <cstdlib>

#include "data/images/powers.h"

namespace gw {

namespace {

constexpr std::int64_t times(std::int64_t a, std::int64_t b) {
    return a * b / Turn::one;
}

/// The pixels of a plane as it was; beyond the edge those of the edge.
struct Former {
    const Plane& plane;
    const std::vector<std::uint8_t>& values;
    std::int64_t operator()(std::int64_t y, std::int64_t x) const {
        y = std::clamp<std::int64_t>(y, 0, plane.height - 1);
        return values[static_cast<std::size_t>(y * plane.width + std::clamp<std::int64_t>(x, 0, plane.width - 1))];
    }
};

}  // namespace

Origin same_place(std::int64_t height, std::int64_t width) {
    return {(height - 1) * Turn::one, (width - 1) * Turn::one};
}

Crop drawn_crop(std::int64_t height, std::int64_t width, std::int64_t area, Rng& rng) {
    constexpr std::int64_t widest = 6963174;  // log2(4/3), in 1/2^24
    const std::int64_t exponent = static_cast<std::int64_t>(rng.below(2 * widest + 1)) - widest;
    const std::int64_t narrow = power_of_half(std::abs(exponent)) * Turn::one / power_one;
    const std::int64_t ratio = exponent < 0 ? narrow : Turn::one * Turn::one / narrow;

    const std::int64_t most_high = height * Turn::one, most_wide = width * Turn::one, size = area * height * width;
    Crop out{};
    out.height = whole_root((size << 16) / ratio) << 8;
    out.width = whole_root(times(size, ratio)) << 8;
    if (area == Turn::one) {  // roots are rounded
        out.height = most_high;
        out.width = most_wide;
    } else if (out.height > most_high) {
        out.height = most_high;
        out.width = area * width;
    } else if (out.width > most_wide) {
        out.width = most_wide;
        out.height = area * height;
    }
    out.height = std::clamp(out.height, Turn::one, most_high);
    out.width = std::clamp(out.width, Turn::one, most_wide);
    out.top = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(most_high - out.height + 1)));
    out.left = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(most_wide - out.width + 1)));
    return out;
}

Origin origin_of(const Crop& crop, std::int64_t height, std::int64_t width, bool flipped, const Turn& turn,
                 std::int64_t zoom, std::int64_t down, std::int64_t across) {
    const std::int64_t smaller = Turn::one * Turn::one / zoom, side = flipped ? -1 : 1,
                       high = times(crop.height / height, smaller), wide = side * times(crop.width / width, smaller);
    Origin out{2 * crop.top + crop.height - Turn::one, 2 * crop.left + crop.width - Turn::one};
    out.yy = times(high, turn.cosine);
    out.yx = -times(high, turn.sine);
    out.xy = times(wide, turn.sine);
    out.xx = times(wide, turn.cosine);
    out.y -= 2 * (times(out.yy, down) + times(out.yx, across));
    out.x -= 2 * (times(out.xy, down) + times(out.xx, across));
    return out;
}

void resample(const Plane& plane, const Origin& origin, std::vector<std::uint8_t>& before) {
    before.assign(plane.values, plane.values + plane.size());
    const Former old{plane, before};
    for (std::int64_t y = 0; y < plane.height; ++y)
        for (std::int64_t x = 0; x < plane.width; ++x) {
            // Twice the distance from the middle, so that it is a whole number for even sides as well.
            const std::int64_t v = 2 * y - (plane.height - 1), u = 2 * x - (plane.width - 1);
            const std::int64_t from_y = (v * origin.yy + u * origin.yx + origin.y) / 2;
            const std::int64_t from_x = (v * origin.xy + u * origin.xx + origin.x) / 2;
            const std::int64_t top = from_y >> 16, left = from_x >> 16, below = from_y & 0xffff,
                               right = from_x & 0xffff;
            const std::int64_t upper = old(top, left) * (Turn::one - right) + old(top, left + 1) * right;
            const std::int64_t lower = old(top + 1, left) * (Turn::one - right) + old(top + 1, left + 1) * right;
            const std::int64_t sum = upper * (Turn::one - below) + lower * below;  // below 2^40
            plane.at(y, x) = static_cast<std::uint8_t>((sum + (std::int64_t{1} << 31)) >> 32);
        }
}

void turn_and_shift(const Plane& plane, std::int64_t down, std::int64_t across, const Turn& turn,
                    std::vector<std::uint8_t>& before) {
    if (turn.sine != 0) {
        Origin origin = same_place(plane.height, plane.width);
        origin.yy = origin.xx = turn.cosine;
        origin.yx = -turn.sine;
        origin.xy = turn.sine;
        origin.y -= 2 * (down * turn.cosine - across * turn.sine);
        origin.x -= 2 * (down * turn.sine + across * turn.cosine);
        return resample(plane, origin, before);
    }
    before.assign(plane.values, plane.values + plane.size());
    const Former old{plane, before};
    for (std::int64_t y = 0; y < plane.height; ++y)
        for (std::int64_t x = 0; x < plane.width; ++x)
            plane.at(y, x) = static_cast<std::uint8_t>(old(y - down, x - across));
}

void mirror(const Plane& plane) {
    for (std::int64_t y = 0; y < plane.height; ++y)
        std::reverse(plane.values + y * plane.width, plane.values + (y + 1) * plane.width);
}

}  // namespace gw
