#pragma once
#include "store/store.h"

namespace gw {

/// Makes the history's list of a run's checkpoints that of its folder, which is the one that counts: a kill can come
/// between a checkpoint and its row, or between its removal and that of its row. Also which is marked as the best. Only
/// for whoever holds the run's lock, or where nobody trains it.
Status reconcile_checkpoints(Store& store, const RunRecord& run);

/// Whether a run's folder holds checkpoints or a journal: it was trained, whatever the history says.
bool was_trained(const fs::path& run_folder);
/// Refuses a run that waits its turn by the history and was_trained(): a history of before that was put back.
Status still_waits(const RunRecord& run);

}  // namespace gw
