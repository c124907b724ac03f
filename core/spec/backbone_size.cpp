#include "spec/backbone_size.h"

#include "data/dataset.h"
#include "objective/objective.h"
#include "spec/layer_places.h"
#include "spec/wants_captions.h"

namespace gw {

ExpectedInput expected_input(const Json& spec) {
    const Json dataset = spec.value("dataset", Json::object()), tokenizer = spec.value("tokenizer", Json::object());
    ExpectedInput out;
    const DatasetKind* data = find_kind(datasets(), dataset.value("kind", ""));
    if (data) out.input = data->expects(dataset);
    if (out.input.is_one_thing()) {
        out.input_is_guess = !data->expects_exactly(dataset);
        if (!out.input.image || !wants_captions(spec)) return out;
    }
    const TokenizerKind* kind = find_kind(tokenizers(), tokenizer.value("kind", ""));
    if (kind && kind->check(tokenizer, "tokenizer").empty()) out.vocabulary = kind->expects(tokenizer);
    out.input.tokens = TokensInput{out.vocabulary.ids};
    return out;
}

Json settled_backbone(const Json& spec) {
    const Json section = spec.value("backbone", Json::object());
    const BackboneKind* kind = find_kind(backbones(), section.value("kind", ""));
    const ObjectiveKind* objective = find_kind(objectives(), spec.value("objective", Json::object()).value("kind", ""));
    return kind ? kind->settled(section, !objective || objective->causal) : section;
}

std::optional<BackboneSize> backbone_size(const Json& spec) {
    const Json section = spec.value("backbone", Json::object());
    const BackboneKind* kind = find_kind(backbones(), section.value("kind", ""));
    if (!kind || !kind->check(section, "backbone").empty()) return std::nullopt;
    return kind->size(settled_backbone(spec), expected_input(spec).input);
}

LayerPlace layer_place(const Json& backbone, const std::string& parameter) {
    const BackboneKind* kind = find_kind(backbones(), backbone.value("kind", ""));
    return kind ? kind->place(parameter) : place_by_block(parameter);
}

}  // namespace gw
