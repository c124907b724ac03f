#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace gw {

namespace fs = std::filesystem;

/// The whole file as bytes. Errors name the path and say whether it is missing, a folder or unreadable.
Result<std::string> read_file(const fs::path& path);

/// Writes beside `path`, syncs, and renames over it, so that a reader sees the old file or the new one, never half.
Status write_file_atomic(const fs::path& path, std::string_view bytes);

/// Makes a folder and its parents; an error names the first that could not be made.
Status make_folder(const fs::path& path);

/// Flushes a folder's entries (after a rename) to the disk.
Status sync_folder(const fs::path& path);

/// Flushes one file's content to the disk.
Status sync_file(const fs::path& path);

/// Bytes free for this user on the file system that holds `path` (its nearest existing parent).
std::uint64_t free_bytes(const fs::path& path);

/// Bytes used by all files below `path`.
std::uint64_t folder_bytes(const fs::path& path);

/// Files named by `pattern`: a file, a folder (walked, sorted by path) or a glob with `*`, `?`, `[..]`; sorted, no
/// duplicates.
Result<std::vector<fs::path>> expand_path(const std::string& pattern);

/// Read-only memory map of a whole file; an empty file maps to an empty span.
class MappedFile {
  public:
    static Result<MappedFile> open(const fs::path& path);
    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();
    std::span<const std::byte> bytes() const { return {data_, size_}; }
    std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }

  private:
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

/// XDG data folder of this program (`$XDG_DATA_HOME/groundwork`, else `~/.local/share/groundwork`).
fs::path user_data_folder();

/// Folder of the running program's resources: beside the build or below the installed prefix.
fs::path resource_folder();

/// Folder that holds the running executable.
fs::path program_folder();

}  // namespace gw
