#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "schema/kind.h"
#include "util/phrase.h"

namespace gw {

/// One value of a row that is not 0.
struct PlainValue {
    std::int32_t feature = 0;  ///< from 0
    float value = 0;
};

/// Labelled rows as methods without layers see them: a vector each, of which most values are 0.
struct PlainRows {
    std::vector<std::vector<PlainValue>> values;  ///< of each row, by rising feature
    std::vector<std::int32_t> classes;            ///< of each row; of PlainData::of_numbers empty
    std::vector<double> numbers = {};             ///< of each row, where they are what is learnt
    std::size_t size() const { return values.size(); }
};

/// What is learnt from, and what is judged. A feature that no learnt row has stands in no judged row either.
struct PlainData {
    PlainRows learnt, judged;
    std::int32_t features = 0, classes = 0;
    bool of_numbers = false;  ///< a number of each row is learnt, and no class
    bool counts = false;  ///< values are how often something stands in a text; else those of learnt rows lie in 0..1
    bool bytes = false;   ///< values are those of pictures: whole numbers from 0 to 255, divided by 255
};

/// What a method's work is watched by. `progress` gets the share that is done; may be empty.
struct BaselineWatch {
    std::function<void(double)> progress;
    std::stop_token stop;
    void at(double share) const {
        if (progress) progress(share);
    }
};

/// A classic method, against which a network's figure is held: learns the one part, and says the class or the number of
/// each row of the other. An empty answer where it was stopped.
struct Baseline {
    Card card;
    std::function<bool(const PlainData&)> fits = [](const PlainData&) { return true; };
    std::function<std::vector<std::int32_t>(const PlainData&, const BaselineWatch&)> guess = {};  ///< unset: no classes
    std::function<std::vector<double>(const PlainData&, const BaselineWatch&)> guess_number = {};  ///< likewise
    /// Whether it has something to say of such data.
    bool suits(const PlainData& data) const {
        return (data.of_numbers ? static_cast<bool>(guess_number) : static_cast<bool>(guess)) && fits(data);
    }
};

/// All of them, the simplest first.
std::span<const Baseline> baselines();

Baseline majority_baseline();
Baseline mean_baseline();
Baseline naive_bayes_baseline();
Baseline nearest_baseline();
Baseline decision_tree_baseline();
Baseline random_forest_baseline();
Baseline linear_regression_baseline();
Baseline logistic_baseline();
Baseline linear_svm_baseline();

}  // namespace gw
