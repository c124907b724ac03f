#include "schema/parse_json.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <vector>

#include "schema/json_texts.h"
#include "util/text.h"

namespace gw {

namespace {

/// What the brackets and colons outside of texts say, before anything is made of them.
struct Outline {
    JsonFault fault{JsonFault::What::syntax, 0};
    std::size_t fields = 0;  ///< of all objects
};

Outline outline_of(std::string_view text, std::size_t most_fields) {
    std::array<std::size_t, deepest_json + 1> fields{};  // of each open bracket
    std::size_t depth = 0;
    Outline out;
    JsonFault& fault = out.fault;
    walk_json(text, 0, [&](char c, std::size_t at) {
        if (c == '{' || c == '[') {
            if (++depth > deepest_json)
                fault = {JsonFault::What::depth, at + 1};
            else
                fields[depth] = 0;
        } else if (c == ':') {
            ++out.fields;
            if (++fields[depth] > most_fields) fault = {JsonFault::What::fields, at + 1};
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
        return fault.byte == 0;
    });
    return out;
}

/// Fields of all objects in a value.
std::size_t fields_in(const Json& value) {
    std::size_t out = value.is_object() ? value.size() : 0;
    if (value.is_structured())
        for (const Json& inner : value) out += fields_in(inner);
    return out;
}

/// The name that begins at the quote at `at`; nothing where a text stands there that names no field.
std::optional<std::string> field_name_at(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
    if (end >= text.size()) return std::nullopt;
    const std::size_t next = text.find_first_not_of(" \t\r\n", end + 1);
    if (next == text.npos || text[next] != ':') return std::nullopt;
    const Json name = Json::parse(text.substr(at, end + 1 - at), nullptr, /*allow_exceptions=*/false);
    return name.is_string() ? std::optional(name.get<std::string>()) : std::nullopt;
}

/// Where the number stands that the parser names in quotes.
std::size_t place_of_number(std::string_view text, std::string_view said) {
    const std::size_t end = said.rfind('\''), begin = end == 0 ? said.npos : said.rfind('\'', end - 1);
    if (end == said.npos || begin == said.npos) return 1;
    const std::size_t at = text.find(said.substr(begin + 1, end - begin - 1));
    return at == text.npos ? 1 : at + 1;
}

/// Whether it begins as UTF-16 or UTF-32 does: with a mark of byte order, or with a zero in its first character, which
/// for JSON is one of ASCII.
bool is_wide_text(std::string_view text) {
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return true;
    if (text.starts_with(std::string_view("\0\0\xfe\xff", 4))) return true;
    if (text.size() < 4) return false;
    std::string zeros;
    for (const char c : text.substr(0, 4)) zeros += c == '\0' ? '0' : 'x';
    return zeros == "0x0x" || zeros == "x0x0" || zeros == "000x" || zeros == "x000";
}

}  // namespace

std::size_t json_too_deep_at(std::string_view text) {
    return outline_of(text, std::numeric_limits<std::size_t>::max()).fault.byte;
}

std::size_t json_doubled_at(std::string_view text) {
    std::vector<std::set<std::string>> open;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{' || c == '[') open.emplace_back();
        if ((c == '}' || c == ']') && !open.empty()) open.pop_back();
        if (c != '"') continue;
        if (const auto name = field_name_at(text, at); name && !open.empty() && !open.back().insert(*name).second)
            return at + 1;
        for (++at; at < text.size() && text[at] != '"'; ++at)
            if (text[at] == '\\') ++at;
    }
    return 0;
}

std::optional<Json> parse_json(std::string_view text, JsonFault& fault) {
    const Outline outline = outline_of(text, most_json_fields);
    fault = outline.fault;
    if (fault.byte > 0) return std::nullopt;
    try {
        Json value = Json::parse(text);
        if (fields_in(value) == outline.fields) return value;
        fault = {JsonFault::What::doubled, std::max<std::size_t>(json_doubled_at(text), 1)};
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
    if (trim(text).empty()) return Error{Error::Code::bad_data, say::json_empty, say::json_give_object, {}};
    if (is_wide_text(text)) return Error{Error::Code::bad_data, say::json_not_utf8, say::json_save_as_utf8, {}};
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
        case JsonFault::What::doubled:
            return said({say::json_doubled, {at_line, at_column}}, say::json_one_value);
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
