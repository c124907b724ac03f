#include "data/images/mixing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "data/augmentation.h"
#include "data/images/powers.h"

namespace gw {
namespace {

TEST(Powers, AreThoseOfTwo) {
    for (std::int64_t exponent = 0; exponent < 20 * exponent_one; exponent += 123457)
        EXPECT_NEAR(static_cast<double>(power_of_half(exponent)) / static_cast<double>(power_one),
                    std::exp2(-static_cast<double>(exponent) / static_cast<double>(exponent_one)), 0x1p-26);
    EXPECT_EQ(power_of_half(0), power_one);
    EXPECT_EQ(power_of_half(3 * exponent_one), power_one / 8);
    EXPECT_EQ(power_of_half(std::int64_t{1} << 46), 0);
    for (std::uint64_t value = 1; value < (std::uint64_t{1} << 53); value = value * 5 / 3 + 1)
        EXPECT_NEAR(static_cast<double>(halvings(value)) / static_cast<double>(exponent_one),
                    53 - std::log2(static_cast<double>(value)), 0x1p-20);
    EXPECT_EQ(halvings(1), 53 * exponent_one);
    EXPECT_EQ(halvings(std::uint64_t{1} << 53), 0);
}

TEST(Mixing, SharesAreOfABetaDistribution) {
    for (const double alpha : {0.05, 0.2, 1.0, 4.0}) {
        Rng rng(mix64(11, static_cast<std::uint64_t>(alpha * 100)));
        constexpr int draws = 20000;
        double sum = 0, squares = 0;
        int below_quarter = 0;
        for (int i = 0; i < draws; ++i) {
            const std::int64_t share = drawn_share(rng, alpha);
            ASSERT_GE(share, 0);
            ASSERT_LE(share, 65536);
            const double x = static_cast<double>(share) / 65536;
            sum += x;
            squares += (x - 0.5) * (x - 0.5);
            below_quarter += x < 0.25;
        }
        EXPECT_NEAR(sum / draws, 0.5, 0.015) << alpha;
        EXPECT_NEAR(squares / draws, 1 / (4 * (2 * alpha + 1)), 0.006) << alpha;
        if (alpha == 1.0) {
            EXPECT_NEAR(below_quarter / static_cast<double>(draws), 0.25, 0.015);
        }
        // x^4 (35 - 84 x + 70 x^2 - 20 x^3) of a quarter
        if (alpha == 4.0) {
            EXPECT_NEAR(below_quarter / static_cast<double>(draws), 0.0706, 0.008);
        }
    }
}

TEST(Mixing, MixupIsTheWeightedMean) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        std::vector<std::uint8_t> own(2 * 5 * 4), partner(own.size());
        Rng rng(seed);
        for (std::uint8_t& value : own) value = static_cast<std::uint8_t>(rng.below(256));
        for (std::uint8_t& value : partner) value = static_cast<std::uint8_t>(rng.below(256));
        const std::vector<std::uint8_t> before = own;
        Mixing mixing;
        mixing.mixup = 1;
        const double share = mix_pictures(own.data(), partner.data(), 2, 5, 4, mixing, Rng(seed));
        for (std::size_t i = 0; i < own.size(); ++i)
            EXPECT_NEAR(own[i], share * before[i] + (1 - share) * partner[i], 0.5001);
    }
}

TEST(Mixing, CutmixIsABoxOfThePartnerAndCountsItsArea) {
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        std::vector<std::uint8_t> own(3 * 9 * 12, 10);
        const std::vector<std::uint8_t> partner(own.size(), 200);
        Mixing mixing;
        mixing.cutmix = 1;
        const double share = mix_pictures(own.data(), partner.data(), 3, 9, 12, mixing, Rng(seed));
        sum += share;
        std::int64_t top = 9, bottom = -1, left = 12, right = -1, taken = 0;
        for (std::int64_t y = 0; y < 9; ++y)
            for (std::int64_t x = 0; x < 12; ++x) {
                const auto at = static_cast<std::size_t>(y * 12 + x);
                EXPECT_EQ(own[at], own[108 + at]);
                EXPECT_EQ(own[at], own[216 + at]);
                if (own[at] == 10) continue;
                ASSERT_EQ(own[at], 200);
                ++taken;
                top = std::min(top, y), bottom = std::max(bottom, y);
                left = std::min(left, x), right = std::max(right, x);
            }
        if (taken > 0) {
            EXPECT_EQ(taken, (bottom - top + 1) * (right - left + 1));
        }
        EXPECT_DOUBLE_EQ(share, 1 - static_cast<double>(taken) / 108);
    }
    EXPECT_GT(sum / 300, 0.5);  // boxes are cut at the edges
    EXPECT_LT(sum / 300, 0.75);
}

TEST(Mixing, WithBothACoinChooses) {
    int by_box = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        std::vector<std::uint8_t> own(64, 0);
        const std::vector<std::uint8_t> partner(64, 250);
        Mixing mixing;
        mixing.mixup = mixing.cutmix = 1;
        (void)mix_pictures(own.data(), partner.data(), 1, 8, 8, mixing, Rng(seed));
        by_box += std::all_of(own.begin(), own.end(), [](std::uint8_t v) { return v == 0 || v == 250; });
    }
    EXPECT_NEAR(by_box / 400.0, 0.5, 0.09);
}

TEST(Mixing, NeedsAnObjectiveForItOnlyWhereItIsOn) {
    for (const char* id : {"image_changes", "views"}) {
        const AugmentationKind* kind = find_kind(augmentations(), id);
        EXPECT_EQ(kind->needs_of(Json::object()), std::vector<std::string>{"image"});
        EXPECT_EQ(kind->needs_of({{"mixup", 0.0}, {"cutmix", 0}}), std::vector<std::string>{"image"});
        for (const char* key : {"mixup", "cutmix"}) {
            EXPECT_EQ(kind->needs_of({{key, 0.2}}), (std::vector<std::string>{"image", mixes_labels}));
            EXPECT_TRUE(kind->build({{key, 0.2}})->mixing().any());
        }
        EXPECT_FALSE(kind->build(Json::object())->mixing().any());
    }
}

}  // namespace
}  // namespace gw
