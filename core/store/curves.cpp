#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "store/store_impl.h"
#include "store/stored_value.h"

// The part of Store that reads curves from the pyramid.
namespace gw {

namespace {

constexpr std::int64_t first_of_all = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t last_of_all = std::numeric_limits<std::int64_t>::max();

/// One segment's part of a curve, and the steps of it that are wanted.
struct Stretch {
    CurveKey key;
    std::int64_t from, to;
    std::int64_t least = first_of_all;  ///< buckets that begin before this are cut
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
            if (bucket.last_step <= s.to && bucket.first_step >= s.least) {
                out.push_back(bucket);
                continue;
            }
            // The run was taken up again from a step within this bucket: only what lies on one side of it counts.
            const std::vector<Bucket> kept =
                read_points(store, s.key, std::max(bucket.first_step, s.least), std::min(bucket.last_step, s.to));
            for (std::size_t i = 1; i < kept.size(); ++i)
                bucket = (i == 1 ? kept.front() : bucket), bucket.add(kept[i]);
            if (kept.size() == 1) bucket = kept.front();
            if (!kept.empty()) out.push_back(bucket);
        }
}

/// Each segment of a run that has rows or was taken up, in order, and its last step that counts on this curve: where a
/// later segment was taken up at that step, and what it has recorded of the step itself takes the place of what was
/// there. (A resume makes up what was due at its step, which hides no other curve's point.)
std::vector<std::pair<std::int64_t, std::int64_t>> ends_of(Store::Impl& store, std::int64_t run, std::int64_t metric) {
    struct Begin {
        std::int64_t row = last_of_all;  ///< first step of any curve
        std::optional<std::int64_t> taken_up, own;
    };
    std::map<std::int64_t, Begin> segments;
    {
        Query row(store,
                  "SELECT segment, min(first_step) FROM pyramid WHERE run = ? AND level = 1 AND chunk = 0 GROUP BY "
                  "segment",
                  run);
        while (row.next()) segments[row.integer(0)].row = row.integer(1);
    }
    {
        Query row(store,
                  "SELECT segment, first_step FROM pyramid WHERE run = ? AND metric = ? AND level = 1 AND chunk = 0",
                  run, metric);
        while (row.next()) segments[row.integer(0)].own = row.integer(1);
    }
    {
        Query row(store, "SELECT segment, min(step) FROM events WHERE run = ? AND kind = 'resume' GROUP BY segment",
                  run);
        while (row.next()) segments[row.integer(0)].taken_up = row.integer(1);
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> out;
    std::int64_t end = last_of_all;
    for (auto it = segments.rbegin(); it != segments.rend(); ++it) {
        out.emplace_back(it->first, end);
        const auto before = [](std::int64_t step) { return step == first_of_all ? step : step - 1; };
        end = std::min(end, it->second.taken_up.value_or(before(it->second.row)));
        if (it->second.own) end = std::min(end, before(*it->second.own));
    }
    std::reverse(out.begin(), out.end());
    return out;
}

/// Segments and their last steps that count, as ends_of() has them.
using Ends = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// The parts of a curve that count; what is left of the segments is of weights that were given up.
std::vector<Stretch> stretches_of(const Ends& ends, std::int64_t run, std::int64_t metric, const CurveRange& range) {
    std::vector<Stretch> out;
    for (const auto& [segment, end] : ends)
        if (range.from <= end) out.push_back({{run, metric, segment}, range.from, std::min(range.to, end)});
    return out;
}

std::vector<Stretch> stretches_given_up(const Ends& ends, std::int64_t run, std::int64_t metric,
                                        const CurveRange& range) {
    std::vector<Stretch> out;
    for (const auto& [segment, end] : ends)
        if (end < range.to) out.push_back({{run, metric, segment}, std::max(range.from, end + 1), range.to, end + 1});
    return out;
}

/// The buckets of each stretch, so fine that all together are no more than the range allows.
std::vector<std::vector<Bucket>> read_stretches(Store::Impl& store, const std::vector<Stretch>& stretches,
                                                std::int64_t run, std::int64_t metric, std::size_t wanted) {
    auto total = [&](int level) {
        std::int64_t sum = 0;
        for (const Stretch& s : stretches) sum += level == 0 ? count_points(store, s) : count_buckets(store, s, level);
        return sum;
    };
    const auto at_most = static_cast<std::int64_t>(std::max<std::size_t>(64, wanted));
    Query top(store, "SELECT max(level) FROM pyramid WHERE run = ? AND metric = ? AND level BETWEEN 1 AND ?", run,
              metric, std::int64_t{most_levels});
    int level = top.next() ? static_cast<int>(top.integer(0)) : 0;
    // Downwards while it fits: coarse levels are quick to count. A stretch is counted whole where the range touches
    // it, so level 0, which is counted exactly, is asked only when it may fit.
    while (level > 1 && total(level - 1) <= at_most) --level;
    if (level == 1 && total(1) <= at_most / pyramid_fan + 2 * static_cast<std::int64_t>(chunk_buckets) &&
        total(0) <= at_most)
        level = 0;
    std::vector<std::vector<Bucket>> out;
    for (const Stretch& s : stretches) {
        std::vector<Bucket>& its = out.emplace_back();
        if (level == 0) {
            its = read_points(store, s.key, s.from, s.to);
            continue;
        }
        // A short segment has no upper levels.
        int own = level;
        while (own > 1 && count_buckets(store, s, own) == 0) --own;
        read_buckets(store, s, own, its);
    }
    return out;
}

/// The keys of a run and a metric; none where one of them is not known.
std::optional<std::pair<std::int64_t, std::int64_t>> keys_of(Store::Impl& store, const std::string& run,
                                                             const std::string& metric) {
    Query keys(store, "SELECT (SELECT key FROM runs WHERE id = ?), (SELECT key FROM metric_names WHERE name = ?)", run,
               metric);
    keys.next();
    const std::pair found(keys.integer(0), keys.integer(1));
    return found.first != 0 && found.second != 0 ? std::optional(found) : std::nullopt;
}

std::vector<Bucket> counted(Store::Impl& store, const Ends& ends, const std::pair<std::int64_t, std::int64_t>& keys,
                            const CurveRange& range) {
    std::vector<Bucket> out;
    const auto stretches = stretches_of(ends, keys.first, keys.second, range);
    for (const auto& its : read_stretches(store, stretches, keys.first, keys.second, range.at_most))
        out.insert(out.end(), its.begin(), its.end());
    return out;
}

}  // namespace

Result<std::vector<Bucket>> Store::curve(const std::string& run, const std::string& metric,
                                         const CurveRange& range) const {
    return impl_->guarded([&] {
        const auto keys = keys_of(*impl_, run, metric);
        return keys ? counted(*impl_, ends_of(*impl_, keys->first, keys->second), *keys, range) : std::vector<Bucket>();
    });
}

Result<CurveParts> Store::curve_parts(const std::string& run, const std::string& metric,
                                      const CurveRange& range) const {
    return impl_->guarded([&] {
        CurveParts out;
        const auto keys = keys_of(*impl_, run, metric);
        if (!keys) return out;
        const Ends ends = ends_of(*impl_, keys->first, keys->second);
        out.counted = counted(*impl_, ends, *keys, range);
        const auto stretches = stretches_given_up(ends, keys->first, keys->second, range);
        if (stretches.empty()) return out;  // as of every run that was never taken up again
        out.given_up = read_stretches(*impl_, stretches, keys->first, keys->second, range.at_most);
        std::erase_if(out.given_up, [](const std::vector<Bucket>& its) { return its.empty(); });
        return out;
    });
}

}  // namespace gw
