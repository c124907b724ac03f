#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "data/augmentation.h"
#include "data/images/colour.h"
#include "data/images/detail.h"
#include "data/images/geometry.h"

namespace gw {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// The settings of views, each off unless it is named.
Json views_with(const Json& named) {
    Json out = {{"crop", 1.0}, {"flip", 0}, {"colour", 0}, {"grey", 0}, {"blur", 0}};
    out.update(named);
    return out;
}

Bytes view_of(const Json& settings, std::uint64_t seed, Bytes pixels, std::int64_t channels, std::int64_t height,
              std::int64_t width) {
    const AugmentationKind* kind = find_kind(augmentations(), "views");
    EXPECT_TRUE(kind->check(settings, "augmentation").empty());
    kind->build(settings)->picture(pixels.data(), channels, height, width, Rng(seed));
    return pixels;
}

Bytes speckles(std::size_t size) {
    Rng rng(8);
    Bytes out(size);
    for (std::uint8_t& value : out) value = static_cast<std::uint8_t>(rng.below(256));
    return out;
}

TEST(Views, OfNoStrengthChangeNothing) {
    for (const std::int64_t channels : {1, 3, 4}) {
        const Bytes before = speckles(static_cast<std::size_t>(channels * 7 * 10));
        for (std::uint64_t seed = 0; seed < 50; ++seed)
            EXPECT_EQ(view_of(views_with(Json::object()), seed, before, channels, 7, 10), before);
    }
}

TEST(Views, FixedBytes) {
    // What a seed means on every machine and in every version: runs would not be repeated otherwise.
    Bytes ramp;
    for (int c = 0; c < 3; ++c)
        for (int y = 0; y < 3; ++y)
            for (int x = 0; x < 4; ++x) ramp.push_back(static_cast<std::uint8_t>(40 * c + 50 * y + 17 * x));
    const Json all{{"crop", 0.4}, {"flip", 0.5}, {"rotation", 20}, {"zoom", 0.2},   {"shift", 0.1},
                   {"grey", 0},   {"colour", 1}, {"blur", 1},      {"noise", 0.05}, {"cutout", 1}};
    const Bytes expected{70,  53, 33,  25,  99,  91,  75,  26,  70,  112, 87,  56,  116, 95,  90,  56,  134, 119,
                         103, 75, 113, 148, 138, 113, 147, 121, 103, 105, 171, 156, 142, 121, 146, 172, 174, 151};
    EXPECT_EQ(view_of(all, 3, ramp, 3, 3, 4), expected);
    const Bytes crop{26, 38, 51, 63, 68, 80, 92, 105, 106, 118, 131, 143};
    EXPECT_EQ(view_of(views_with({{"crop", 0.3}}), 1, Bytes(ramp.begin(), ramp.begin() + 12), 1, 3, 4), crop);
}

TEST(Views, CropsHaveTheirAreaAndProportions) {
    double areas = 0, below_half = 0, logs = 0, tops = 0;
    constexpr int draws = 4000;
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        Rng rng(seed);
        const std::int64_t area = Turn::one * 3 / 10 + static_cast<std::int64_t>(rng.below(Turn::one * 3 / 10));
        const Crop crop = drawn_crop(40, 50, area, rng);
        const double high = static_cast<double>(crop.height) / Turn::one,
                     wide = static_cast<double>(crop.width) / Turn::one;
        ASSERT_GE(std::min(crop.top, crop.left), 0);
        ASSERT_LE(crop.top + crop.height, 40 * Turn::one);
        ASSERT_LE(crop.left + crop.width, 50 * Turn::one);
        EXPECT_NEAR(high * wide / 2000, static_cast<double>(area) / Turn::one, 0.0005);
        EXPECT_GE(wide / high, 0.749);
        EXPECT_LE(wide / high, 1.334);
        areas += high * wide / 2000;
        logs += std::log(wide / high);
        below_half += std::log(wide / high) < std::log(4.0 / 3) / 2;
        tops += static_cast<double>(crop.top) / static_cast<double>(40 * Turn::one - crop.height);
    }
    EXPECT_NEAR(areas / draws, 0.45, 0.01);
    EXPECT_NEAR(logs / draws, 0, 0.01);
    EXPECT_NEAR(below_half / draws, 0.75, 0.025);
    EXPECT_NEAR(tops / draws, 0.5, 0.02);
}

