#pragma once
#include <string>
#include <utility>
#include <vector>

namespace gw {

/// What a model with a labelled objective says of one row.
struct Told {
    std::string text;  ///< of a text that was judged
    std::vector<std::pair<std::string, double>>
        classes;       ///< with probabilities, the likeliest first; of a set all of them
    double value = 0;  ///< of LabelKind::number
    std::vector<std::pair<std::string, std::string>> words;  ///< of LabelKind::word_classes: word and class
};

}  // namespace gw
