#include <algorithm>
#include <functional>
#include <opencv2/ml.hpp>

#include "study/baselines/tree_rows.h"

namespace gw {

namespace {

constexpr int trees = 100, trees_at_once = 10;

/// Grows the trees a few at a time, since OpenCV can neither be asked how far it is nor be stopped, and shows each lot
/// with the judged rows. False where it was stopped.
bool grow(const PlainData& data, const BaselineWatch& watch,
          const std::function<void(const cv::ml::RTrees& some, const cv::Mat& judged)>& show) {
    const auto features = tree_features(data);
    const auto learnt = cv::ml::TrainData::create(tree_rows(data.learnt, features), cv::ml::ROW_SAMPLE,
                                                  tree_answers(data.learnt, data.of_numbers));
    const cv::Mat judged = tree_rows(data.judged, features);
    cv::setRNGSeed(1);  // of this thread: draws the rows and the features of all trees
    for (int grown = 0; grown < trees; grown += trees_at_once) {
        if (watch.stop.stop_requested()) return false;
        watch.at(static_cast<double>(grown) / trees);
        const auto forest = cv::ml::RTrees::create();
        forest->setMaxDepth(deepest_tree);
        forest->setMinSampleCount(2);
        if (data.of_numbers) forest->setRegressionAccuracy(0);  // until nothing is left to part
        forest->setActiveVarCount(0);                           // the square root of their number, at each branch
        forest->setTermCriteria({cv::TermCriteria::MAX_ITER, trees_at_once, 0});
        forest->train(learnt);
        show(*forest, judged);
    }
    return true;
}

std::vector<std::int32_t> by_votes(const PlainData& data, const BaselineWatch& watch) {
    if (auto said = without_branches(data); !said.empty()) return said;
    cv::Mat votes = cv::Mat::zeros(static_cast<int>(data.judged.size()), data.classes, CV_32S);
    const bool whole = grow(data, watch, [&](const cv::ml::RTrees& some, const cv::Mat& judged) {
        cv::Mat said;  // the classes, and below them the votes of each row for them
        some.getVotes(judged, said, 0);
        for (int row = 0; row < votes.rows; ++row)
            for (int column = 0; column < said.cols; ++column)
                votes.at<int>(row, said.at<int>(0, column)) += said.at<int>(row + 1, column);
    });
    if (!whole) return {};
    std::vector<std::int32_t> out;
    for (int row = 0; row < votes.rows; ++row) {
        const int* first = votes.ptr<int>(row);
        out.push_back(static_cast<std::int32_t>(std::max_element(first, first + data.classes) - first));
    }
    return out;
}

std::vector<double> by_mean(const PlainData& data, const BaselineWatch& watch) {
    if (auto said = numbers_without_branches(data); !said.empty()) return said;
    std::vector<double> out(data.judged.size(), 0.0);
    const bool whole = grow(data, watch, [&](const cv::ml::RTrees& some, const cv::Mat& judged) {
        cv::Mat said;  // the mean of these trees
        some.predict(judged, said);
        constexpr double share = static_cast<double>(trees_at_once) / trees;
        for (std::size_t row = 0; row < out.size(); ++row) out[row] += share * said.at<float>(static_cast<int>(row));
    });
    return whole ? out : std::vector<double>();
}

}  // namespace

Baseline random_forest_baseline() {
    Baseline it;
    it.card = {.id = "random_forest",
               .title = GW_TEXT("Random forest"),
               .summary = GW_TEXT(
                   "The majority or the mean of 100 decision trees, each of which learns from rows drawn at random "
                   "and asks for a few values at each branch."),
               .source = "Breiman 2001, doi:10.1023/A:1010933404324"};
    it.fits = trees_fit;
    it.guess = by_votes;
    it.guess_number = by_mean;
    return it;
}

}  // namespace gw
