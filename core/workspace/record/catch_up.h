#pragma once
#include "store/store.h"

namespace gw {

/// Writes into the history what a run's own journal tells of its last segment, and of later ones, and the history
/// lacks; brings the figures and the segment of `run` up to that; gives the number of entries. A history that cannot be
/// written for long does not hold a checkpoint back (the journal has the rows up to it), so that a kill can leave it
/// behind; one that was put back from a backup lacks whole segments. Looks at the journal's end
/// first: where nothing is missing nothing more is read. Within the caller's transaction; only for whoever holds the
/// run's lock.
Result<std::int64_t> catch_up_with_journal(Store& store, RunRecord& run);

}  // namespace gw
