#include "artifact/retention.h"

#include <algorithm>
#include <cmath>

namespace gw {

std::optional<std::size_t> best_checkpoint(const std::vector<RetentionEntry>& oldest_first) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < oldest_first.size(); ++i) {
        const auto& loss = oldest_first[i].validation_loss;
        if (loss && std::isfinite(*loss) && (!best || *loss <= *oldest_first[*best].validation_loss)) best = i;
    }
    return best;
}

std::vector<std::string> checkpoints_to_remove(const std::vector<RetentionEntry>& oldest_first, std::int64_t keep_last, bool keep_best) {
    const auto kept = static_cast<std::size_t>(std::max<std::int64_t>(keep_last, 1));
    const auto best = keep_best ? best_checkpoint(oldest_first) : std::nullopt;
    std::vector<std::string> out;
    for (std::size_t i = 0; i + kept < oldest_first.size(); ++i)
        if (i != best) out.push_back(oldest_first[i].path);
    return out;
}

}  // namespace gw
