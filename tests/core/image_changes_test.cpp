#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "data/augmentation.h"

namespace gw {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes changed(const Json& settings, std::uint64_t seed, Bytes pixels, std::int64_t channels, std::int64_t height,
              std::int64_t width) {
    const AugmentationKind* kind = find_kind(augmentations(), "image_changes");
    EXPECT_TRUE(kind->check(settings, "augmentation").empty());
    kind->build(settings)->picture(pixels.data(), channels, height, width, Rng(seed));
    return pixels;
}

Bytes noise(std::size_t size) {
    Rng rng(8);
    Bytes out(size);
    for (std::uint8_t& value : out) value = static_cast<std::uint8_t>(rng.below(256));
    return out;
}

TEST(ImageChanges, NoneIsNullAndNeedsNothing) {
    ASSERT_FALSE(augmentations().empty());
    const AugmentationKind& none = augmentations().front();
    EXPECT_EQ(none.card.id, "none");
    EXPECT_EQ(none.build(none.complete({{"kind", "none"}})), nullptr);
    EXPECT_TRUE(none.needs.empty());
    EXPECT_EQ(find_kind(augmentations(), "image_changes")->needs, std::vector<std::string>{"image"});
}

TEST(ImageChanges, ArePureInTheSamplesNumber) {
    const Json all{{"shift", 3}, {"flip", 0.5}, {"rotation", 20}, {"brightness", 0.3}, {"cutout", 3}};
    const Bytes before = noise(2 * 9 * 8);
    const Bytes once = changed(all, 4, before, 2, 9, 8);
    EXPECT_EQ(changed(all, 4, before, 2, 9, 8), once);
    EXPECT_NE(changed(all, 5, before, 2, 9, 8), once);
    EXPECT_EQ(changed({{"shift", 0}}, 4, before, 2, 9, 8), before);
}

TEST(ImageChanges, ShiftMovesPixelsAndKeepsTheEdge) {
    const Bytes before = noise(2 * 6 * 7);
    std::map<std::pair<int, int>, int> found;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const Bytes after = changed({{"shift", 1}}, seed, before, 2, 6, 7);
        int fits = 0;
        for (int down = -1; down <= 1; ++down)
            for (int across = -1; across <= 1; ++across) {
                bool same = true;
                for (int c = 0; c < 2; ++c)
                    for (int y = 0; y < 6; ++y)
                        for (int x = 0; x < 7; ++x)
                            same = same && after[static_cast<std::size_t>(c * 42 + y * 7 + x)] ==
                                               before[static_cast<std::size_t>(c * 42 + std::clamp(y - down, 0, 5) * 7 +
                                                                               std::clamp(x - across, 0, 6))];
                fits += same;
                found[{down, across}] += same;
            }
        ASSERT_EQ(fits, 1);
    }
    for (const auto& [shift, count] : found) EXPECT_NEAR(count, 400 / 9.0, 30);
}

TEST(ImageChanges, FlipIsItsOwnInverse) {
    const Bytes before = noise(3 * 4 * 5);
    int flipped = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Bytes once = changed({{"shift", 0}, {"flip", 0.5}}, seed, before, 3, 4, 5);
        EXPECT_EQ(changed({{"shift", 0}, {"flip", 0.5}}, seed, once, 3, 4, 5), before);
        if (once == before) continue;
        ++flipped;
        for (std::size_t row = 0; row < 12; ++row)
            for (std::size_t x = 0; x < 5; ++x) EXPECT_EQ(once[row * 5 + x], before[row * 5 + 4 - x]);
    }
    EXPECT_NEAR(flipped, 100, 30);
}

TEST(ImageChanges, RotationTurnsAboutTheMiddle) {
    // A ramp turned by an angle is a ramp again: inside, its slopes are those of the angle.
    constexpr int side = 21;
    Bytes ramp(side * side);
    for (int i = 0; i < side * side; ++i)
        ramp[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(20 + 10 * (i % side));
    double largest = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const Bytes after = changed({{"shift", 0}, {"rotation", 30}}, seed, ramp, 1, side, side);
        EXPECT_EQ(after[10 * side + 10], ramp[10 * side + 10]);
        const double across = (after[10 * side + 14] - after[10 * side + 6]) / 80.0,
                     down = (after[14 * side + 10] - after[6 * side + 10]) / 80.0;
        EXPECT_NEAR(across * across + down * down, 1, 0.04);  // each value is rounded to one of 80 steps
        largest = std::max(largest, std::abs(std::atan2(down, across)) * 180 / 3.14159265358979);
    }
    EXPECT_GT(largest, 27);
    EXPECT_LT(largest, 31);
}

TEST(ImageChanges, BrightnessAndCutoutChangeWhatTheySay) {
    const Bytes grey(10 * 10, 100);
    std::set<int> values;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Bytes after = changed({{"shift", 0}, {"brightness", 0.2}}, seed, grey, 1, 10, 10);
        EXPECT_EQ(Bytes(100, after[0]), after);
        values.insert(after[0]);
    }
    EXPECT_GE(*values.begin(), 80);
    EXPECT_LE(*values.begin(), 83);
    EXPECT_LE(*values.rbegin(), 120);
    EXPECT_GE(*values.rbegin(), 117);

    Bytes halves(10 * 10, 0);
    std::fill(halves.begin() + 50, halves.end(), 200);
    std::size_t most = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Bytes after = changed({{"shift", 0}, {"cutout", 4}}, seed, halves, 1, 10, 10);
        std::size_t covered = 0;
        for (std::size_t i = 0; i < 100; ++i) {
            if (after[i] == halves[i]) continue;
            EXPECT_EQ(after[i], 100);
            ++covered;
        }
        EXPECT_GE(covered, 4u);  // its middle is in the picture
        most = std::max(most, covered);
    }
    EXPECT_EQ(most, 16u);
}

TEST(ImageChanges, SwitchingOneOnLeavesTheOthersAsTheyWere) {
    const Bytes before = noise(12 * 12);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Bytes shifted = changed({{"shift", 2}}, seed, before, 1, 12, 12);
        const Bytes both = changed({{"shift", 2}, {"cutout", 3}}, seed, before, 1, 12, 12);
        std::size_t other = 0;
        for (std::size_t i = 0; i < shifted.size(); ++i) other += shifted[i] != both[i];
        EXPECT_LE(other, 9u);
    }
}

}  // namespace
}  // namespace gw
