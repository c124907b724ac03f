#include "study/baselines/linear_fit.h"

namespace gw {

Baseline linear_svm_baseline() {
    Baseline it;
    it.card = {.id = "linear_svm",
               .title = GW_TEXT("Linear SVM"),
               .summary = GW_TEXT("A weighted sum of what a row holds for each class, by the squared hinge loss."),
               .source = "Fan et al. 2008, JMLR 9, \"LIBLINEAR\""};
    it.guess = [](const PlainData& data, const BaselineWatch& watch) {
        return by_linear_fit(data, LinearLoss::squared_hinge, data.counts ? 1 : 0.1, watch);
    };
    return it;
}

}  // namespace gw
