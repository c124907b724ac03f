#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <utility>

namespace gw {

/// Tells files apart that lie one after the other at the same path, on whichever disk: device and number on it.
using FileNumber = std::pair<std::uint64_t, std::uint64_t>;

/// Of what a path leads to; {0, 0} where there is nothing.
inline FileNumber file_number(const std::filesystem::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? FileNumber{info.st_dev, info.st_ino} : FileNumber{};
}

}  // namespace gw
