#pragma once
#include <optional>
#include <string>

#include "store/store.h"
#include "util/temporary_folder.h"

namespace gw {

/// The folder that holds the database and the artifacts: groundwork.db, runs/UUID/, cache/.
class Workspace {
  public:
    /// Opens `root`, making what is missing. Errors: unwritable, full, a database of a newer version, a path that is
    /// not UTF-8.
    static Result<Workspace> open(const fs::path& root);
    /// For who only looks: as open() where the folder may be written to. Where it may not (other people's, a read-only
    /// or full disk) nothing in it is made, swept or migrated, and what has to be kept meanwhile goes to a temporary
    /// folder. Error: nothing is there to look at.
    static Result<Workspace> look(const fs::path& root);
    /// From the flag, else $GROUNDWORK_WORKSPACE, else the user's data folder.
    static fs::path default_root();
    const fs::path& root() const { return root_; }
    bool read_only() const { return read_only_; }
    fs::path database() const { return root_ / "groundwork.db"; }
    fs::path cache() const { return cache_.empty() ? root_ / "cache" : cache_; }
    fs::path run_folder(const std::string& id) const { return root_ / "runs" / id; }
    /// A store for the calling thread. Errors: to write, in a workspace that may only be read; the history has gone
    /// since the workspace was opened (another disk may be there now), and a new one would stand in its place.
    Result<Store> store(Store::Mode mode = Store::Mode::read_write) const;
    /// The folder of a run, for who deletes it or writes into it: an error unless it is runs/UUID of this workspace,
    /// whatever the database says.
    Result<fs::path> own_folder(const RunRecord& run) const;

  private:
    fs::path root_, cache_;
    bool read_only_ = false, has_history_ = false;
    std::optional<TemporaryFolder> temporary_;  ///< that of `cache_`
};

}  // namespace gw
