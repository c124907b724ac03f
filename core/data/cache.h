#pragma once
#include <chrono>

#include "data/prepare.h"

namespace gw {

/// The folder of tokenizers and token shards that runs share. Entries are named by the hash of all that made them,
/// appear whole or not at all, and may be made by several programs at once: whoever is second takes what the first has
/// made.
class DataCache {
  public:
    explicit DataCache(fs::path root) : root_(std::move(root)) {}

    Result<std::unique_ptr<Tokenizer>> find_tokenizer(const std::string& key) const;  ///< null when there is none
    Status add_tokenizer(const std::string& key, const Tokenizer& tokenizer) const;

    fs::path tokens(const std::string& key) const { return root_ / "tokens" / key; }
    /// A new empty folder beside the entry to be.
    Result<fs::path> begin_tokens(const std::string& key) const;
    /// Puts a finished folder in place; when another program was quicker its entry stays and this one goes.
    Status commit_tokens(const fs::path& building, const std::string& key) const;

    /// An entry was opened: what is used stays longest.
    void note_use(const std::string& key) const;
    /// Drops entries that were not used for an hour or more, the longest unused first, until so much is free. They are
    /// made again when they are needed. What nobody has used for 90 days goes whenever a new entry is begun.
    void make_room(std::uint64_t bytes) const;

  private:
    /// Drops what is unused for so long: all of it, or (`wanted` > 0) until so much is free.
    void drop_unused(std::chrono::hours unused_for, std::uint64_t wanted) const;
    fs::path root_;
};

/// Deletes a folder at the end of its life unless told to keep it.
class FolderGuard {
  public:
    explicit FolderGuard(fs::path folder) : folder_(std::move(folder)) {}
    FolderGuard(const FolderGuard&) = delete;
    FolderGuard& operator=(const FolderGuard&) = delete;
    ~FolderGuard() {
        std::error_code ignored;
        if (!folder_.empty()) fs::remove_all(folder_, ignored);
    }
    void keep() { folder_.clear(); }

  private:
    fs::path folder_;
};

}  // namespace gw
