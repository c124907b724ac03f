#include <numeric>

#include "study/baselines/baseline.h"

namespace gw {

Baseline mean_baseline() {
    Baseline it;
    it.card = {.id = "mean",
               .title = GW_TEXT("Mean"),
               .summary = GW_TEXT("Says the mean of the learnt numbers, whatever the row holds."),
               .source = ""};
    it.guess_number = [](const PlainData& data, const BaselineWatch&) {
        const std::vector<double>& learnt = data.learnt.numbers;
        const double mean = std::accumulate(learnt.begin(), learnt.end(), 0.0) / static_cast<double>(learnt.size());
        return std::vector<double>(data.judged.size(), mean);
    };
    return it;
}

}  // namespace gw
