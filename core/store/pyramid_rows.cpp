#include "store/pyramid_rows.h"

#include <SQLiteCpp/Statement.h>

#include "store/stored_value.h"

namespace gw {

PyramidTail read_pyramid_tail(SQLite::Database& db, const CurveKey& key) {
    SQLite::Statement query(
        db,
        "SELECT level, chunk, data FROM pyramid AS p WHERE run = ? AND metric = ? AND segment = ? AND chunk = "
        "(SELECT max(chunk) FROM pyramid AS q WHERE q.run = p.run AND q.metric = p.metric AND q.segment = p.segment "
        "AND "
        "q.level = p.level) ORDER BY level");
    query.bind(1, key.run);
    query.bind(2, key.metric);
    query.bind(3, key.segment);
    std::vector<PyramidTail::Level> levels;
    constexpr std::int64_t last_chunk = std::int64_t{1} << 57;  // of 64 buckets, for 2^63 points
    while (query.executeStep()) {
        PyramidTail::Level level{query.getColumn(1).getInt64(), buckets_of(query.getColumn(2).getString()), false};
        // What cannot be gone on from is made again from the points.
        const bool sound = query.getColumn(0).getInt64() == static_cast<std::int64_t>(levels.size()) + 1 &&
                           levels.size() < most_levels && level.chunk >= 0 && level.chunk < last_chunk &&
                           !level.buckets.empty() && level.buckets.size() <= chunk_buckets;
        if (!sound) return rebuild_pyramid(db, key);
        levels.push_back(std::move(level));
    }
    return PyramidTail(std::move(levels));
}

void write_pyramid_chunk(SQLite::Database& db, const CurveKey& key, int level, std::int64_t chunk,
                         const std::vector<Bucket>& buckets) {
    // Half a dozen of these make a batch of the writer: preparing the statement again costs less than keeping it alive
    // across migrations.
    SQLite::Statement insert(
        db,
        "INSERT OR REPLACE INTO pyramid(run, metric, segment, level, chunk, first_step, last_step, buckets, data) "
        "VALUES(?,?,?,?,?,?,?,?,?)");
    const std::string bytes = bucket_bytes(buckets);
    insert.bind(1, key.run);
    insert.bind(2, key.metric);
    insert.bind(3, key.segment);
    insert.bind(4, level);
    insert.bind(5, chunk);
    insert.bind(6, buckets.front().first_step);
    insert.bind(7, buckets.back().last_step);
    insert.bind(8, static_cast<std::int64_t>(buckets.size()));
    insert.bindNoCopy(9, bytes.data(), static_cast<int>(bytes.size()));
    insert.exec();
}

PyramidTail rebuild_pyramid(SQLite::Database& db, const CurveKey& key) {
    SQLite::Statement clear(db, "DELETE FROM pyramid WHERE run = ? AND metric = ? AND segment = ?");
    SQLite::Statement points(
        db,
        "SELECT step, value, flag, seconds FROM metrics WHERE run = ? AND metric = ? AND segment = ? ORDER BY step");
    for (SQLite::Statement* statement : {&clear, &points}) {
        statement->bind(1, key.run);
        statement->bind(2, key.metric);
        statement->bind(3, key.segment);
    }
    clear.exec();
    PyramidTail tail;
    std::vector<PyramidTail::Full> full;
    while (points.executeStep()) {
        const double value = value_of(points.getColumn(1).getDouble(), points.getColumn(2).getInt64());
        tail.add(Bucket::of(points.getColumn(0).getInt64(), points.getColumn(3).getDouble(), value), full);
        for (const PyramidTail::Full& one : full) write_pyramid_chunk(db, key, one.level, one.chunk, one.buckets);
        full.clear();
    }
    for (std::size_t i = 0; i < tail.levels().size(); ++i) {
        PyramidTail::Level& level = tail.levels()[i];
        write_pyramid_chunk(db, key, static_cast<int>(i) + 1, level.chunk, level.buckets);
        level.changed = false;
    }
    return tail;
}

void build_missing_pyramids(SQLite::Database& db) {
    std::vector<CurveKey> missing;
    {
        SQLite::Statement query(
            db,
            "SELECT DISTINCT run, metric, segment FROM metrics AS m WHERE NOT EXISTS(SELECT 1 FROM pyramid AS p WHERE "
            "p.run = m.run AND p.metric = m.metric AND p.segment = m.segment)");
        while (query.executeStep())
            missing.push_back(
                {query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64()});
    }
    for (const CurveKey& key : missing) (void)rebuild_pyramid(db, key);
}

}  // namespace gw
