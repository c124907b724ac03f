#include "data/images/colour.h"

#include <algorithm>

#include "data/images/turn.h"

namespace gw {

namespace {

std::uint8_t away_from(std::int64_t middle, std::uint8_t value, std::int64_t factor) {
    const std::int64_t made = (middle * Turn::one + (value - middle) * factor + Turn::one / 2) >> 16;
    return static_cast<std::uint8_t>(std::clamp<std::int64_t>(made, 0, 255));
}

std::int64_t brightness(std::int64_t red, std::int64_t green, std::int64_t blue) {
    return (19595 * red + 38470 * green + 7471 * blue + Turn::one / 2) >> 16;
}

}  // namespace

void brighten(std::uint8_t* values, std::int64_t count, std::int64_t factor) {
    for (std::int64_t i = 0; i < count; ++i)
        values[i] =
            static_cast<std::uint8_t>(std::min<std::int64_t>(255, (values[i] * factor + Turn::one / 2) / Turn::one));
}

void change_contrast(std::uint8_t* pixels, std::int64_t channels, std::int64_t count, std::int64_t factor) {
    const std::int64_t values = channels == 3 ? count : channels * count;
    std::int64_t sum = values / 2;
    for (std::int64_t i = 0; i < values; ++i)
        sum += channels == 3 ? brightness(pixels[i], pixels[count + i], pixels[2 * count + i]) : pixels[i];
    for (std::int64_t i = 0; i < channels * count; ++i) pixels[i] = away_from(sum / values, pixels[i], factor);
}

void change_saturation(std::uint8_t* pixels, std::int64_t count, std::int64_t factor) {
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t grey = brightness(pixels[i], pixels[count + i], pixels[2 * count + i]);
        for (std::int64_t c = 0; c < 3; ++c) pixels[c * count + i] = away_from(grey, pixels[c * count + i], factor);
    }
}

void turn_hue(std::uint8_t* pixels, std::int64_t count, std::int64_t by) {
    constexpr std::int64_t circle = 6 * Turn::one;
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint8_t &r = pixels[i], &g = pixels[count + i], &b = pixels[2 * count + i];
        const std::int64_t most = std::max({r, g, b}), least = std::min({r, g, b}), range = most - least;
        if (range == 0) continue;
        const std::int64_t hue = most == r   ? (g - b) * Turn::one / range
                                 : most == g ? 2 * Turn::one + (b - r) * Turn::one / range
                                             : 4 * Turn::one + (r - g) * Turn::one / range;
        const std::int64_t turned = ((hue + by) % circle + circle) % circle;
        const std::int64_t part = (range * (turned & 0xffff) + Turn::one / 2) >> 16;
        const auto high = static_cast<std::uint8_t>(most), low = static_cast<std::uint8_t>(least),
                   rising = static_cast<std::uint8_t>(least + part), falling = static_cast<std::uint8_t>(most - part);
        switch (turned >> 16) {
            case 0:
                r = high, g = rising, b = low;
                break;
            case 1:
                r = falling, g = high, b = low;
                break;
            case 2:
                r = low, g = high, b = rising;
                break;
            case 3:
                r = low, g = falling, b = high;
                break;
            case 4:
                r = rising, g = low, b = high;
                break;
            default:
                r = high, g = low, b = falling;
                break;
        }
    }
}

}  // namespace gw
