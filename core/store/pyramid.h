#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace gw {

/// A stretch of a curve: what its values were, so that none is lost however few pixels it is drawn on. The layout is
/// that of the database (little-endian, 80 bytes): add fields at the end and a migration, never between.
struct Bucket {
    std::int64_t first_step = 0, last_step = 0;
    double first_seconds = 0, last_seconds = 0;
    double least = 0, greatest = 0;  ///< of the finite values; meaningless when there are none
    double sum = 0;                  ///< of the finite values
    double last = 0;                 ///< the last value, finite or not
    std::int64_t points = 0;
    std::int32_t finite = 0;  ///< points that are numbers
    std::int32_t bad = 0;     ///< points that are NaN or infinite

    double mean() const { return finite > 0 ? sum / finite : 0; }
    void add(const Bucket& later);
    static Bucket of(std::int64_t step, double seconds, double value);
};
static_assert(sizeof(Bucket) == 80);

inline constexpr int pyramid_fan = 8;             ///< buckets of a level in one of the next
inline constexpr std::size_t chunk_buckets = 64;  ///< in one row of the database

/// The upper ends of one curve's levels while it is written. Level L (from 1) has buckets of 8^L points; a level begins
/// when the one below it has filled half a chunk, so that short curves have one row.
class PyramidTail {
  public:
    struct Level {
        std::int64_t chunk = 0;       ///< number of the stretch that `buckets` is
        std::vector<Bucket> buckets;  ///< at most chunk_buckets; the last may still grow
        bool changed = false;
    };
    /// A stretch that is full: write it before going on.
    struct Full {
        int level;
        std::int64_t chunk;
        std::vector<Bucket> buckets;
    };

    PyramidTail() = default;
    explicit PyramidTail(std::vector<Level> levels) : levels_(std::move(levels)) {}
    /// Steps must ascend. Stretches that became full are appended to `full`.
    void add(const Bucket& point, std::vector<Full>& full);
    std::int64_t last_step() const;
    bool empty() const { return levels_.empty(); }
    std::vector<Level>& levels() { return levels_; }

  private:
    std::vector<Level> levels_;
};

/// Levels that a curve can have: that of one bucket for 2^63 points.
inline constexpr int most_levels = 21;

std::string bucket_bytes(const std::vector<Bucket>& buckets);
/// Without those that no curve can have, where the bytes are damaged.
std::vector<Bucket> buckets_of(const std::string& bytes);

}  // namespace gw
