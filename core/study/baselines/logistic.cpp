#include "study/baselines/linear_fit.h"

namespace gw {

Baseline logistic_baseline() {
    Baseline it;
    it.card = {.id = "logistic",
               .title = GW_TEXT("Logistic regression"),
               .summary = GW_TEXT("A weighted sum of what a row holds for each class, by the logistic loss."),
               .source = "Fan et al. 2008, JMLR 9, \"LIBLINEAR\""};
    it.guess = [](const PlainData& data, const BaselineWatch& watch) {
        return by_linear_fit(data, LinearLoss::logistic, data.counts ? 10 : 1, watch);
    };
    return it;
}

}  // namespace gw
