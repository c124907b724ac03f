#pragma once
#include "workspace/record/run_journal_file.h"

namespace gw {

/// Writes entries of a run into a history that is made again, in transactions of a few thousand, which are as fast as
/// the disk writes.
class RebuildRows {
  public:
    RebuildRows(Store& store, std::string run) : store_(store), run_(std::move(run)) {}
    Status add(const JournalEntry& entry);
    /// Commits what was added last.
    Status end();
    std::int64_t refused = 0;  ///< entries that break a constraint: lines that no program of ours wrote

  private:
    Store& store_;
    const std::string run_;
    int open_ = 0;
};

/// Copies what can be read of a run's rows in the former history, up to the segment `below`. False where some of it
/// could not be.
bool copy_former(const Store& former, const std::string& id, std::int64_t below, RebuildRows& rows);

/// Adds the rows of a run that the former history has and `store` lacks, as far as they can be read; gives their
/// number. What both have stays as it is.
Result<std::int64_t> take_over_missing(Store& store, const Store& former, const std::string& id);

}  // namespace gw
