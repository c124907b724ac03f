#include "study/baselines/baseline.h"

namespace gw {

std::span<const Baseline> baselines() {
    static const std::vector<Baseline> all{
        majority_baseline(),          mean_baseline(),     naive_bayes_baseline(), nearest_baseline(),
        linear_regression_baseline(), logistic_baseline(), linear_svm_baseline(),  decision_tree_baseline(),
        random_forest_baseline()};
    return all;
}

}  // namespace gw
