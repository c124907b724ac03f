#include <algorithm>
#include <cmath>

#include "study/baselines/baseline.h"

namespace gw {

namespace {

std::vector<std::int32_t> by_naive_bayes(const PlainData& data, const BaselineWatch& watch) {
    const auto classes = static_cast<std::size_t>(data.classes), features = static_cast<std::size_t>(data.features);
    // Laplace: everything was seen once more than it was.
    std::vector<double> weight(classes * features, 1.0), total(classes, static_cast<double>(features));
    std::vector<double> prior(classes, 0.0);
    for (std::size_t row = 0; row < data.learnt.size(); ++row) {
        const auto label = static_cast<std::size_t>(data.learnt.classes[row]);
        prior[label] += 1;
        for (const PlainValue& v : data.learnt.values[row]) {
            weight[label * features + static_cast<std::size_t>(v.feature)] += v.value;
            total[label] += v.value;
        }
    }
    for (std::size_t label = 0; label < classes; ++label) {
        for (std::size_t f = 0; f < features; ++f)
            weight[label * features + f] = std::log(weight[label * features + f] / total[label]);
        prior[label] = std::log(prior[label] / static_cast<double>(data.learnt.size()));  // -inf of a class never seen
    }
    std::vector<std::int32_t> out;
    for (const auto& row : data.judged.values) {
        if (watch.stop.stop_requested()) return {};
        std::vector<double> score = prior;
        for (const PlainValue& v : row)
            for (std::size_t label = 0; label < classes; ++label)
                score[label] += v.value * weight[label * features + static_cast<std::size_t>(v.feature)];
        out.push_back(static_cast<std::int32_t>(std::max_element(score.begin(), score.end()) - score.begin()));
    }
    return out;
}

}  // namespace

Baseline naive_bayes_baseline() {
    Baseline it;
    it.card = {.id = "naive_bayes",
               .title = GW_TEXT("Naive Bayes"),
               .summary = GW_TEXT("Counts how often each token, and each pair of neighbours, stands in each class."),
               .source = "Manning, Raghavan and Schütze 2008, \"Introduction to Information Retrieval\", 13.2"};
    it.fits = [](const PlainData& data) { return data.counts; };
    it.guess = by_naive_bayes;
    return it;
}

}  // namespace gw
