#pragma once
#include <cstdint>

namespace gw {

/// One channel of a picture.
struct Plane {
    std::uint8_t* values;
    std::int64_t height, width;
    std::uint8_t& at(std::int64_t y, std::int64_t x) const { return values[y * width + x]; }
    std::int64_t size() const { return height * width; }
};

}  // namespace gw
