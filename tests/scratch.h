#pragma once
#include "util/files.h"
#include "util/hash.h"

namespace gw {

/// A folder of its own for one test, removed with everything in it at the end.
class Scratch {
  public:
    Scratch() : path_(fs::temp_directory_path() / ("groundwork-test-" + make_uuid())) { fs::create_directories(path_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const { return path_; }
    fs::path operator/(const fs::path& name) const { return path_ / name; }

  private:
    fs::path path_;
};

}  // namespace gw
