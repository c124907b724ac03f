#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/records.h"
#include "workspace/record/run_journal_file.h"

namespace gw {

/// What can be read off a run's folder that has no journal, or none from the beginning: its spec, the log, and the
/// checkpoints with their manifests. Values in the log are rounded to five digits, and only evaluations stand there.
struct RunRemains {
    RunRecord record;
    std::vector<JournalEntry> entries;  ///< of segments before `below`
    bool log = false;                   ///< whether there was one
};

/// Nothing where the folder holds no settings of a run that can be read.
std::optional<RunRemains> read_remains(const fs::path& run_folder, const std::string& id, std::int64_t below);

}  // namespace gw
