#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/field.h"

namespace gw {

/// What a labelled dataset says of its texts.
enum class LabelKind { none, one_class, class_set, number, word_classes };
const char* label_kind_name(LabelKind kind);  ///< "class", "set", "number", "word"; "none"
LabelKind label_kind_named(std::string_view name);

/// The metric that labels of this kind are judged by: best checkpoint, early stopping, comparison, pilots and slices go
/// by it. "loss" of none.
const char* main_metric(LabelKind kind);
/// All metrics that are reported of labels of this kind, the loss among them; what they are and which way they are
/// better says schema/metric.h.
std::vector<std::string> task_metric_names(LabelKind kind);

/// What is said of one text.
struct Label {
    std::vector<std::string> classes;  ///< its class; its set of classes (may be empty); one a word
    double value = 0;                  ///< of LabelKind::number
    std::vector<std::string> words;    ///< of LabelKind::word_classes: the text is these, joined by spaces
    std::vector<std::pair<std::string, std::string>> columns;  ///< the other cells of its row, name and content
};

/// Classes as a person reads them: "cat", "cat, dog" of a set, "O B-PER" of words; `none` where there is none.
std::string class_text(const std::vector<std::string>& classes, LabelKind kind, const char* none = "");
/// The same of numbers of classes.
std::string class_text(const std::vector<std::int32_t>& numbers, const std::vector<std::string>& classes,
                       LabelKind kind, const char* none = "");

/// What an objective needs to know of the labels of a dataset; kept in checkpoints, so that a head keeps its meaning.
struct LabelFacts {
    LabelKind kind = LabelKind::none;
    std::vector<std::string> classes;  ///< in the order of the head's outputs
    std::vector<std::int64_t> counts;  ///< of each class in the training part
    std::int64_t examples = 0;         ///< in the training part
    double mean = 0, deviation = 1;    ///< of numbers, in the training part
    bool operator==(const LabelFacts&) const = default;
};
Json to_json(const LabelFacts& facts);
LabelFacts label_facts_of(const Json& json);

}  // namespace gw
