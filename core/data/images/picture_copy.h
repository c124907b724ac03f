#pragma once
#include <vector>

#include "data/images/picture.h"

namespace gw {

/// A picture that outlives the visit, to be looked at.
struct PictureCopy {
    std::int64_t channels = 0, height = 0, width = 0;
    std::vector<std::uint8_t> pixels;  ///< [channels, height, width]
    PictureCopy() = default;
    explicit PictureCopy(const Picture& picture)
        : channels(picture.channels),
          height(picture.height),
          width(picture.width),
          pixels(picture.pixels.begin(), picture.pixels.end()) {}
};

}  // namespace gw
