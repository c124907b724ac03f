#include "data/epoch_order.h"

#include <algorithm>
#include <numeric>

#include "util/rng.h"

namespace gw {

/// A Feistel network on the smallest even number of bits that holds `count`, walked until it lands inside (Black and
/// Rogaway 2002): no memory.
std::uint64_t permuted(std::uint64_t index, std::uint64_t count, std::uint64_t key) {
    int half = 1;
    while ((std::uint64_t{1} << (2 * half)) < count) ++half;
    const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
    constexpr std::uint64_t rounds = 4;
    do {
        std::uint64_t left = index >> half, right = index & mask;
        for (std::uint64_t round = 0; round < rounds; ++round) {
            const std::uint64_t next = left ^ (mix64(key, round, right) & mask);
            left = right;
            right = next;
        }
        index = (left << half) | right;
    } while (index >= count);
    return index;
}

Drawn drawn(std::int64_t sample, std::int64_t rows, std::uint64_t seed) {
    const auto epoch = static_cast<std::uint64_t>(sample / rows), index = static_cast<std::uint64_t>(sample % rows);
    const std::uint64_t key = mix64(seed, epoch);
    return {static_cast<std::int64_t>(permuted(index, static_cast<std::uint64_t>(rows), key)), key};
}

namespace {
/// Batches whose rows are sorted together: enough that they become alike, few enough that their rows stay random.
constexpr std::int64_t batches_of_pool = 64;
}  // namespace

SimilarOrder::SimilarOrder(std::int64_t rows, std::int64_t together, std::uint64_t seed,
                           std::function<std::int64_t(std::int64_t)> length_of)
    : rows_(rows), together_(together), seed_(seed), length_of_(std::move(length_of)) {}

std::int64_t SimilarOrder::position(std::int64_t sample) const {
    const std::scoped_lock lock(mutex_);
    if (!last_.has(sample)) last_ = pool_of(sample);
    return last_.positions[static_cast<std::size_t>(sample - last_.first)];
}

SimilarOrder::Pool SimilarOrder::pool_of(std::int64_t sample) const {
    const std::int64_t epoch = sample / rows_, start = epoch * rows_, end = start + rows_,
                       wide = batches_of_pool * together_;
    Pool pool;
    // Batches and pools lie at multiples of the batch among all samples; the first and the last of an epoch are cut.
    pool.first = std::max(start, sample / wide * wide);
    const std::int64_t last = std::min(end, (sample / wide + 1) * wide);
    std::vector<std::int64_t> sorted;
    for (std::int64_t at = pool.first; at < last; ++at) sorted.push_back(drawn(at, rows_, seed_).position);
    std::vector<std::int64_t> lengths(sorted.size()), order(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) lengths[i] = length_of_(sorted[i]);
    std::iota(order.begin(), order.end(), std::int64_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return lengths[static_cast<std::size_t>(a)] < lengths[static_cast<std::size_t>(b)];
    });
    const std::int64_t first_batch = pool.first / together_, batches = (last - 1) / together_ - first_batch + 1;
    const std::uint64_t key =
        mix64(mix64(seed_, static_cast<std::uint64_t>(epoch)), static_cast<std::uint64_t>(sample / wide), 0x51);
    pool.positions.resize(sorted.size());
    std::size_t next = 0;
    for (std::int64_t i = 0; i < batches; ++i) {
        const auto which = static_cast<std::int64_t>(
            permuted(static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(batches), key));
        const std::int64_t from = std::max(pool.first, (first_batch + which) * together_),
                           to = std::min(last, (first_batch + which + 1) * together_);
        for (std::int64_t at = from; at < to; ++at)
            pool.positions[static_cast<std::size_t>(at - pool.first)] = sorted[static_cast<std::size_t>(order[next++])];
    }
    return pool;
}

}  // namespace gw
