#pragma once
#include <torch/types.h>

#include <string>

#include "data/examples.h"

namespace gw {

/// What is true of a labelled row: its class, its classes, one a word, or its number.
std::string truth_text(const Example& example, LabelKind kind, const std::vector<std::string>& classes);

/// What is said of one row (Measures::said of it): the likeliest class with its probability, the classes that are
/// likelier than not, one a word, or the number.
std::string said_text(const torch::Tensor& said, const LabelFacts& labels);

}  // namespace gw
