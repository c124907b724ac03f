#pragma once
#include <string>

#include "store/store.h"

namespace gw {

/// The folder that holds the database and the artifacts: groundwork.db, runs/UUID/, cache/.
class Workspace {
  public:
    /// Opens `root`, making what is missing. Errors: unwritable, full, a database of a newer version.
    static Result<Workspace> open(const fs::path& root);
    /// From the flag, else $GROUNDWORK_WORKSPACE, else the user's data folder.
    static fs::path default_root();
    const fs::path& root() const { return root_; }
    fs::path database() const { return root_ / "groundwork.db"; }
    fs::path cache() const { return root_ / "cache"; }
    fs::path run_folder(const std::string& id) const { return root_ / "runs" / id; }
    /// A store for the calling thread.
    Result<Store> store(Store::Mode mode = Store::Mode::read_write) const { return Store::open(database(), mode); }

  private:
    fs::path root_;
};

}  // namespace gw
