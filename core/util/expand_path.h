#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "util/result.h"

namespace gw {

namespace fs = std::filesystem;

/// Files named by `pattern`: a file, a folder (walked) or a glob with `*`, `?`, `[..]`; sorted, no duplicates. Links to
/// folders are followed, but no folder is walked twice, so that one that leads back to itself ends. What lies in a
/// folder and is no file (a pipe, a socket, a device, a link to nowhere) goes to `passed_over`; named itself it is an
/// error.
Result<std::vector<fs::path>> expand_path(const std::string& pattern, std::vector<fs::path>* passed_over = nullptr);

}  // namespace gw
