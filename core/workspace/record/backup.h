#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "util/files.h"

namespace gw {

/// A copy of a workspace's history.
struct HistoryBackup {
    fs::path path;
    std::string day;  ///< "2026-01-31" (UTC)
};

/// The copies in the folder "backups" of a workspace, newest first.
std::vector<HistoryBackup> history_backups(const fs::path& root);

/// Reads the history through and, unless one of today is there, keeps a copy of it; the newest few are kept. A damaged
/// history is an error (Code::bad_data) and never takes the place of a good copy. Where the disk has no room for a copy
/// none is made. Takes seconds for each gigabyte. Returns whether a copy was made.
Result<bool> care_for_history(const fs::path& root, std::stop_token stop = {});

/// Puts a copy in the place of the history, which is kept beside under another name. Error: it is not whole, a run is
/// being trained. Returns where the former history lies.
Result<fs::path> restore_backup(const fs::path& root, const HistoryBackup& backup);

/// Puts `made` (a whole database that nobody has open) in the place of a workspace's history. What stood there is kept
/// beside it as groundwork.db.set-aside-TIME; returns that path, empty where there was none. A crash leaves the one or
/// the other in place.
Result<fs::path> replace_history(const fs::path& root, const fs::path& made);

/// Why the history of this workspace cannot be replaced now: the name of the folder of a run that is being trained.
Status nobody_trains(const fs::path& root);

/// Whether that was done today already.
bool is_cared_for(const fs::path& root);

/// Cares for a history in a thread of its own while this lives, unless it was done today: reading all of it through
/// would cost every run that begins.
class HistoryCare {
  public:
    explicit HistoryCare(fs::path root)
        : thread_([root = std::move(root)](const std::stop_token& stop) {
              if (!is_cared_for(root)) (void)care_for_history(root, stop);
          }) {}

  private:
    std::jthread thread_;
};

}  // namespace gw
