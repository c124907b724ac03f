#pragma once
#include <optional>
#include <string>

#include "schema/field.h"

namespace gw {

/// JSON that came out of a database or a file which any hand may have written: nothing where it does not parse, is no
/// object, or is nested deeper than any of ours. Never throws.
std::optional<Json> stored_object(const std::string& text);

/// Whether what readers of a spec take for granted holds: sections are objects, what is read of them without asking has
/// its type. Settings that are missing are fine, as specs of earlier versions have fewer.
bool is_sound_spec(const Json& spec);

/// Takes out of a run's facts what has another type than it is written with, so that readers find it missing.
Json sound_facts(Json facts);

/// A member of an object by its path ("training.budget"), or `otherwise` where it is missing or of another type. Never
/// throws, whatever `json` is.
template <class Value>
Value stored_at(const Json& json, std::string_view path, Value otherwise) {
    const Json* at = &json;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        if (!at->is_object()) return otherwise;
        const auto it = at->find(path.substr(0, dot));
        if (it == at->end()) return otherwise;
        at = &*it;
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    }
    if constexpr (std::is_same_v<Value, bool>)
        return at->is_boolean() ? at->template get<bool>() : otherwise;
    else if constexpr (std::is_integral_v<Value>)
        return at->is_number_integer() ? at->template get<Value>() : otherwise;
    else if constexpr (std::is_floating_point_v<Value>)
        return at->is_number() ? at->template get<Value>() : otherwise;
    else if constexpr (std::is_same_v<Value, std::string>)
        return at->is_string() ? at->template get<std::string>() : otherwise;
    else
        return *at;
}

}  // namespace gw
