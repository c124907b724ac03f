#include <algorithm>
#include <limits>

#include "store/store_impl.h"
#include "store/stored_value.h"

// The part of Store that reads curves from the pyramid.
namespace gw {

namespace {

/// One segment's part of a curve, and the steps of it that count.
struct Stretch {
    CurveKey key;
    std::int64_t from, to;
};

std::int64_t count_buckets(Store::Impl& store, const Stretch& s, int level) {
    Query sum(store,
              "SELECT coalesce(sum(buckets), 0) FROM pyramid WHERE run=? AND metric=? AND segment=? AND level=? AND "
              "last_step>=? AND "
              "first_step<=?",
              s.key.run, s.key.metric, s.key.segment, static_cast<std::int64_t>(level), s.from, s.to);
    sum.next();
    return sum.integer(0);
}

std::int64_t count_points(Store::Impl& store, const Stretch& s) {
    Query count(store, "SELECT count(*) FROM metrics WHERE run=? AND metric=? AND segment=? AND step BETWEEN ? AND ?",
                s.key.run, s.key.metric, s.key.segment, s.from, s.to);
    count.next();
    return count.integer(0);
}

std::vector<Bucket> read_points(Store::Impl& store, const CurveKey& key, std::int64_t from, std::int64_t to) {
    std::vector<Bucket> out;
    Query row(store,
              "SELECT step, value, flag, seconds FROM metrics WHERE run=? AND metric=? AND segment=? AND step BETWEEN "
              "? AND ? ORDER BY step",
              key.run, key.metric, key.segment, from, to);
    while (row.next()) out.push_back(Bucket::of(row.integer(0), row.real(3), value_of(row.real(1), row.integer(2))));
    return out;
}

void read_buckets(Store::Impl& store, const Stretch& s, int level, std::vector<Bucket>& out) {
    Query chunk(store,
                "SELECT data FROM pyramid WHERE run=? AND metric=? AND segment=? AND level=? AND last_step>=? AND "
                "first_step<=? ORDER BY chunk",
                s.key.run, s.key.metric, s.key.segment, static_cast<std::int64_t>(level), s.from, s.to);
    while (chunk.next())
        for (Bucket& bucket : buckets_of(chunk.bytes(0))) {
            if (bucket.last_step < s.from || bucket.first_step > s.to) continue;
            if (bucket.last_step <= s.to) {
                out.push_back(bucket);
                continue;
            }
            // The run was taken up again from a step within this bucket: only what came before it counts.
            const std::vector<Bucket> kept = read_points(store, s.key, bucket.first_step, s.to);
            for (std::size_t i = 1; i < kept.size(); ++i)
                bucket = (i == 1 ? kept.front() : bucket), bucket.add(kept[i]);
            if (kept.size() == 1) bucket = kept.front();
            if (!kept.empty()) out.push_back(bucket);
        }
}

/// The segments of one curve; each ends where a later one begins.
std::vector<Stretch> stretches_of(Store::Impl& store, std::int64_t run, std::int64_t metric, const CurveRange& range) {
    std::vector<std::pair<std::int64_t, std::int64_t>> begins;  // of every segment, over all metrics
    {
        Query row(store,
                  "SELECT segment, min(first_step) FROM pyramid WHERE run = ? AND level = 1 AND chunk = 0 GROUP BY "
                  "segment ORDER BY segment",
                  run);
        while (row.next()) begins.emplace_back(row.integer(0), row.integer(1));
    }
    std::vector<Stretch> out;
    std::int64_t end = range.to;
    for (auto it = begins.rbegin(); it != begins.rend(); ++it) {
        if (range.from <= end) out.push_back({{run, metric, it->first}, range.from, end});
        if (it->second == std::numeric_limits<std::int64_t>::min()) break;  // nothing comes before it
        end = std::min(end, it->second - 1);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace

Result<std::vector<Bucket>> Store::curve(const std::string& run, const std::string& metric,
                                         const CurveRange& range) const {
    return impl_->guarded([&] {
        std::vector<Bucket> out;
        Query keys(*impl_, "SELECT (SELECT key FROM runs WHERE id = ?), (SELECT key FROM metric_names WHERE name = ?)",
                   run, metric);
        keys.next();
        const std::int64_t run_key = keys.integer(0), metric_key = keys.integer(1);
        if (run_key == 0 || metric_key == 0) return out;
        const std::vector<Stretch> stretches = stretches_of(*impl_, run_key, metric_key, range);
        auto total = [&](int level) {
            std::int64_t sum = 0;
            for (const Stretch& s : stretches)
                sum += level == 0 ? count_points(*impl_, s) : count_buckets(*impl_, s, level);
            return sum;
        };
        const auto at_most = static_cast<std::int64_t>(std::max<std::size_t>(64, range.at_most));
        Query top(*impl_, "SELECT max(level) FROM pyramid WHERE run = ? AND metric = ? AND level BETWEEN 1 AND ?",
                  run_key, metric_key, std::int64_t{most_levels});
        int level = top.next() ? static_cast<int>(top.integer(0)) : 0;
        // Downwards while it fits: coarse levels are quick to count. A stretch is counted whole where the range touches
        // it, so level 0, which is counted exactly, is asked only when it may fit.
        while (level > 1 && total(level - 1) <= at_most) --level;
        if (level == 1 && total(1) <= at_most / pyramid_fan + 2 * static_cast<std::int64_t>(chunk_buckets) &&
            total(0) <= at_most)
            level = 0;
        for (const Stretch& s : stretches) {
            if (level > 0) {
                // A short segment has no upper levels.
                int own = level;
                while (own > 1 && count_buckets(*impl_, s, own) == 0) --own;
                read_buckets(*impl_, s, own, out);
            } else {
                const auto points = read_points(*impl_, s.key, s.from, s.to);
                out.insert(out.end(), points.begin(), points.end());
            }
        }
        return out;
    });
}

}  // namespace gw
