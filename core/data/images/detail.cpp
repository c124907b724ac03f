#include "data/images/detail.h"

#include <algorithm>
#include <array>

#include "data/images/powers.h"

namespace gw {

void blur(const Plane& plane, std::int64_t deviation, std::vector<std::int64_t>& memory) {
    constexpr std::int64_t farthest = static_cast<std::int64_t>(3 * most_blur);
    const std::int64_t radius = std::min((3 * deviation + Turn::one - 1) / Turn::one, farthest);
    // exp(-i^2 / 2 s^2) = 2^(-i^2 log2(e) / 2 s^2)
    constexpr std::int64_t half_log2_e = 12102203;  // in 1/2^24
    std::array<std::int64_t, static_cast<std::size_t>(farthest + 1)> weights{};
    std::int64_t all = 0;
    for (std::int64_t i = 0; i <= radius; ++i) {
        // Below 2^63, as i is at most 12.
        const std::int64_t exponent = ((i * i * half_log2_e) << 32) / (deviation * deviation);
        weights[static_cast<std::size_t>(i)] = power_of_half(exponent) >> 15;
        all += weights[static_cast<std::size_t>(i)] * (i == 0 ? 1 : 2);
    }
    const auto mean_of = [&](const auto& at, std::int64_t place, std::int64_t last) {
        std::int64_t sum = weights[0] * at(place);
        for (std::int64_t i = 1; i <= radius; ++i)
            sum += weights[static_cast<std::size_t>(i)] *
                   (at(std::max<std::int64_t>(place - i, 0)) + at(std::min(place + i, last)));
        return sum;
    };
    memory.resize(static_cast<std::size_t>(plane.size()));
    for (std::int64_t y = 0; y < plane.height; ++y)
        for (std::int64_t x = 0; x < plane.width; ++x)
            memory[static_cast<std::size_t>(y * plane.width + x)] =
                mean_of([&](std::int64_t at) { return std::int64_t{plane.at(y, at)}; }, x, plane.width - 1);
    for (std::int64_t y = 0; y < plane.height; ++y)
        for (std::int64_t x = 0; x < plane.width; ++x) {
            const std::int64_t sum =
                mean_of([&](std::int64_t at) { return memory[static_cast<std::size_t>(at * plane.width + x)]; }, y,
                        plane.height - 1);
            plane.at(y, x) = static_cast<std::uint8_t>((sum + all * all / 2) / (all * all));
        }
}

void add_noise(std::uint8_t* values, std::int64_t count, std::int64_t deviation, Rng rng) {
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t sum = -1020;  // the mean of eight bytes' sum; its deviation is 209.02
        for (std::uint64_t bytes = rng(); bytes != 0; bytes >>= 8) sum += static_cast<std::int64_t>(bytes & 0xff);
        const std::int64_t more = (sum * deviation * 255 / 209 + Turn::one / 2) >> 16;
        values[i] = static_cast<std::uint8_t>(std::clamp<std::int64_t>(values[i] + more, 0, 255));
    }
}

void cover(const Plane& plane, std::int64_t middle_y, std::int64_t middle_x, std::int64_t side) {
    std::int64_t sum = 0;
    const std::int64_t count = plane.size();
    for (std::int64_t i = 0; i < count; ++i) sum += plane.values[i];
    const auto mean = static_cast<std::uint8_t>((sum + count / 2) / count);
    const std::int64_t first_y = middle_y - side / 2, first_x = middle_x - side / 2;
    for (std::int64_t y = std::max<std::int64_t>(0, first_y); y < std::min(plane.height, first_y + side); ++y)
        for (std::int64_t x = std::max<std::int64_t>(0, first_x); x < std::min(plane.width, first_x + side); ++x)
            plane.at(y, x) = mean;
}

}  // namespace gw
