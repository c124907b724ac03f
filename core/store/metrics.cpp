#include <limits>
#include <set>

#include "store/store_impl.h"
#include "store/stored_value.h"

// The part of Store that deals with metrics.
namespace gw {

namespace {

const std::string of_series =
    " FROM metrics WHERE run = (SELECT key FROM runs WHERE id = ?) AND metric = (SELECT key FROM metric_names WHERE "
    "name = ?)";

std::int64_t metric_key(Store::Impl& store, const std::string& name) {
    for (;;) {
        Query query(store, "SELECT key FROM metric_names WHERE name = ?", name);
        if (query.next()) return query.integer(0);
        Query(store, "INSERT INTO metric_names(name) VALUES(?)", name).run();
    }
}

}  // namespace

Result<std::vector<std::string>> Store::metrics(const std::string& run) const {
    return impl_->guarded([&] {
        std::vector<std::string> names;
        Query query(*impl_,
                    "SELECT name FROM metric_names AS n WHERE EXISTS(SELECT 1 FROM metrics WHERE run = (SELECT key "
                    "FROM runs WHERE id = ?) "
                    "AND metric = n.key) "
                    "ORDER BY key",
                    run);
        while (query.next()) names.push_back(query.text(0));
        return names;
    });
}

Result<std::vector<MetricPoint>> Store::series(const std::string& run, const std::string& metric) const {
    return impl_->guarded([&] {
        std::vector<MetricPoint> points;
        Query query(*impl_, "SELECT segment, step, value, flag, seconds" + of_series + " ORDER BY segment, step", run,
                    metric);
        while (query.next())
            points.push_back(
                {query.integer(0), query.integer(1), value_of(query.real(2), query.integer(3)), query.real(4)});
        return points;
    });
}

Result<std::int64_t> Store::last_step(const std::string& run, const std::string& metric, std::int64_t segment) const {
    return impl_->guarded([&] {
        Query query(*impl_, "SELECT max(step)" + of_series + " AND segment = ?", run, metric, segment);
        return query.next() ? query.maybe_integer(0).value_or(-1) : std::int64_t{-1};
    });
}

Result<std::vector<double>> Store::outline(const std::string& run, const std::string& metric, int points) const {
    auto buckets = curve(run, metric, {.at_most = std::size_t{64} * pyramid_fan});
    if (!buckets) return buckets.error();
    std::erase_if(buckets.value(), [](const Bucket& bucket) { return bucket.finite == 0; });
    const auto found = static_cast<std::int64_t>(buckets.value().size()),
               wanted = std::min<std::int64_t>(points, found);
    std::vector<double> out;
    for (std::int64_t i = 0; i < wanted; ++i) {
        double sum = 0;
        std::int64_t finite = 0;
        for (std::int64_t b = i * found / wanted; b < (i + 1) * found / wanted; ++b) {
            sum += buckets.value()[static_cast<std::size_t>(b)].sum;
            finite += buckets.value()[static_cast<std::size_t>(b)].finite;
        }
        out.push_back(sum / static_cast<double>(finite));
    }
    return out;
}

Result<std::vector<ClockPoint>> Store::clock(const std::string& run) const {
    return impl_->guarded([&] {
        std::vector<ClockPoint> out;
        Query row(*impl_,
                  "SELECT segment, step, seconds, time FROM clock WHERE run = (SELECT key FROM runs WHERE id = ?) "
                  "ORDER BY segment, step",
                  run);
        while (row.next()) out.push_back({row.integer(0), row.integer(1), row.real(2), row.real(3)});
        return out;
    });
}

Status Store::add_clock(const std::string& run, const ClockPoint& point) {
    return impl_->written([&] {
        Query(*impl_, "INSERT OR REPLACE INTO clock(run, segment, step, seconds, time) VALUES(?,?,?,?,?)",
              impl_->key_of(run), point.segment, point.step, point.seconds, point.time)
            .run();
    });
}

namespace {

/// False where the point has taken the place of another, or comes late: then the levels must be built again from the
/// points. Rare (a spec that reports a step twice, a hole that is filled), and costly.
bool add_to_pyramid(Store::Impl& store, const CurveKey& key, const MetricInsert& row) {
    auto found = store.tails.find(key);
    if (found == store.tails.end()) found = store.tails.emplace(key, read_pyramid_tail(store.db, key)).first;
    PyramidTail& tail = found->second;
    if (!tail.empty() && row.step <= tail.last_step()) return false;
    std::vector<PyramidTail::Full> full;
    tail.add(Bucket::of(row.step, row.seconds, row.value), full);
    for (const PyramidTail::Full& one : full) write_pyramid_chunk(store.db, key, one.level, one.chunk, one.buckets);
    return true;
}

void write_changed_levels(Store::Impl& store) {
    for (auto& [key, tail] : store.tails)
        for (std::size_t i = 0; i < tail.levels().size(); ++i) {
            PyramidTail::Level& level = tail.levels()[i];
            if (!level.changed) continue;
            write_pyramid_chunk(store.db, key, static_cast<int>(i) + 1, level.chunk, level.buckets);
            level.changed = false;
        }
}

}  // namespace

Status Store::add_metrics(const std::string& run, const std::vector<MetricInsert>& rows) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(run);
        std::set<CurveKey> out_of_order;
        for (const MetricInsert& row : rows) {
            const ValueFlag flag = flag_of(row.value);
            const std::optional<double> value = flag == finite_value ? std::optional(row.value) : std::nullopt;
            const std::int64_t metric = metric_key(*impl_, std::string(row.metric));
            Query(*impl_,
                  "INSERT OR REPLACE INTO metrics(run, metric, segment, step, value, flag, seconds) "
                  "VALUES(?,?,?,?,?,?,?)",
                  key, metric, row.segment, row.step, value, static_cast<std::int64_t>(flag), row.seconds)
                .run();
            const CurveKey curve{key, metric, row.segment};
            if (!out_of_order.contains(curve) && !add_to_pyramid(*impl_, curve, row)) out_of_order.insert(curve);
        }
        for (const CurveKey& curve : out_of_order) impl_->tails[curve] = rebuild_pyramid(impl_->db, curve);
        write_changed_levels(*impl_);
    });
}

}  // namespace gw
