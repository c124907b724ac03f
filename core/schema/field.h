#pragma once
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "util/result.h"

namespace gw {

using Json = nlohmann::ordered_json;

namespace schema {

enum class Scale { linear, log };
enum class Audience { basic, expert };
enum class Type { boolean, integer, number, text, choice, list };
/// What the text of a field stands for, so that a form can offer a file dialog, a choice of checkpoints, or several
/// lines. `path` is a file, `checkpoint` the folder of one.
enum class Holds { value, path, checkpoint, paths, lines };
/// Whether it is one path.
constexpr bool is_path(Holds holds) {
    return holds == Holds::path || holds == Holds::checkpoint;
}

/// Everything a person or a program may want to know about one setting. Declared beside the member it describes;
/// the form, the JSON reader and writer, the checks, the flags and the manual are readers of it.
struct Info {
    std::string_view key, label, help;
    std::string_view unit = "";
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    Scale scale = Scale::linear;  ///< slider shape and default sweep spacing
    Audience audience = Audience::basic;
    /// "a=One|b=Another" makes a text field a choice: what stands in files and commands, and its title for people.
    std::string_view choices = "";
    Holds holds = Holds::value;
    std::string_view shown_when = "";  ///< "key=value|value": only then does the field mean anything
    std::string_view was = "";         ///< former key, still accepted from old files
    std::string_view before = "";  ///< what a spec from before this field means by not having it; empty = the default
    bool weightless = false;       ///< of a backbone: trained weights fit whatever it is set to
    bool sizes = false;            ///< of a backbone: says how large it is, as names of runs do: "4×128"
};

template <auto Member>
struct Field {
    Info info;
};
template <auto Member>
constexpr Field<Member> field(Info info) {
    return {info};
}

/// One setting of a kind, without its C++ type.
struct Row {
    Info info;
    Type type;
    Json default_value;
};

/// Something wrong (or, as a warning, unwise) with a spec, at a path such as "backbone.width".
struct Problem {
    std::string path, message;
    bool warning = false;
};
using Problems = std::vector<Problem>;

/// What may stand in a file: "a", "b".
std::vector<std::string> choices_of(const Info& info);
/// The title of one of them; empty where it is none of them, or has none.
std::string choice_title(const Info& info, std::string_view choice);
std::string type_name(Type type);

/// Checks `value` against a row's type, range and choices; nothing when it fits, else the message.
std::string misfit(const Row& row, const Json& value);

/// Message for a key that a kind does not have, with the nearest known key.
std::string unknown_key_message(std::string_view key, const std::vector<std::string>& known);

template <class T>
constexpr Type type_of(const Info& info) {
    if constexpr (std::is_same_v<T, bool>)
        return Type::boolean;
    else if constexpr (std::is_integral_v<T>)
        return Type::integer;
    else if constexpr (std::is_floating_point_v<T>)
        return Type::number;
    else if constexpr (std::is_same_v<T, std::string>)
        return info.choices.empty() ? Type::text : Type::choice;
    else
        return Type::list;
}

template <class C>
std::vector<Row> rows_of() {
    std::vector<Row> rows;
    const C defaults{};
    std::apply(
        [&]<auto... M>(const Field<M>&... f) {
            ((rows.push_back({f.info, type_of<std::remove_cvref_t<decltype(defaults.*M)>>(f.info), Json(defaults.*M)})),
             ...);
        },
        C::fields);
    return rows;
}

/// Reads `from` into `into`. Missing keys keep their default; unknown keys, wrong types and values out of range are
/// problems. The key `kind` belongs to the family and is passed over.
template <class C>
Problems load(C& into, const Json& from, const std::string& at) {
    Problems problems;
    if (!from.is_object()) return {{at, "must be an object of settings, such as {\"kind\": ...}"}};
    std::vector<std::string> known;
    const std::vector<Row> rows = rows_of<C>();
    std::size_t index = 0;
    auto one = [&]<auto P>(const Field<P>& f) {
        const Row& row = rows[index++];
        known.emplace_back(f.info.key);
        auto it = from.find(std::string(f.info.key));
        if (!f.info.was.empty()) {
            known.emplace_back(f.info.was);
            if (it == from.end()) it = from.find(std::string(f.info.was));
        }
        if (it == from.end()) return;
        if (std::string wrong = misfit(row, *it); !wrong.empty()) {
            problems.push_back({at + "." + std::string(f.info.key), std::move(wrong)});
            return;
        }
        into.*P = it->template get<std::remove_cvref_t<decltype(into.*P)>>();
    };
    std::apply(
        [&]<auto... M>(const Field<M>&... f) { (one(f), ...); }, C::fields);
    for (const auto& [key, value] : from.items())
        if (key != "kind" && std::find(known.begin(), known.end(), key) == known.end())
            problems.push_back({at + "." + key, unknown_key_message(key, known)});
    return problems;
}

template <class C>
Json dump(const C& config) {
    Json out = Json::object();
    std::apply(
        [&]<auto... M>(const Field<M>&... f) { ((out[std::string(f.info.key)] = config.*M), ...); }, C::fields);
    return out;
}

}  // namespace schema
}  // namespace gw
