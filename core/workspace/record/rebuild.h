#pragma once
#include <functional>
#include <string>
#include <vector>

#include "util/files.h"

namespace gw {

struct RebuildOptions {
    bool replace = false;  ///< also where the history is not damaged
    /// Told how many of the runs are done; false ends it, and nothing has changed.
    std::function<bool(int done, int all)> progress;
};

/// What a history that was made again holds.
struct Rebuilt {
    int runs = 0;
    std::int64_t entries = 0, damaged_lines = 0;  ///< of the journals
    /// A sentence for each run of which not everything could be had, and what else a person should know.
    std::vector<std::string> notes;
    fs::path aside;  ///< where the former history lies; empty where there was none
};

/// Whether a workspace's history is missing or damaged, though there are runs to make it again from. Opens it, and
/// reads its beginning: quick.
bool history_is_lost(const fs::path& root);
/// Whether there is none (or an empty file in its place) although there are runs: a new one would hide them.
bool history_is_missing(const fs::path& root);

/// How many run folders hold a training that the history does not know, or takes for one that waits or goes on.
int trained_beyond_history(const fs::path& root);

/// Makes the history of a workspace again from the folders of its runs: from run.json and journal.jsonl where they are
/// there, else from what can still be read of the former history, else from spec.json, the log and the checkpoints, as
/// far as those tell. Comparisons, filters and pilots come from the former history or the newest backup. Errors: the
/// history is sound and `replace` is not set, a run is being trained, the disk is full; then nothing has changed.
Result<Rebuilt> rebuild_history(const fs::path& root, const RebuildOptions& options = {});

}  // namespace gw
