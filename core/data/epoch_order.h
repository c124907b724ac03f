#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace gw {

/// A permutation of [0, count) keyed by `key`, of which any single position can be asked for.
std::uint64_t permuted(std::uint64_t index, std::uint64_t count, std::uint64_t key);

/// The position of a sample in its epoch's order, and the key of the epoch.
struct Drawn {
    std::int64_t position;
    std::uint64_t key;
};
/// Of an endless sequence of epochs over `rows` rows; pure.
Drawn drawn(std::int64_t sample, std::int64_t rows, std::uint64_t seed);

/// The same, but that each batch of `together` samples (those from a multiple of it on) has rows of similar length:
/// the rows of 64 batches that lie one after another in drawn()'s order are sorted by their length, cut into batches,
/// and these are shuffled. Every row still comes once an epoch; pure in (seed, sample).
class SimilarOrder {
  public:
    /// `length_of` a row by its position; outlives this.
    SimilarOrder(std::int64_t rows, std::int64_t together, std::uint64_t seed,
                 std::function<std::int64_t(std::int64_t position)> length_of);
    /// From any thread.
    std::int64_t position(std::int64_t sample) const;

  private:
    /// Samples [first, first + positions.size()) and where they stand in the data.
    struct Pool {
        std::int64_t first = 0;
        std::vector<std::int64_t> positions;
        bool has(std::int64_t sample) const {
            return sample >= first && sample < first + static_cast<std::int64_t>(positions.size());
        }
    };
    Pool pool_of(std::int64_t sample) const;

    std::int64_t rows_, together_;
    std::uint64_t seed_;
    std::function<std::int64_t(std::int64_t)> length_of_;
    mutable std::mutex mutex_;
    mutable Pool last_;  ///< most samples ask for that of the sample before
};

}  // namespace gw
