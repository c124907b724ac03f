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

cv::Mat tree_answers(const PlainRows& rows, bool of_numbers) {
    cv::Mat out(static_cast<int>(rows.size()), 1, of_numbers ? CV_32F : CV_32S);
    if (of_numbers)
        std::transform(rows.numbers.begin(), rows.numbers.end(), out.begin<float>(),
                       [](double number) { return static_cast<float>(number); });
    else
        std::copy(rows.classes.begin(), rows.classes.end(), out.begin<int>());
    return out;
}

bool trees_fit(const PlainData& data) {
    constexpr std::size_t most_values = 80'000'000;
    const auto all = static_cast<std::size_t>(data.features);
    const std::size_t features = data.counts ? std::min(all, most_of_texts) : all;
    return (data.learnt.size() + data.judged.size()) * features <= most_values;
}

namespace {

template <class Answer>
bool has_branches(const PlainData& data, const std::vector<Answer>& answers) {
    return data.features > 0 &&
           std::adjacent_find(answers.begin(), answers.end(), std::not_equal_to<>()) != answers.end();
}

}  // namespace

std::vector<std::int32_t> without_branches(const PlainData& data) {
    return has_branches(data, data.learnt.classes) ? std::vector<std::int32_t>() : majority_baseline().guess(data, {});
}

std::vector<double> numbers_without_branches(const PlainData& data) {
    return has_branches(data, data.learnt.numbers) ? std::vector<double>() : mean_baseline().guess_number(data, {});
}

}  // namespace gw
