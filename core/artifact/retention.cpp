#include "artifact/retention.h"

#include <algorithm>

namespace gw {

std::vector<std::string> checkpoints_to_remove(const std::vector<RetentionEntry>& oldest_first,
                                               std::int64_t keep_last) {
    const auto newest = static_cast<std::size_t>(std::max<std::int64_t>(keep_last, 1));
    std::vector<std::string> out;
    for (std::size_t i = 0; i + newest < oldest_first.size(); ++i)
        if (!oldest_first[i].kept) out.push_back(oldest_first[i].path);
    return out;
}

}  // namespace gw
