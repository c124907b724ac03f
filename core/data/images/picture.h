#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace gw {

/// A picture as a dataset hands it out, valid only during the visit: bytes [channels, height, width], 0 dark and 255
/// bright.
struct Picture {
    std::int64_t channels = 0, height = 0, width = 0;
    std::span<const std::uint8_t> pixels;
    bool same_size(const Picture& other) const {
        return channels == other.channels && height == other.height && width == other.width;
    }
};

/// "28 x 28 pixels", "32 x 48 pixels with 3 channels": height first.
inline std::string picture_size(const Picture& picture) {
    return std::to_string(picture.height) + " x " + std::to_string(picture.width) + " pixels" +
           (picture.channels == 1 ? "" : " with " + std::to_string(picture.channels) + " channels");
}

}  // namespace gw
