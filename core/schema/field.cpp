#include "schema/field.h"

#include <cmath>

#include "schema/render.h"
#include "schema/typed.h"
#include "util/text.h"

namespace gw::schema {

std::vector<std::string> choices_of(const Info& info) {
    if (info.choices.empty()) return {};
    std::vector<std::string> out = split(info.choices, '|');
    for (std::string& choice : out) choice.resize(std::min(choice.size(), choice.find('=')));
    return out;
}

std::string choice_title(const Info& info, std::string_view choice) {
    if (info.choices.empty()) return "";
    for (const std::string& one : split(info.choices, '|'))
        if (const std::size_t equals = one.find('='); equals != std::string::npos && one.substr(0, equals) == choice)
            return one.substr(equals + 1);
    return "";
}

std::string type_name(Type type) {
    switch (type) {
        case Type::boolean:
            return "true or false";
        case Type::integer:
            return "whole number";
        case Type::number:
            return "number";
        case Type::text:
            return "text";
        case Type::choice:
            return "choice";
        case Type::list:
            return "list of texts";
    }
    return "";
}

namespace {

bool fits_type(const Row& row, const Json& value) {
    switch (row.type) {
        case Type::boolean:
            return value.is_boolean();
        case Type::integer:
            return value.is_number_integer();
        case Type::number:
            return value.is_number();
        case Type::text:
        case Type::choice:
            return value.is_string();
        case Type::list:
            return value.is_array() &&
                   std::all_of(value.begin(), value.end(), [](const Json& v) { return v.is_string(); });
    }
    return false;
}

}  // namespace

std::string misfit(const Row& row, const Json& value) {
    if (!fits_type(row, value)) {
        const std::string expected =
            row.type == Type::choice ? "one of " + range_text(row) : "a " + type_name(row.type);
        return "expects " + (row.type == Type::boolean ? type_name(row.type) : expected) + ", but has " +
               json_line(value);
    }
    for (const Json& text : value.is_array() ? value : Json::array({value}))
        if (text.is_string() && first_bad_utf8(text.get_ref<const std::string&>()))
            return "has text that is not UTF-8: " + json_line(text) + "; rename the file, or convert the text";
    for (const Json& text : value.is_array() ? value : Json::array({value}))
        if (text.is_string() && text.get_ref<const std::string&>().find('\0') != std::string::npos)
            return "has a character NUL (U+0000), which ends a path for the system: " + json_line(text);
    if (row.type == Type::choice) {
        const auto choices = choices_of(row.info);
        const std::string word = value.get<std::string>();
        if (std::find(choices.begin(), choices.end(), word) != choices.end()) return "";
        const auto near = nearest(word, choices);
        return "\"" + word + "\" is not one of " + range_text(row) + (near ? "; did you mean \"" + *near + "\"?" : "");
    }
    if (row.type == Type::integer || row.type == Type::number) {
        const double x = value.get<double>();
        if (!std::isfinite(x) || x < row.info.min || x > row.info.max)
            return "must be " + range_text(row) + ", but is " + value.dump();
    }
    return "";
}

std::string unknown_key_message(std::string_view key, const std::vector<std::string>& known) {
    const auto near = nearest(key, known);
    if (near) return "is not a setting here; did you mean \"" + *near + "\"?";
    std::string all;
    for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
    return "is not a setting here" + (all.empty() ? std::string() : "; the settings are " + all);
}

}  // namespace gw::schema
