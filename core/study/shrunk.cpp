#include "study/shrunk.h"

#include <algorithm>

namespace gw {

PictureCopy shrunk(const Picture& picture, std::int64_t longest_side) {
    const std::int64_t longest = std::max(picture.height, picture.width),
                       factor = (longest + longest_side - 1) / longest_side;
    if (factor <= 1) return PictureCopy(picture);
    PictureCopy out;
    out.channels = picture.channels;
    out.height = (picture.height + factor - 1) / factor;
    out.width = (picture.width + factor - 1) / factor;
    out.pixels.reserve(static_cast<std::size_t>(out.channels * out.height * out.width));
    for (std::int64_t channel = 0; channel < out.channels; ++channel)
        for (std::int64_t y = 0; y < picture.height; y += factor)
            for (std::int64_t x = 0; x < picture.width; x += factor) {
                const std::int64_t below = std::min(y + factor, picture.height),
                                   right = std::min(x + factor, picture.width);
                std::int64_t sum = 0;
                for (std::int64_t line = y; line < below; ++line)
                    for (std::int64_t at = x; at < right; ++at)
                        sum += picture.pixels[static_cast<std::size_t>(
                            (channel * picture.height + line) * picture.width + at)];
                const std::int64_t count = (below - y) * (right - x);
                out.pixels.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
            }
    return out;
}

}  // namespace gw