TEST(Views, ACropThatWouldStickOutKeepsItsArea) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Rng rng(seed);
        const Crop crop = drawn_crop(10, 40, Turn::one / 2, rng);
        EXPECT_EQ(crop.height, 10 * Turn::one);
        EXPECT_EQ(crop.width, 20 * Turn::one);
        const Crop whole = drawn_crop(31, 28, Turn::one, rng);
        EXPECT_EQ(whole.height, 31 * Turn::one);
        EXPECT_EQ(whole.width, 28 * Turn::one);
        EXPECT_EQ(whole.top + whole.left, 0);
    }
}

TEST(Views, ACropOfARampIsTheRampEnlarged) {
    // Values go by their place: 3 a pixel across and 2 down. Within the crop's slope they stay straight.
    constexpr int high = 32, wide = 24;
    Bytes ramp;
    for (int y = 0; y < high; ++y)
        for (int x = 0; x < wide; ++x) ramp.push_back(static_cast<std::uint8_t>(20 + 2 * y + 3 * x));
    double smallest = 1;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const Bytes after = view_of(views_with({{"crop", 0.25}}), seed, ramp, 1, high, wide);
        const double down = (after[28 * wide + 12] - after[4 * wide + 12]) / 24.0 / 2,
                     across = (after[16 * wide + 20] - after[16 * wide + 4]) / 16.0 / 3;
        EXPECT_GT(down * across, 0.22);
        EXPECT_LT(down * across, 1.05);
        EXPECT_NEAR(after[16 * wide + 12], (after[4 * wide + 12] + after[28 * wide + 12]) / 2.0, 1.01);
        smallest = std::min(smallest, down * across);
    }
    EXPECT_LT(smallest, 0.3);
}

TEST(Views, FlipTurnsHalfOfThemRound) {
    const Bytes before = speckles(3 * 4 * 5);
    int flipped = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Bytes after = view_of(views_with({{"flip", 0.5}}), seed, before, 3, 4, 5);
        if (after == before) continue;
        ++flipped;
        for (std::size_t row = 0; row < 12; ++row)
            for (std::size_t x = 0; x < 5; ++x) EXPECT_EQ(after[row * 5 + x], before[row * 5 + 4 - x]);
    }
    EXPECT_NEAR(flipped, 500, 60);
}

TEST(Views, ShiftAndScalingMoveAboutTheMiddle) {
    constexpr int length = 41;
    Bytes ramp;
    for (int y = 0; y < length; ++y)
        for (int x = 0; x < length; ++x) ramp.push_back(static_cast<std::uint8_t>(20 + 5 * x));
    double least = 2, most = 0, farthest = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const Bytes zoomed = view_of(views_with({{"zoom", 0.25}}), seed, ramp, 1, length, length);
        EXPECT_EQ(zoomed[20 * length + 20], ramp[20]);
        const double slope = (zoomed[20 * length + 24] - zoomed[20 * length + 16]) / 40.0;
        least = std::min(least, slope), most = std::max(most, slope);
        const Bytes shifted = view_of(views_with({{"shift", 0.2}}), seed, ramp, 1, length, length);
        const double moved = (ramp[20] - shifted[20 * length + 20]) / 5.0;
        EXPECT_LE(std::abs(moved), 0.2 * length + 0.2);
        farthest = std::max(farthest, std::abs(moved));
    }
    EXPECT_NEAR(least, 1 / 1.25, 0.03);
    EXPECT_NEAR(most, 1 / 0.75, 0.03);
    EXPECT_GT(farthest, 0.18 * length);
}

TEST(Views, ColoursAreThoseOfTheFormulas) {
    Bytes pixels{200, 10, 90, 0, 100, 10, 90, 255, 30, 10, 200, 128};  // red, green, blue of four pixels
    const Bytes before = pixels;
    turn_hue(pixels.data(), 4, 6 * Turn::one);
    EXPECT_EQ(pixels, before);
    turn_hue(pixels.data(), 4, 2 * Turn::one);  // a third of the circle: red becomes green, green blue, blue red
    EXPECT_EQ(pixels, (Bytes{30, 10, 200, 128, 200, 10, 90, 0, 100, 10, 90, 255}));
    turn_hue(pixels.data(), 4, -2 * Turn::one);
    EXPECT_EQ(pixels, before);
    Bytes red{200, 0, 0};
    turn_hue(red.data(), 1, Turn::one / 2);
    EXPECT_EQ(red, (Bytes{200, 100, 0}));

    change_saturation(pixels.data(), 4, 0);
    for (std::size_t i = 0; i < 4; ++i) {
        const double grey = 0.299 * before[i] + 0.587 * before[4 + i] + 0.114 * before[8 + i];
        for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(pixels[4 * c + i], grey, 0.51);
    }
    Bytes flat{0, 100, 200, 100};
    change_contrast(flat.data(), 1, 4, Turn::one / 2);
    EXPECT_EQ(flat, (Bytes{50, 100, 150, 100}));
    change_contrast(flat.data(), 1, 4, 4 * Turn::one);
    EXPECT_EQ(flat, (Bytes{0, 100, 255, 100}));
    brighten(flat.data(), 4, Turn::one / 2);
    EXPECT_EQ(flat, (Bytes{0, 50, 128, 50}));
}

