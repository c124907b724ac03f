#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace gw {

/// What retention needs to know of one checkpoint.
struct RetentionEntry {
    std::string path;
    bool kept = false;  ///< stays whatever its age: the best one
};

/// Paths that may go when the newest `keep_last` (at least one) and those marked as kept stay; oldest first.
std::vector<std::string> checkpoints_to_remove(const std::vector<RetentionEntry>& oldest_first, std::int64_t keep_last);

}  // namespace gw
