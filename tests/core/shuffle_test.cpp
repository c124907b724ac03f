#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "data/epoch_order.h"

// The order in which a run sees its rows is a formula: no list of them is held, however many there are.
namespace gw {
namespace {

TEST(Shuffle, VisitsEveryPlaceOnce) {
    for (std::uint64_t count = 1; count < 200; ++count) {
        std::set<std::uint64_t> places;
        for (std::uint64_t i = 0; i < count; ++i) places.insert(permuted(i, count, 99));
        EXPECT_EQ(places.size(), count);
        EXPECT_LT(*places.rbegin(), count);
    }
}

TEST(Shuffle, TheOrderOfRunsThatAreTakenUpAgainStaysAsItIs) {
    const std::vector<std::uint64_t> known{0, 2, 8, 9, 4, 5, 7, 6, 3, 1};
    for (std::uint64_t i = 0; i < known.size(); ++i) EXPECT_EQ(permuted(i, 10, 7), known[i]) << i;
    constexpr std::uint64_t billion = 1'000'000'000;
    EXPECT_EQ(permuted(0, billion, 42), 892030663U);
    EXPECT_EQ(permuted(1, billion, 42), 918977695U);
    EXPECT_EQ(permuted(2, billion, 42), 336008452U);
    EXPECT_EQ(permuted(billion - 1, billion, 42), 255743227U);
}

TEST(Shuffle, OfABillionRowsAnyStretchIsAskedForAtOnceAndSpreadEvenly) {
    constexpr std::int64_t billion = 1'000'000'000, asked = 100'000, parts = 20;
    for (const std::int64_t first : {std::int64_t{0}, billion / 2, 3 * billion - asked}) {
        std::vector<std::int64_t> places, share(parts);
        for (std::int64_t i = 0; i < asked; ++i) places.push_back(drawn(first + i, billion, 5).position);
        for (const std::int64_t place : places) {
            ASSERT_TRUE(place >= 0 && place < billion);
            ++share[static_cast<std::size_t>(place / (billion / parts))];
        }
        // 5,000 are expected in each part, give or take 69: six of those.
        for (const std::int64_t count : share) EXPECT_NEAR(static_cast<double>(count), 5000.0, 414.0);
        std::sort(places.begin(), places.end());
        EXPECT_EQ(std::adjacent_find(places.begin(), places.end()), places.end());
    }
}

}  // namespace
}  // namespace gw
