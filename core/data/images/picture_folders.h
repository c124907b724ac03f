#pragma once
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// The folders around a file that may name a class, joined by "/": without "." and "..", and without those that name a
/// part of the data.
std::string class_folders(const std::string& file);
/// Those that name a part of the data instead ("train", "test" and their like), joined by "/".
std::string part_folders(const std::string& file);

/// How a look into archives goes: 10 GB of .tar.gz are unpacked for it, which takes minutes.
struct Looking {
    ProgressFn progress = {};
    std::stop_token stop = {};
    std::optional<std::chrono::steady_clock::time_point> until = {};  ///< when it ends with what it has seen by then
};

/// The different class_folders of the pictures in an archive, in order.
struct ArchiveFolders {
    std::vector<std::string> folders;
    bool whole = true;  ///< false where the time was up before the archive's end
};
/// Kept until the file changes; an archive that took too long is taken up again by who has more time alone. Errors:
/// damaged, no archive, cancelled.
Result<ArchiveFolders> archive_folders(const fs::path& archive, const std::string& shown, const Looking& looking = {});

/// Whether the pictures lie in folders that name classes, at least two beside each other. True where there is no
/// picture to look at. Looks no further than it must, and remembers what archives hold; nothing where the time was up,
/// or it was stopped, before that could be told.
std::optional<bool> in_class_folders(const std::vector<std::string>& paths, const Looking& looking = {});

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
