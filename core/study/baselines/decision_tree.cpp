#include <opencv2/ml.hpp>

#include "study/baselines/tree_rows.h"

namespace gw {

namespace {

/// What a tree says of the judged rows; empty where it was stopped.
cv::Mat by_tree(const PlainData& data, const BaselineWatch& watch) {
    watch.at(0);
    const auto features = tree_features(data);
    const auto tree = cv::ml::DTrees::create();
    tree->setMaxDepth(deepest_tree);
    tree->setMinSampleCount(2);
    tree->setCVFolds(0);  // no pruning
    tree->setUseSurrogates(false);
    if (data.of_numbers) tree->setRegressionAccuracy(0);  // until nothing is left to part
    tree->train(cv::ml::TrainData::create(tree_rows(data.learnt, features), cv::ml::ROW_SAMPLE,
                                          tree_answers(data.learnt, data.of_numbers)));
    if (watch.stop.stop_requested()) return {};
    cv::Mat said;
    tree->predict(tree_rows(data.judged, features), said);
    return said;
}

}  // namespace

Baseline decision_tree_baseline() {
    Baseline it;
    it.card = {
        .id = "decision_tree",
        .title = GW_TEXT("Decision tree"),
        .summary = GW_TEXT("Asks for one value after another, each time the one that parts the learnt rows best."),
        .source = "Breiman et al. 1984, \"Classification and Regression Trees\""};
    it.fits = trees_fit;
    it.guess = [](const PlainData& data, const BaselineWatch& watch) -> std::vector<std::int32_t> {
        if (auto said = without_branches(data); !said.empty()) return said;
        const cv::Mat said = by_tree(data, watch);
        return {said.begin<float>(), said.end<float>()};
    };
    it.guess_number = [](const PlainData& data, const BaselineWatch& watch) -> std::vector<double> {
        if (auto said = numbers_without_branches(data); !said.empty()) return said;
        const cv::Mat said = by_tree(data, watch);
        return {said.begin<float>(), said.end<float>()};
    };
    return it;
}

}  // namespace gw
