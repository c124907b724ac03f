#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "data/augmentation.h"

namespace gw {
namespace {

std::vector<Token> text_after(const Json& settings, std::uint64_t seed, std::vector<Token> ids) {
    const AugmentationKind* kind = find_kind(augmentations(), "text_changes");
    EXPECT_TRUE(kind->check(settings, "augmentation").empty());
    const std::int64_t left =
        kind->build(settings)->tokens(ids.data(), static_cast<std::int64_t>(ids.size()), Rng(seed));
    ids.resize(static_cast<std::size_t>(left));
    return ids;
}

std::vector<Token> counted_to(Token last) {
    std::vector<Token> out;
    for (Token id = 0; id < last; ++id) out.push_back(id);
    return out;
}

TEST(TextChanges, OfNoStrengthChangeNothing) {
    const std::vector<Token> ids = counted_to(50);
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        EXPECT_EQ(text_after({{"drop", 0}, {"shuffle", 0}}, seed, ids), ids);
}

TEST(TextChanges, DropTheirShareInOrderAndNeverAll) {
    const std::vector<Token> ids = counted_to(200);
    std::size_t left = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const std::vector<Token> after = text_after({{"drop", 0.3}}, seed, ids);
        EXPECT_TRUE(std::is_sorted(after.begin(), after.end()));
        left += after.size();
        EXPECT_EQ(text_after({{"drop", 0.9}}, seed, {7}), std::vector<Token>{7});
    }
    EXPECT_NEAR(static_cast<double>(left) / 20000, 0.7, 0.015);
    int first = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const std::vector<Token> after = text_after({{"drop", 0.9}}, seed, {1, 2});
        ASSERT_FALSE(after.empty());
        first += after == std::vector<Token>{1};
    }
    EXPECT_NEAR(first / 4000.0, 0.495, 0.03);  // 0.9 * 0.1 kept alone, and half of the 0.81 that lose both
}

TEST(TextChanges, ShuffleWithinSpansAndLeaveTheDropsAsTheyWere) {
    const std::vector<Token> ids = counted_to(10);
    int whole = 0, spans = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const std::vector<Token> after = text_after({{"drop", 0}, {"shuffle", 0.5}, {"span", 4}}, seed, ids);
        ASSERT_EQ(after.size(), ids.size());
        for (std::size_t first = 0; first < ids.size(); first += 4) {
            const auto end = static_cast<std::ptrdiff_t>(std::min(first + 4, ids.size())),
                       begin = static_cast<std::ptrdiff_t>(first);
            EXPECT_TRUE(std::is_permutation(after.begin() + begin, after.begin() + end, ids.begin() + begin));
            if (end - begin != 4) continue;
            ++spans;
            whole += std::equal(after.begin() + begin, after.begin() + end, ids.begin() + begin);
        }
        // Which places are left out does not hang on the order of what stands there.
        const std::vector<Token> dropped = text_after({{"drop", 0.4}, {"shuffle", 0}}, seed, ids),
                                 both = text_after({{"drop", 0.4}, {"shuffle", 1}, {"span", 4}}, seed, ids);
        EXPECT_EQ(dropped.size(), both.size());
    }
    EXPECT_NEAR(static_cast<double>(whole) / spans, 0.5 + 0.5 / 24, 0.06);
}

}  // namespace
}  // namespace gw
