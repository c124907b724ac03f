#pragma once
#include <functional>

#include "util/files.h"

namespace gw {

/// Whether what stands at the place of a file may give way to the new one.
enum class Existing { replace, refuse };

/// For files that a person names: as write_file_atomic(), but nothing that the caller did not make is lost. With
/// Existing::refuse a file that is there and not empty is an error (Code::bad_spec). A folder is always one; a link is
/// followed; what is no file at all, such as /dev/stdout or a pipe that somebody reads from, is written into.
Status write_named_file(const fs::path& path, std::string_view bytes, Existing existing);
/// The same for what is written piece by piece: `write` is told where.
Status write_named_file(const fs::path& path, const std::function<Status(const fs::path&)>& write, Existing existing);

/// The error with which write_named_file() would refuse, told before any work is done.
Status may_write_file(const fs::path& path, Existing existing);

/// Refuses a place that a workspace keeps its own things in: its history, and what lies in its runs/, backups/ and
/// cache/ (Code::bad_spec).
Status not_of_a_workspace(const fs::path& place);

/// Where what is to stand at `place` is written until it is whole: beside it, under a name of its own.
fs::path aside_of(const fs::path& place);
/// Whether a file or folder is called as aside_of() does.
bool is_half_written(const fs::path& path);

/// The path without separators at its end, absolute.
fs::path absolute_path(const fs::path& path);

}  // namespace gw
