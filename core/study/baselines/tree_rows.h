#pragma once
#include <opencv2/core/mat.hpp>

#include "study/baselines/baseline.h"

namespace gw {

/// The features that trees are grown on: all of pictures; of texts the 1,000 that stand in most learnt rows, since a
/// tree asks for every one of them at every branch.
std::vector<std::int32_t> tree_features(const PlainData& data);

/// Rows as OpenCV takes them: [rows, features] float32, the features in the order given.
cv::Mat tree_rows(const PlainRows& rows, const std::vector<std::int32_t>& features);

/// Their classes, [rows, 1] int32, or their numbers, float32: by what is learnt OpenCV tells which of both it is.
cv::Mat tree_answers(const PlainRows& rows, bool of_numbers);

/// Whether trees are grown on such data: up to 80 million values in all rows, which is a minute's work that cannot be
/// stopped, and 320 MB.
bool trees_fit(const PlainData& data);

/// What a tree says of each judged row where there is nothing to ask for: one class alone, or no value of any row.
/// Nothing where a tree can be grown. OpenCV takes neither.
std::vector<std::int32_t> without_branches(const PlainData& data);
/// The same of numbers.
std::vector<double> numbers_without_branches(const PlainData& data);

/// OpenCV grows no deeper trees (cv::ml::DTrees::setMaxDepth).
inline constexpr int deepest_tree = 25;

}  // namespace gw
