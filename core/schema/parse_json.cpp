#include "schema/parse_json.h"

#include <algorithm>
#include <array>
#include <limits>

#include "schema/json_texts.h"

namespace gw {

namespace {

/// Looks at the brackets and colons outside of texts, before anything is made of them.
JsonFault limits_of(std::string_view text, std::size_t most_fields) {
    std::array<std::size_t, deepest_json + 1> fields{};  // of each open bracket
    std::size_t depth = 0;
    JsonFault fault{JsonFault::What::syntax, 0};
    walk_json(text, 0, [&](char c, std::size_t at) {
        if (c == '{' || c == '[') {
            if (++depth > deepest_json)
                fault = {JsonFault::What::depth, at + 1};
            else
                fields[depth] = 0;
        } else if (c == ':') {
            if (++fields[depth] > most_fields) fault = {JsonFault::What::fields, at + 1};
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
        return fault.byte == 0;
    });
    return fault;
}

/// Where the number stands that the parser names in quotes.
std::size_t place_of_number(std::string_view text, std::string_view said) {
    const std::size_t end = said.rfind('\''), begin = end == 0 ? said.npos : said.rfind('\'', end - 1);
    if (end == said.npos || begin == said.npos) return 1;
    const std::size_t at = text.find(said.substr(begin + 1, end - begin - 1));
    return at == text.npos ? 1 : at + 1;
}

}  // namespace

std::size_t json_too_deep_at(std::string_view text) {
    return limits_of(text, std::numeric_limits<std::size_t>::max()).byte;
}

std::optional<Json> parse_json(std::string_view text, JsonFault& fault) {
    fault = limits_of(text, most_json_fields);
    if (fault.byte > 0) return std::nullopt;
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& problem) {
        fault = {JsonFault::What::syntax, std::max<std::size_t>(problem.byte, 1)};
    } catch (const Json::exception& problem) {  // out_of_range, of a number
        fault = {JsonFault::What::number, place_of_number(text, problem.what())};
    }
    return std::nullopt;
}

Result<Json> parse_json(std::string_view text) {
    JsonFault fault;
    if (auto value = parse_json(text, fault)) return *std::move(value);
    const std::string_view before = text.substr(0, std::min(fault.byte - 1, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t last = before.rfind('\n');
    const std::size_t column = before.size() - (last == std::string_view::npos ? 0 : last + 1) + 1;
    const std::string at_line = std::to_string(line), at_column = std::to_string(column);
    const auto said = [](const Phrase& what, const char* hint) {
        return Error{Error::Code::bad_data, what.text(), hint, {}};
    };
    switch (fault.what) {
        case JsonFault::What::depth:
            return said({say::json_depth, {std::to_string(deepest_json), at_line, at_column}}, say::json_fewer_levels);
        case JsonFault::What::fields:
            return said({say::json_fields, {std::to_string(most_json_fields), at_line, at_column}},
                        say::json_fewer_fields);
        case JsonFault::What::number:
            return said({say::json_number, {at_line, at_column}}, say::json_smaller_number);
        case JsonFault::What::syntax:
            break;
    }
    return said({say::json_syntax, {at_line, at_column}}, say::json_look_before);
}

Json json_or_null(std::string_view text) {
    JsonFault fault;
    return parse_json(text, fault).value_or(Json());
}

}  // namespace gw
