#pragma once
#include <SQLiteCpp/Database.h>

#include "store/pyramid.h"

namespace gw {

/// Whose curve it is, in the database's own keys.
struct CurveKey {
    std::int64_t run, metric, segment;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 that <=> is compared with for a pointer
    auto operator<=>(const CurveKey&) const = default;
};

/// What stands in the database of a curve's levels, to go on from. Throws SQLite::Exception, as all below.
PyramidTail read_pyramid_tail(SQLite::Database& db, const CurveKey& key);
/// Writes a full stretch, or the growing one.
void write_pyramid_chunk(SQLite::Database& db, const CurveKey& key, int level, std::int64_t chunk,
                         const std::vector<Bucket>& buckets);
/// Builds a curve's levels again from its points (a point was replaced, or the database is from before there were
/// levels).
PyramidTail rebuild_pyramid(SQLite::Database& db, const CurveKey& key);
/// For every curve that has none.
void build_missing_pyramids(SQLite::Database& db);

}  // namespace gw
