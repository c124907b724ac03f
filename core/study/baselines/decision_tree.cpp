#include <opencv2/ml.hpp>

#include "study/baselines/tree_rows.h"

namespace gw {

namespace {

std::vector<std::int32_t> by_tree(const PlainData& data, const BaselineWatch& watch) {
    watch.at(0);
    if (auto said = without_branches(data); !said.empty()) return said;
    const auto features = tree_features(data);
    const auto tree = cv::ml::DTrees::create();
    tree->setMaxDepth(deepest_tree);
    tree->setMinSampleCount(2);
    tree->setCVFolds(0);  // no pruning
    tree->setUseSurrogates(false);
    tree->train(
        cv::ml::TrainData::create(tree_rows(data.learnt, features), cv::ml::ROW_SAMPLE, tree_classes(data.learnt)));
    if (watch.stop.stop_requested()) return {};
    cv::Mat said;
    tree->predict(tree_rows(data.judged, features), said);
    return {said.begin<float>(), said.end<float>()};
}

}  // namespace

Baseline decision_tree_baseline() {
    Baseline it;
    it.card = {.id = "decision_tree",
               .title = GW_TEXT("Decision tree"),
               .summary = GW_TEXT("Asks for one value after another, each time the one that parts the classes best."),
               .source = "Breiman et al. 1984, \"Classification and Regression Trees\""};
    it.fits = trees_fit;
    it.guess = by_tree;
    return it;
}

}  // namespace gw
