#pragma once
#include <memory>

#include "util/files.h"

namespace gw {

/// A new folder of one's own below the system's temporary one; it goes with the last copy of this.
class TemporaryFolder {
  public:
    TemporaryFolder();
    const fs::path& path() const { return *path_; }

  private:
    std::shared_ptr<const fs::path> path_;
};

}  // namespace gw
