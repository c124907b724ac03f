#include "study/baselines/tree_rows.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace gw {

namespace {

constexpr std::size_t most_of_texts = 1000;

}  // namespace

std::vector<std::int32_t> tree_features(const PlainData& data) {
    std::vector<std::int32_t> out(static_cast<std::size_t>(data.features));
    std::iota(out.begin(), out.end(), 0);
    if (!data.counts || out.size() <= most_of_texts) return out;
    std::vector<std::int64_t> rows_with(out.size(), 0);
    for (const auto& row : data.learnt.values)
        for (const PlainValue& v : row) ++rows_with[static_cast<std::size_t>(v.feature)];
    std::stable_sort(out.begin(), out.end(), [&](std::int32_t a, std::int32_t b) {
        return rows_with[static_cast<std::size_t>(a)] > rows_with[static_cast<std::size_t>(b)];
    });
    out.resize(most_of_texts);
    return out;
}

cv::Mat tree_rows(const PlainRows& rows, const std::vector<std::int32_t>& features) {
    std::int32_t known = 0;
    for (const std::int32_t feature : features) known = std::max(known, feature + 1);
    std::vector<int> column(static_cast<std::size_t>(known), -1);
    for (std::size_t at = 0; at < features.size(); ++at)
        column[static_cast<std::size_t>(features[at])] = static_cast<int>(at);
    cv::Mat out = cv::Mat::zeros(static_cast<int>(rows.size()), static_cast<int>(features.size()), CV_32F);
    for (int i = 0; i < out.rows; ++i)
        for (const PlainValue& v : rows.values[static_cast<std::size_t>(i)])
            if (v.feature < known && column[static_cast<std::size_t>(v.feature)] >= 0)
                out.at<float>(i, column[static_cast<std::size_t>(v.feature)]) = v.value;
    return out;
}

cv::Mat tree_classes(const PlainRows& rows) {
    cv::Mat out(static_cast<int>(rows.size()), 1, CV_32S);
    std::copy(rows.classes.begin(), rows.classes.end(), out.begin<int>());
    return out;
}

bool trees_fit(const PlainData& data) {
    constexpr std::size_t most_values = 80'000'000;
    const auto all = static_cast<std::size_t>(data.features);
    const std::size_t features = data.counts ? std::min(all, most_of_texts) : all;
    return (data.learnt.size() + data.judged.size()) * features <= most_values;
}

std::vector<std::int32_t> without_branches(const PlainData& data) {
    const std::vector<std::int32_t>& classes = data.learnt.classes;
    const bool alike = std::adjacent_find(classes.begin(), classes.end(), std::not_equal_to<>()) == classes.end();
    return alike || data.features == 0 ? majority_baseline().guess(data, {}) : std::vector<std::int32_t>();
}

}  // namespace gw
