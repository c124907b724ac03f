#include <cmath>
#include <limits>

#include "store/store_impl.h"

// The part of Store that deals with metrics.
namespace gw {

namespace {

// SQLite keeps NaN as NULL, hence a flag beside the value.
enum Flag : std::int64_t { finite = 0, not_a_number = 1, plus_infinity = 2, minus_infinity = 3 };

Flag flag_of(double value) {
    if (std::isnan(value)) return not_a_number;
    if (std::isinf(value)) return value > 0 ? plus_infinity : minus_infinity;
    return finite;
}

double value_of(double stored, std::int64_t flag) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    switch (flag) {
        case not_a_number:
            return std::numeric_limits<double>::quiet_NaN();
        case plus_infinity:
            return infinity;
        case minus_infinity:
            return -infinity;
        default:
            return stored;
    }
}

const std::string of_series =
    " FROM metrics WHERE run = (SELECT key FROM runs WHERE id = ?) AND metric = (SELECT key FROM metric_names WHERE name = ?)";

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
                    "SELECT name FROM metric_names AS n WHERE EXISTS(SELECT 1 FROM metrics WHERE run = (SELECT key FROM runs WHERE id = ?) "
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
        Query query(*impl_, "SELECT segment, step, value, flag, seconds" + of_series + " ORDER BY segment, step", run, metric);
        while (query.next())
            points.push_back({query.integer(0), query.integer(1), value_of(query.real(2), query.integer(3)), query.real(4)});
        return points;
    });
}

Result<std::vector<double>> Store::outline(const std::string& run, const std::string& metric, int points) const {
    return impl_->guarded([&] {
        std::vector<double> out;
        Query count(*impl_, "SELECT count(*)" + of_series + " AND flag = 0", run, metric);
        const std::int64_t values = count.next() ? count.integer(0) : 0;
        const std::int64_t buckets = std::min<std::int64_t>(points, values);
        if (buckets <= 0) return out;
        Query query(*impl_, "SELECT value" + of_series + " AND flag = 0 ORDER BY segment, step", run, metric);
        double sum = 0;
        std::int64_t read = 0, in_bucket = 0;
        // A writer may add rows between the two questions; they wait for the next outline.
        while (read < values && query.next()) {
            sum += query.real(0);
            ++in_bucket;
            ++read;
            if (read * buckets / values == (read - 1) * buckets / values) continue;
            out.push_back(sum / static_cast<double>(in_bucket));
            sum = 0;
            in_bucket = 0;
        }
        return out;
    });
}

Status Store::add_metrics(const std::string& run, const std::vector<MetricInsert>& rows) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(run);
        for (const MetricInsert& row : rows) {
            const Flag flag = flag_of(row.value);
            const std::optional<double> value = flag == finite ? std::optional(row.value) : std::nullopt;
            Query(*impl_, "INSERT OR REPLACE INTO metrics(run, metric, segment, step, value, flag, seconds) VALUES(?,?,?,?,?,?,?)", key,
                  metric_key(*impl_, std::string(row.metric)), row.segment, row.step, value, static_cast<std::int64_t>(flag), row.seconds)
                .run();
        }
    });
}

}  // namespace gw
