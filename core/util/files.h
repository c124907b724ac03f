#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "util/mapped_file.h"
#include "util/result.h"

namespace gw {

namespace fs = std::filesystem;

/// Whether what is no file may be read: a pipe may never end or never begin, and a device has no size. Only what a
/// person names for this very reading may be one, and no more than most_named_bytes of it.
enum class Pipes { refuse, read };
inline constexpr std::size_t most_named_bytes = std::size_t{256} << 20;
/// The whole file as bytes. Errors name the path and say whether it is missing, a folder, no file or unreadable.
Result<std::string> read_file(const fs::path& path, Pipes pipes = Pipes::refuse);
/// All of standard input, up to most_named_bytes. Error where it is closed, a folder or larger: that is no empty text.
Result<std::string> read_standard_input();

/// Writes beside `path`, syncs, and renames over it, so that a reader sees the old file or the new one, never half.
Status write_file_atomic(const fs::path& path, std::string_view bytes);

/// Renames a file or a folder over what is at `to`, as rename(2) does; sync_folder() makes it last.
Status rename_path(const fs::path& from, const fs::path& to);

/// Removes a file or a link; that nothing is there is no error.
Status remove_file(const fs::path& path);

/// Removes a file, or a folder with all that is in it; links are removed and not followed. That nothing is there is no
/// error. What can be removed is, and the error names the first that could not.
Status remove_tree(const fs::path& path);

/// Makes a folder and its parents so that they last; an error names the first that could not be made.
Status make_folder(const fs::path& path);

/// Flushes a folder's entries (after a rename) to the disk.
Status sync_folder(const fs::path& path);

/// Flushes one file's content to the disk.
Status sync_file(const fs::path& path);

/// Bytes free for this user on the file system that holds `path` (its nearest existing parent).
std::uint64_t free_bytes(const fs::path& path);

/// Bytes used by all files below `path`.
std::uint64_t folder_bytes(const fs::path& path);

/// XDG data folder of this program (`$XDG_DATA_HOME/groundwork`, else `~/.local/share/groundwork`).
fs::path user_data_folder();

/// Folder of the running program's resources: beside the build or below the installed prefix.
fs::path resource_folder();

/// Folder that holds the running executable.
fs::path program_folder();

}  // namespace gw