TEST(Views, FourInFiveChangeTheirColoursAndGreyPicturesKeepTheirChannel) {
    const Bytes before = speckles(3 * 6 * 6);
    int changed_ones = 0, greys = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        changed_ones += view_of(views_with({{"colour", 0.5}}), seed, before, 3, 6, 6) != before;
        const Bytes grey = view_of(views_with({{"grey", 0.2}}), seed, before, 3, 6, 6);
        greys += std::equal(grey.begin(), grey.begin() + 36, grey.begin() + 36) &&
                 std::equal(grey.begin(), grey.begin() + 36, grey.begin() + 72);
        EXPECT_EQ(view_of(views_with({{"grey", 1}}), seed, before, 2, 6, 9), before);
    }
    EXPECT_NEAR(changed_ones, 800, 50);
    EXPECT_NEAR(greys, 200, 50);
}

TEST(Views, BlurIsTheGaussianMean) {
    Bytes dot(31 * 31, 0), flat(5 * 9, 77);
    dot[15 * 31 + 15] = 255;
    std::vector<std::int64_t> memory;
    blur({dot.data(), 31, 31}, Turn::one, memory);
    double all = 0;
    for (int i = -15; i <= 15; ++i) all += std::abs(i) <= 3 ? std::exp(-i * i / 2.0) : 0;
    for (int y = 0; y < 31; ++y)
        for (int x = 0; x < 31; ++x) {
            const double far = (y - 15) * (y - 15) + (x - 15) * (x - 15);
            const double expected =
                std::abs(y - 15) <= 3 && std::abs(x - 15) <= 3 ? 255 * std::exp(-far / 2) / (all * all) : 0;
            EXPECT_NEAR(dot[static_cast<std::size_t>(y * 31 + x)], expected, 0.51);
        }
    for (const double deviation : {0.1, 0.7, 4.0}) {
        blur({flat.data(), 5, 9}, static_cast<std::int64_t>(deviation * Turn::one), memory);
        EXPECT_EQ(flat, Bytes(45, 77));
    }
    Bytes least = speckles(64);
    const Bytes before = least;
    blur({least.data(), 8, 8}, Turn::one / 10, memory);
    EXPECT_EQ(least, before);  // the nearest pixel weighs e^-50
}

TEST(Views, NoiseHasItsDeviationAndNoLean) {
    Bytes flat(200 * 200, 128);
    add_noise(flat.data(), 40000, Turn::one / 10, Rng(3));
    double sum = 0, squares = 0;
    for (const std::uint8_t value : flat) sum += value - 128, squares += (value - 128) * (value - 128);
    EXPECT_NEAR(sum / 40000, 0, 0.5);
    EXPECT_NEAR(std::sqrt(squares / 40000), 25.5, 0.4);
}

TEST(Views, SwitchingOneOnLeavesTheOthersAsTheyWere) {
    const Bytes before = speckles(3 * 12 * 12);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Json some{{"crop", 0.3}, {"flip", 0.5}, {"colour", 0.5}};
        Json more = some;
        more["cutout"] = 3;
        const Bytes plain = view_of(some, seed, before, 3, 12, 12), both = view_of(more, seed, before, 3, 12, 12);
        std::size_t other = 0;
        for (std::size_t i = 0; i < plain.size(); ++i) other += plain[i] != both[i];
        EXPECT_LE(other, 27U);
    }
}

TEST(Views, TheRangeOfBlurMustBeOne) {
    const AugmentationKind* kind = find_kind(augmentations(), "views");
    const auto problems = kind->check({{"blur_from", 2}, {"blur_to", 1}}, "augmentation");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().path, "augmentation.blur_from");
}

}  // namespace
}  // namespace gw
