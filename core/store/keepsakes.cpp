#include <algorithm>

#include "schema/parse_json.h"
#include "schema/typed.h"
#include "store/store_impl.h"
#include "store/stored_json.h"
#include "util/text.h"

// The part of Store that deals with what people keep: saved filters and comparisons, the queue, histograms.
namespace gw {

Result<std::vector<SavedRecord>> Store::saved(const std::string& kind) const {
    return impl_->guarded([&] {
        std::vector<SavedRecord> out;
        Query row(*impl_, "SELECT name, body, changed FROM saved WHERE kind = ? ORDER BY name", kind);
        while (row.next()) {
            if (auto body = stored_object(row.text(1)))
                out.push_back({kind, row.text(0), std::move(*body), row.text(2)});
        }
        return out;
    });
}

Status Store::set_saved(const SavedRecord& record) {
    return impl_->written([&] {
        Impl::check_name(record.kind, record.name);
        Query(*impl_, "INSERT OR REPLACE INTO saved(kind, name, body, changed) VALUES(?,?,?,?)", record.kind,
              record.name, schema::json_line(record.body), now_utc())
            .run();
    });
}

Status Store::remove_saved(const std::string& kind, const std::string& name) {
    return impl_->written([&] { Query(*impl_, "DELETE FROM saved WHERE kind = ? AND name = ?", kind, name).run(); });
}

namespace {
/// All that wait. What lost its place in a damaged history waits at the end.
const std::string waiting =
    " FROM runs LEFT JOIN queue ON queue.run = runs.key WHERE status = 'queued' AND trashed = ''"
    " ORDER BY position IS NULL, position, key";
}  // namespace

Result<std::vector<RunRecord>> Store::queue() const {
    auto ids = impl_->guarded([&] {
        std::vector<std::string> out;
        Query row(*impl_, "SELECT runs.id" + waiting);
        while (row.next()) out.push_back(row.text(0));
        return out;
    });
    if (!ids) return ids.error();
    std::vector<RunRecord> runs;
    for (const std::string& id : ids.value()) {
        // A damaged row costs that run alone.
        if (auto one = run(id)) runs.push_back(std::move(one).value());
    }
    return runs;
}

Status Store::enqueue(const std::string& id) {
    return impl_->written([&] {
        Query(
            *impl_,
            "INSERT OR REPLACE INTO queue(run, position) VALUES(?, 1 + (SELECT coalesce(max(position), 0) FROM queue))",
            impl_->key_of(id))
            .run();
    });
}

Status Store::dequeue(const std::string& id) {
    return impl_->written([&] { Query(*impl_, "DELETE FROM queue WHERE run = ?", impl_->key_of(id)).run(); });
}

Status Store::move_in_queue(const std::string& id, std::size_t position) {
    return impl_->written([&] {
        const std::int64_t moved = impl_->key_of(id);
        std::vector<std::int64_t> keys;
        {
            Query row(*impl_, "SELECT runs.key" + waiting);
            while (row.next())
                if (row.integer(0) != moved) keys.push_back(row.integer(0));
        }
        keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(std::min(position, keys.size())), moved);
        for (std::size_t i = 0; i < keys.size(); ++i)
            Query(*impl_, "INSERT OR REPLACE INTO queue(run, position) VALUES(?, ?)", keys[i], static_cast<double>(i))
                .run();
    });
}

Status Store::add_histogram(const HistogramRecord& h) {
    return impl_->written([&] {
        Query(*impl_,
              "INSERT INTO histograms(run, segment, step, kind, name, low, high, counts) VALUES(?,?,?,?,?,?,?,?)",
              impl_->key_of(h.run), h.segment, h.step, h.kind, h.name, h.low, h.high, Json(h.counts).dump())
            .run();
    });
}

Result<std::vector<HistogramRecord>> Store::histograms(const std::string& run, std::int64_t step) const {
    return impl_->guarded([&] {
        std::vector<HistogramRecord> out;
        Query row(*impl_,
                  "SELECT kind, name, segment, step, low, high, counts FROM histograms WHERE run = (SELECT key FROM "
                  "runs WHERE id = ?) AND "
                  "step = ? ORDER BY key",
                  run, step);
        while (row.next()) {
            const Json counts = json_or_null(row.text(6));
            if (!counts.is_array() ||
                !std::all_of(counts.begin(), counts.end(), [](const Json& one) { return one.is_number_integer(); }))
                continue;
            out.push_back({run, row.text(0), row.text(1), row.integer(2), row.integer(3), row.real(4), row.real(5),
                           counts.get<std::vector<std::int64_t>>()});
        }
        return out;
    });
}

Result<std::vector<std::int64_t>> Store::histogram_steps(const std::string& run) const {
    return impl_->guarded([&] {
        std::vector<std::int64_t> out;
        Query row(*impl_,
                  "SELECT DISTINCT step FROM histograms WHERE run = (SELECT key FROM runs WHERE id = ?) ORDER BY step",
                  run);
        while (row.next()) out.push_back(row.integer(0));
        return out;
    });
}

}  // namespace gw
