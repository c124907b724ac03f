#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gw {

/// What retention needs to know of one checkpoint.
struct RetentionEntry {
    std::string path;
    std::optional<double> validation_loss;
};

/// Index of the entry with the lowest finite validation loss (the newer of equals), or nothing.
std::optional<std::size_t> best_checkpoint(const std::vector<RetentionEntry>& oldest_first);

/// Paths that may go when the newest `keep_last` (at least one) and, if `keep_best`, the best one stay; oldest first.
std::vector<std::string> checkpoints_to_remove(const std::vector<RetentionEntry>& oldest_first, std::int64_t keep_last, bool keep_best);

}  // namespace gw
