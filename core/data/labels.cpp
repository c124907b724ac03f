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

}  // namespace gw
