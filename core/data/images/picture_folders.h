#pragma once
#include <string>
#include <vector>

#include "util/files.h"

namespace gw {

/// The folders around a file that may name a class, joined by "/": without "." and "..", and without those that name a
/// part of the data.
std::string class_folders(const std::string& file);

/// The different class_folders of the pictures in an archive, in order; kept until the file changes.
Result<std::vector<std::string>> archive_folders(const fs::path& archive, const std::string& shown);

/// What a number of paths of folders begin with, all of them; "a/b" of "a/b/c" and "a/b".
class SharedFolders {
  public:
    void add(const std::string& folders);
    const std::string& shared() const { return shared_; }
    /// `folders` without what is shared.
    static std::string below(const std::string& shared, const std::string& folders);

  private:
    bool any_ = false;
    std::string shared_;
};

}  // namespace gw
