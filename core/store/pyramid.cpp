#include "store/pyramid.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace gw {

static_assert(std::endian::native == std::endian::little, "buckets are kept as they lie in memory");

Bucket Bucket::of(std::int64_t step, double seconds, double value) {
    Bucket out{step, step, seconds, seconds, 0, 0, 0, value, 1, 0, 0};
    if (std::isfinite(value)) {
        out.least = out.greatest = out.sum = value;
        out.finite = 1;
    } else {
        out.bad = 1;
    }
    return out;
}

void Bucket::add(const Bucket& later) {
    if (later.finite > 0) {
        least = finite > 0 ? std::min(least, later.least) : later.least;
        greatest = finite > 0 ? std::max(greatest, later.greatest) : later.greatest;
    }
    last_step = later.last_step;
    last_seconds = later.last_seconds;
    sum += later.sum;
    last = later.last;
    points += later.points;
    finite += later.finite;
    bad += later.bad;
}

std::int64_t PyramidTail::last_step() const {
    return levels_.empty() ? std::numeric_limits<std::int64_t>::min() : levels_.front().buckets.back().last_step;
}

void PyramidTail::add(const Bucket& point, std::vector<Full>& full) {
    if (levels_.empty()) levels_.push_back({});
    std::int64_t size = 1;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        size *= pyramid_fan;
        Level& level = levels_[i];
        level.changed = true;
        if (!level.buckets.empty() && level.buckets.back().points < size) {
            level.buckets.back().add(point);
            continue;
        }
        if (level.buckets.size() == chunk_buckets) {
            full.push_back({static_cast<int>(i) + 1, level.chunk, std::move(level.buckets)});
            level.buckets.clear();
            ++level.chunk;
        }
        level.buckets.push_back(point);
        // All buckets of this level are still here, and a whole number of the next level's: they make its beginning.
        if (i + 1 == levels_.size() && level.chunk == 0 && level.buckets.size() == chunk_buckets / 2 + 1) {
            Level above;
            for (std::size_t b = 0; b + 1 < level.buckets.size(); ++b)
                if (b % pyramid_fan == 0)
                    above.buckets.push_back(level.buckets[b]);
                else
                    above.buckets.back().add(level.buckets[b]);
            levels_.push_back(std::move(above));  // the loop goes on with it and this point
        }
    }
}

std::string bucket_bytes(const std::vector<Bucket>& buckets) {
    return {reinterpret_cast<const char*>(buckets.data()), buckets.size() * sizeof(Bucket)};
}

std::vector<Bucket> buckets_of(const std::string& bytes) {
    std::vector<Bucket> out(bytes.size() / sizeof(Bucket));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(Bucket));
    constexpr std::int64_t most = std::int64_t{1} << 60;
    std::erase_if(out, [](const Bucket& b) {
        return b.points < 1 || b.points > most || b.finite < 0 || b.bad < 0 || b.last_step < b.first_step;
    });
    return out;
}

}  // namespace gw
