#include "data/labels.h"

#include <array>

namespace gw {

namespace {
constexpr std::array names{std::pair{LabelKind::none, "none"}, std::pair{LabelKind::one_class, "class"},
                           std::pair{LabelKind::class_set, "set"}, std::pair{LabelKind::number, "number"},
                           std::pair{LabelKind::word_classes, "word"}};
}

const char* label_kind_name(LabelKind kind) {
    for (const auto& [known, name] : names)
        if (known == kind) return name;
    return "none";
}

LabelKind label_kind_named(std::string_view name) {
    for (const auto& [kind, known] : names)
        if (name == known) return kind;
    return LabelKind::none;
}

const char* main_metric(LabelKind kind) {
    switch (kind) {
        case LabelKind::one_class:
        case LabelKind::word_classes:
            return "accuracy";
        case LabelKind::class_set:
            return "f1_macro";
        case LabelKind::number:
            return "rmse";
        default:
            return "loss";
    }
}

std::vector<std::string> task_metric_names(LabelKind kind) {
    switch (kind) {
        case LabelKind::one_class:
        case LabelKind::word_classes:
            return {"loss",
                    "accuracy",
                    "balanced_accuracy",
                    "precision_macro",
                    "recall_macro",
                    "f1_macro",
                    "precision_weighted",
                    "recall_weighted",
                    "f1_weighted",
                    "precision_macro_all",
                    "recall_macro_all",
                    "f1_macro_all",
                    "f1_micro",
                    "roc_auc",
                    "average_precision",
                    "calibration_error",
                    "majority_baseline",
                    "milliseconds_per_item"};
        case LabelKind::class_set:
            return {"loss",
                    "accuracy",
                    "precision_macro",
                    "recall_macro",
                    "f1_macro",
                    "precision_weighted",
                    "recall_weighted",
                    "f1_weighted",
                    "precision_macro_all",
                    "recall_macro_all",
                    "f1_macro_all",
                    "precision_micro",
                    "recall_micro",
                    "f1_micro",
                    "roc_auc",
                    "average_precision",
                    "hamming_loss",
                    "milliseconds_per_item"};
        case LabelKind::number:
            return {"loss", "rmse", "mae", "r2", "mape", "milliseconds_per_item"};
        default:
            return {"loss"};
    }
}

Json to_json(const LabelFacts& facts) {
    return {{"kind", label_kind_name(facts.kind)}, {"classes", facts.classes}, {"counts", facts.counts},
            {"examples", facts.examples},          {"mean", facts.mean},       {"deviation", facts.deviation}};
}

LabelFacts label_facts_of(const Json& json) {
    if (!json.is_object()) return {};
    return {label_kind_named(json.value("kind", "none")),
            json.value("classes", std::vector<std::string>()),
            json.value("counts", std::vector<std::int64_t>()),
            json.value("examples", std::int64_t{0}),
            json.value("mean", 0.0),
            json.value("deviation", 1.0)};
}

std::string class_text(const std::vector<std::string>& classes, LabelKind kind, const char* none) {
    if (classes.empty()) return none;
    std::string out;
    for (const std::string& name : classes)
        out += (out.empty() ? "" : kind == LabelKind::word_classes ? " " : ", ") + name;
    return out;
}

std::string class_text(const std::vector<std::int32_t>& numbers, const std::vector<std::string>& classes,
                       LabelKind kind, const char* none) {
    std::vector<std::string> names;
    for (const std::int32_t number : numbers) names.push_back(classes[static_cast<std::size_t>(number)]);
    return class_text(names, kind, none);
}

}  // namespace gw
