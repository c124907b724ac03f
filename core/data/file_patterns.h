#pragma once
#include <fnmatch.h>

#include <string>
#include <vector>

namespace gw {

/// Whether a pattern such as *valid* or held-out/* fits a file's name, or its path below the folder that holds all
/// files.
inline bool matches_file(const std::vector<std::string>& patterns, const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    for (const std::string& pattern : patterns)
        if (::fnmatch(pattern.c_str(), path.c_str(), 0) == 0 || ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0)
            return true;
    return false;
}

}  // namespace gw
