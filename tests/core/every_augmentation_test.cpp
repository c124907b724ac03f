#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "data/augmentation.h"
#include "draw.h"

// What every kind of augmentation promises, with settings drawn from its own ranges. A new kind is covered the day it
// is listed.
namespace gw {
namespace {

using Shape = std::array<std::int64_t, 3>;

std::vector<std::uint8_t> some_picture(const Shape& shape) {
    Rng rng(mix64(3, static_cast<std::uint64_t>(shape[1])));
    std::vector<std::uint8_t> out(static_cast<std::size_t>(shape[0] * shape[1] * shape[2]));
    for (std::uint8_t& value : out) value = static_cast<std::uint8_t>(rng.below(256));
    return out;
}

class EveryAugmentation : public testing::TestWithParam<std::string> {
  protected:
    const AugmentationKind& kind() const { return *find_kind(augmentations(), GetParam()); }
    /// Its defaults, the edges of its rows, and some that are drawn; those that its check refuses are left out.
    std::vector<Json> settings() const {
        std::vector<Json> out;
        auto take = [&](const Json& one) {
            if (kind().check(one, "augmentation").empty()) out.push_back(one);
        };
        const Json first = kind().complete(Json::object());
        take(first);
        for (const schema::Row& row : kind().rows)
            for (const Json& value : test::edges(row)) {
                Json one = first;
                one[std::string(row.info.key)] = value;
                take(one);
            }
        std::mt19937_64 rng(9);
        for (int i = 0; i < 40; ++i) {
            Json one = first;
            for (const schema::Row& row : kind().rows) one[std::string(row.info.key)] = test::drawn(row, rng);
            take(one);
        }
        return out;
    }
    static constexpr std::array<Shape, 7> shapes{
        {{1, 1, 1}, {1, 28, 28}, {3, 32, 32}, {3, 2, 9}, {2, 7, 5}, {4, 6, 6}, {3, 1, 40}}};
};

TEST_P(EveryAugmentation, IsPureInItsSettingsAndItsGenerator) {
    ASSERT_FALSE(settings().empty());
    for (const Json& one : settings()) {
        const auto first = kind().build(one), again = kind().build(kind().complete(one));
        ASSERT_EQ(!first, !again);
        if (!first) continue;
        for (const Shape& shape : shapes) {
            for (std::uint64_t seed = 0; seed < 3; ++seed) {
                const std::vector<std::uint8_t> before = some_picture(shape);
                std::vector<std::uint8_t> once = before, twice = before;
                first->picture(once.data(), shape[0], shape[1], shape[2], Rng(seed));
                again->picture(twice.data(), shape[0], shape[1], shape[2], Rng(seed));
                EXPECT_EQ(once, twice) << one.dump();
            }
        }
    }
}

TEST_P(EveryAugmentation, LeavesOfATextSomeOfItsOwnTokens) {
    for (const Json& one : settings()) {
        const auto made = kind().build(one);
        if (!made) continue;
        for (const std::int64_t length : {1, 2, 3, 17}) {
            for (std::uint64_t seed = 0; seed < 4; ++seed) {
                std::vector<Token> before;
                for (std::int64_t i = 0; i < length; ++i) before.push_back(static_cast<Token>(100 + i));
                std::vector<Token> after = before, again = before;
                const std::int64_t left = made->tokens(after.data(), length, Rng(seed));
                ASSERT_GE(left, 1) << one.dump();
                ASSERT_LE(left, length) << one.dump();
                EXPECT_EQ(made->tokens(again.data(), length, Rng(seed)), left);
                after.resize(static_cast<std::size_t>(left));
                again.resize(after.size());
                EXPECT_EQ(after, again) << one.dump();
                std::sort(after.begin(), after.end());
                EXPECT_EQ(std::adjacent_find(after.begin(), after.end()), after.end()) << one.dump();
                EXPECT_TRUE(std::includes(before.begin(), before.end(), after.begin(), after.end())) << one.dump();
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, EveryAugmentation, testing::ValuesIn(test::ids_of(augmentations())), test::id_name);

}  // namespace
}  // namespace gw
