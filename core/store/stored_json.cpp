#include "store/stored_json.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "schema/parse_json.h"

namespace gw {

namespace {

enum class Shape { number, text, flag, object, list, number_or_null };

struct Known {
    const char* path;
    Shape shape;
};

bool fits(const Json& value, Shape shape) {
    switch (shape) {
        case Shape::number:
            return value.is_number();
        case Shape::text:
            return value.is_string();
        case Shape::flag:
            return value.is_boolean();
        case Shape::object:
            return value.is_object();
        case Shape::list:
            return value.is_array();
        case Shape::number_or_null:
            return value.is_number() || value.is_null();
    }
    return false;
}

// What is read of a frozen spec outside of the readers that are made of the sheets.
constexpr Known of_spec[] = {
    {"training.budget", Shape::number},
    {"training.budget_unit", Shape::text},
    {"training.micro_batch", Shape::number},
    {"training.accumulation", Shape::number},
    {"training.seed", Shape::number},
    {"training.device", Shape::text},
    {"training.precision", Shape::text},
    {"training.threads", Shape::number},
    {"start.path", Shape::text},
    {"start.train", Shape::text},
    {"start.fresh", Shape::flag},
    {"evaluation.every", Shape::number},
    {"evaluation.tokens", Shape::number},
    {"saving.every", Shape::number},
    {"saving.keep_last", Shape::number},
    {"sampling.every", Shape::number},
    {"sampling.tokens", Shape::number},
    {"monitoring.alerts", Shape::flag},
    {"monitoring.layers_every", Shape::number},
    {"backbone.context", Shape::number},
    {"optimizer.lr", Shape::number},
    {"sequence.beside", Shape::list},
};

constexpr Known of_facts[] = {
    {"parameters", Shape::number},
    {"backbone_parameters", Shape::number},
    {"trainable_parameters", Shape::number},
    {"vocabulary", Shape::number},
    {"total_steps", Shape::number},
    {"tokens_per_step", Shape::number},
    {"steps_per_epoch", Shape::number},
    {"train_tokens", Shape::number},
    {"validation_tokens", Shape::number},
    {"validation_bytes", Shape::number},
    {"device", Shape::text},
    {"precision", Shape::text},
    {"dataset_hash", Shape::text},
    {"tokenizer_hash", Shape::text},
    {"libtorch_version", Shape::text},
    {"program_version", Shape::text},
    {"threads", Shape::number},
    {"floor_nats_per_byte", Shape::number_or_null},
    {"floor_loss", Shape::number_or_null},
    {"input", Shape::object},
    {"flops_per_token", Shape::number},
    {"clip", Shape::number},
    {"tokens_before", Shape::number},
    {"train_examples", Shape::number},
    {"validation_examples", Shape::number},
    {"test_examples", Shape::number},
    {"classes", Shape::list},
    {"main_metric", Shape::text},
    {"unit", Shape::text},
    {"language_model", Shape::flag},
};

}  // namespace

std::optional<Json> stored_object(const std::string& text) {
    Json json = json_or_null(text);
    return json.is_object() ? std::optional(std::move(json)) : std::nullopt;
}

bool is_sound_spec(const Json& spec) {
    if (!spec.is_object()) return false;
    // Every member is a section, but for the number of the schema.
    for (const auto& [name, section] : spec.items()) {
        if (name == "schema" && section.is_number()) continue;
        if (!section.is_object()) return false;
        if (const auto kind = section.find("kind"); kind != section.end() && !kind->is_string()) return false;
    }
    return std::all_of(std::begin(of_spec), std::end(of_spec), [&](const Known& known) {
        const std::string_view path = known.path;
        const auto section = spec.find(path.substr(0, path.find('.')));
        if (section == spec.end()) return true;
        const auto value = section->find(path.substr(path.find('.') + 1));
        return value == section->end() || fits(*value, known.shape);
    });
}

Json sound_facts(Json facts) {
    if (!facts.is_object()) return Json::object();
    for (const Known& known : of_facts)
        if (const auto fact = facts.find(known.path); fact != facts.end() && !fits(*fact, known.shape))
            facts.erase(fact);
    if (const auto classes = facts.find("classes"); classes != facts.end())
        if (!std::all_of(classes->begin(), classes->end(), [](const Json& one) { return one.is_string(); }))
            facts.erase("classes");
    return facts;
}

}  // namespace gw
