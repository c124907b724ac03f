#include "data/images/mixing.h"

#include <algorithm>
#include <cstdlib>

#include "data/images/plane.h"
#include "data/images/powers.h"

namespace gw {

std::vector<std::string> mixing_needs(const Json& section) {
    const auto on = [&](const auto&... fields) {
        return ((section.is_object() && section.contains(fields.info.key) && section.at(fields.info.key).is_number() &&
                 section.at(fields.info.key).template get<double>() > 0) ||
                ...);
    };
    return std::apply(on, Mixing::fields) ? std::vector<std::string>{mixes_labels} : std::vector<std::string>{};
}

std::int64_t drawn_share(Rng& rng, double alpha) {
    // x = u^(1/alpha) and y = v^(1/alpha) are drawn until x + y <= 1: x / (x + y) is so distributed (Johnk 1964). Their
    // logarithms are kept, since with a small alpha both are too small for a number of their own.
    const std::int64_t whole = std::max<std::int64_t>(1, static_cast<std::int64_t>(alpha * 65536));
    const auto log_of_one = [&] { return halvings((rng() >> 11) + 1) * Turn::one / whole; };
    for (;;) {
        const std::int64_t x = log_of_one(), y = log_of_one();
        if (power_of_half(x) + power_of_half(y) > power_one) continue;
        const std::int64_t both = power_one + power_of_half(std::abs(x - y));
        const std::int64_t larger = (power_one * Turn::one + both / 2) / both;
        return x <= y ? larger : Turn::one - larger;
    }
}

double mix_pictures(std::uint8_t* pixels, const std::uint8_t* partner, std::int64_t channels, std::int64_t height,
                    std::int64_t width, const Mixing& mixing, Rng rng) {
    // All are drawn whichever are in use, so that a picture's partner and coin stay as they were.
    const bool coin = rng.below(2) == 0;
    const auto middle_y = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(height)));
    const auto middle_x = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(width)));
    const bool by_box = mixing.cutmix > 0 && (mixing.mixup <= 0 || coin);
    const std::int64_t share = drawn_share(rng, by_box ? mixing.cutmix : mixing.mixup);
    const std::int64_t count = height * width;
    if (!by_box) {
        for (std::int64_t i = 0; i < channels * count; ++i)
            pixels[i] =
                static_cast<std::uint8_t>((pixels[i] * share + partner[i] * (Turn::one - share) + Turn::one / 2) >> 16);
        return static_cast<double>(share) / Turn::one;
    }
    // A box of the picture's shape, its middle anywhere, as far as it lies inside.
    const std::int64_t side = whole_root((Turn::one - share) << 16), high = height * side / Turn::one,
                       wide = width * side / Turn::one;
    const std::int64_t top = std::max<std::int64_t>(0, middle_y - high / 2),
                       bottom = std::min(height, middle_y - high / 2 + high),
                       left = std::max<std::int64_t>(0, middle_x - wide / 2),
                       right = std::min(width, middle_x - wide / 2 + wide);
    for (std::int64_t c = 0; c < channels; ++c)
        for (std::int64_t y = top; y < bottom; ++y) {
            const std::int64_t row = c * count + y * width;
            std::copy(partner + row + left, partner + row + right, pixels + row + left);
        }
    return static_cast<double>(count - (bottom - top) * (right - left)) / static_cast<double>(count);
}

}  // namespace gw
