#pragma once
#include "data/cache.h"
#include "util/hash.h"

namespace gw {

/// A folder of its own below another one, gone with everything in it at the end. Throws Failure where it cannot be
/// made.
class BenchFolder {
  public:
    explicit BenchFolder(const fs::path& parent) : path_(parent / ("bench-" + make_uuid())), guard_(path_) {
        make_folder(path_).or_throw();
    }
    const fs::path& path() const { return path_; }

  private:
    const fs::path path_;
    FolderGuard guard_;
};

}  // namespace gw
