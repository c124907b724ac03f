#pragma once
#include <torch/types.h>

#include <string>

#include "data/examples.h"

namespace gw {

/// What is true of a labelled row: its class, its classes, one a word, or its number.
std::string truth_text(const Example& example, LabelKind kind, const std::vector<std::string>& classes);

/// What is said of one row (Measures::said of it): the likeliest class, the classes that are likelier than not, one a
/// word, or the number.
std::string guess_text(const torch::Tensor& said, const LabelFacts& labels);

/// The same, the likeliest class with its probability: "cat (93 %)".
std::string said_text(const torch::Tensor& said, const LabelFacts& labels);

/// Whether what is said of a row is not what is true of it; of words those that were read. Of numbers there is no right
/// and wrong.
bool is_wrong(const torch::Tensor& said, const Example& example, LabelKind kind);

}  // namespace gw
