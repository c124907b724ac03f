#include "data/epoch_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "util/rng.h"

namespace gw {
namespace {

std::vector<std::int64_t> some_lengths(std::int64_t rows) {
    Rng rng(3);
    std::vector<std::int64_t> lengths;
    for (std::int64_t i = 0; i < rows; ++i) lengths.push_back(1 + static_cast<std::int64_t>(rng.below(200)));
    return lengths;
}

/// Values that batches of `together` rows hold, each as wide as its longest row, over whole epochs.
template <class Position>
std::int64_t padded(const std::vector<std::int64_t>& lengths, std::int64_t together, std::int64_t samples,
                    const Position& position) {
    std::int64_t values = 0;
    for (std::int64_t first = 0; first + together <= samples; first += together) {
        std::int64_t longest = 0;
        for (std::int64_t at = first; at < first + together; ++at)
            longest = std::max(longest, lengths[static_cast<std::size_t>(position(at))]);
        values += longest * together;
    }
    return values;
}

TEST(SimilarOrder, EveryRowComesOnceAnEpoch) {
    // Neither the batch nor the pool divides an epoch; an epoch below a batch; one row.
    for (const std::int64_t rows : {1037L, 100L, 5L, 1L}) {
        const std::vector<std::int64_t> lengths = some_lengths(rows);
        const SimilarOrder order(rows, 8, 4, [&](std::int64_t at) { return lengths[static_cast<std::size_t>(at)]; });
        for (std::int64_t epoch = 0; epoch < 4; ++epoch) {
            std::set<std::int64_t> met;
            for (std::int64_t i = 0; i < rows; ++i) met.insert(order.position(epoch * rows + i));
            EXPECT_EQ(static_cast<std::int64_t>(met.size()), rows);
            EXPECT_EQ(*met.begin(), 0);
            EXPECT_EQ(*met.rbegin(), rows - 1);
        }
    }
}

TEST(SimilarOrder, PaddingFallsToNearlyNothing) {
    constexpr std::int64_t rows = 3001, together = 16, samples = 4 * rows / together * together;
    const std::vector<std::int64_t> lengths = some_lengths(rows);
    const SimilarOrder order(rows, together, 4, [&](std::int64_t at) { return lengths[static_cast<std::size_t>(at)]; });
    const auto similar = [&](std::int64_t at) { return order.position(at); };
    const auto plain = [&](std::int64_t at) { return drawn(at, rows, 4).position; };
    std::int64_t needed = 0;
    for (std::int64_t at = 0; at < samples; ++at) needed += lengths[static_cast<std::size_t>(plain(at))];
    const auto share = [&](std::int64_t values) { return static_cast<double>(values) / static_cast<double>(needed); };
    EXPECT_GT(share(padded(lengths, together, samples, plain)), 1.7);
    EXPECT_LT(share(padded(lengths, together, samples, similar)), 1.08);
}

TEST(SimilarOrder, IsPureAndShuffled) {
    constexpr std::int64_t rows = 2000, together = 10;
    const std::vector<std::int64_t> lengths = some_lengths(rows);
    const auto length_of = [&](std::int64_t at) { return lengths[static_cast<std::size_t>(at)]; };
    const SimilarOrder forward(rows, together, 4, length_of), backward(rows, together, 4, length_of),
        other(rows, together, 5, length_of);
    std::vector<std::int64_t> one, two, three;
    for (std::int64_t at = 0; at < 2 * rows; ++at) one.push_back(forward.position(at));
    for (std::int64_t at = 2 * rows; at-- > 0;) two.push_back(backward.position(at));
    for (std::int64_t at = 0; at < 2 * rows; ++at) three.push_back(other.position(at));
    std::reverse(two.begin(), two.end());
    EXPECT_EQ(one, two);
    EXPECT_NE(one, three);
    EXPECT_FALSE(std::equal(one.begin(), one.begin() + rows, one.begin() + rows));
    // The batches do not go from short to long.
    std::int64_t rises = 0;
    for (std::int64_t batch = 1; batch < 64; ++batch)
        rises += length_of(one[static_cast<std::size_t>(batch * together)]) >
                 length_of(one[static_cast<std::size_t>((batch - 1) * together)]);
    EXPECT_GT(rises, 16);
    EXPECT_LT(rises, 48);
}

}  // namespace
}  // namespace gw
