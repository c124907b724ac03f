#include <algorithm>

#include "study/baselines/baseline.h"

namespace gw {

Baseline majority_baseline() {
    Baseline it;
    it.card = {.id = "majority",
               .title = GW_TEXT("Most frequent class"),
               .summary = GW_TEXT("Says the class that is most frequent where it learns, whatever the row holds."),
               .source = ""};
    it.guess = [](const PlainData& data, const BaselineWatch&) {
        std::vector<std::int64_t> counts(static_cast<std::size_t>(data.classes));
        for (const std::int32_t label : data.learnt.classes) ++counts[static_cast<std::size_t>(label)];
        const auto most = std::max_element(counts.begin(), counts.end()) - counts.begin();
        return std::vector<std::int32_t>(data.judged.size(), static_cast<std::int32_t>(most));
    };
    return it;
}

}  // namespace gw
