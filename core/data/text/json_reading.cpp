#include "data/text/json_reading.h"

#include <algorithm>

#include "schema/parse_json.h"
#include "util/text.h"

namespace gw {

namespace {

std::string row_name(std::int64_t row) {
    return "row " + grouped(row);
}

std::string_view without_mark(std::string_view bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    return bytes;
}

std::string_view take_json_line(std::string_view& left) {
    const std::string_view line = left.substr(0, std::min(left.find('\n'), left.size()));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    return line;
}

std::size_t first_black(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// End of the JSON object or array that begins at `at`, or npos when it is never closed.
std::size_t value_end(std::string_view text, std::size_t at) {
    int depth = 0;
    std::size_t end = std::string_view::npos;
    walk_json(text, at, [&](char c, std::size_t here) {
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            end = here + 1;
        return end == std::string_view::npos;
    });
    return end;
}

Error broken_json(const JsonFault& fault, std::int64_t row, const char* hint) {
    const std::string column = "column " + std::to_string(fault.byte);
    switch (fault.what) {
        case JsonFault::What::depth:
            return {Error::Code::bad_data,
                    "This row is nested too deeply: more than " + std::to_string(deepest_json) +
                        " brackets are open at " + column,
                    hint,
                    {row_name(row)}};
        case JsonFault::What::fields:
            return {Error::Code::bad_data,
                    "This row has an object of more than " + std::to_string(most_json_fields) + " fields at " + column,
                    hint,
                    {row_name(row)}};
        case JsonFault::What::number:
            return {Error::Code::bad_data,
                    "The number at " + column + " of this row is too large for this program",
                    hint,
                    {row_name(row)}};
        case JsonFault::What::doubled:
            return {Error::Code::bad_data,
                    "The field at " + column + " of this row has a value already",
                    "Keep one of the two",
                    {row_name(row)}};
        case JsonFault::What::syntax:
            break;
    }
    return {Error::Code::bad_data, "This row is not JSON: it breaks at " + column, hint, {row_name(row)}};
}

Error no_object(std::int64_t row) {
    return {Error::Code::bad_data,
            "This row is JSON, but no object",
            "Each row must be like {\"text\": \"...\"}",
            {row_name(row)}};
}

Status read_array(std::string_view bytes, const std::function<bool(std::int64_t, const Json&)>& sink) {
    std::int64_t row = 1;
    std::size_t counted = 0, at = bytes.find('[') + 1;
    auto row_at = [&](std::size_t place) {
        row += std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted),
                          bytes.begin() + static_cast<std::ptrdiff_t>(place), '\n');
        counted = place;
        return row;
    };
    for (bool first = true;; first = false) {
        at = first_black(bytes, at);
        if (at < bytes.size() && bytes[at] == ']') break;
        if (!first) {
            if (at >= bytes.size() || bytes[at] != ',')
                return Error{Error::Code::bad_data,
                             at >= bytes.size() ? "This JSON array is never closed"
                                                : "There is no comma between two elements of this JSON array",
                             "Mend the file, or write one object a line",
                             {row_name(row_at(std::min(at, bytes.size())))}};
            at = first_black(bytes, at + 1);
        }
        if (at >= bytes.size())
            return Error{Error::Code::bad_data,
                         "This JSON array is never closed",
                         "Mend the file, or write one object a line",
                         {row_name(row_at(bytes.size()))}};
        const std::int64_t number = row_at(at);
        if (bytes[at] != '{') return no_object(number);
        const std::size_t end = value_end(bytes, at);
        if (end == std::string_view::npos)
            return Error{Error::Code::bad_data,
                         "This element of the JSON array is never closed",
                         "Mend the file, or write one object a line",
                         {row_name(number)}};
        JsonFault fault;
        const auto element = parse_json(bytes.substr(at, end - at), fault);
        if (!element) return broken_json(fault, number, "Mend or remove this element of the array");
        if (!sink(number, *element)) return {};
        at = end;
    }
    if (first_black(bytes, at + 1) < bytes.size())
        return Error{Error::Code::bad_data,
                     "There is more behind the end of this JSON array",
                     "Keep one array in a file, or write one object a line",
                     {row_name(row_at(at))}};
    return {};
}

}  // namespace

bool is_json_array(std::string_view bytes) {
    bytes = without_mark(bytes);
    const std::size_t at = first_black(bytes, 0);
    return at < bytes.size() && bytes[at] == '[';
}

bool looks_like_json(std::string_view bytes) {
    bytes = without_mark(bytes);
    constexpr std::size_t enough = 5, longest = 1 << 20;
    auto is_object = [](std::string_view text) { return json_or_null(text).is_object(); };
    std::size_t at = first_black(bytes, 0);
    if (at < bytes.size() && bytes[at] == '[') {
        at = first_black(bytes, at + 1);
        if (at >= bytes.size() || bytes[at] != '{') return false;
        const std::size_t end = value_end(bytes.substr(0, std::min(bytes.size(), at + longest)), at);
        return end != std::string_view::npos && is_object(bytes.substr(at, end - at));
    }
    std::size_t objects = 0;
    while (!bytes.empty() && objects < enough) {
        const std::string_view line = trim(take_json_line(bytes));
        if (line.empty()) continue;
        if (line.front() != '{' || line.size() > longest || !is_object(line)) return false;
        ++objects;
    }
    return objects > 0;
}

const Json* json_field(const Json& row, const std::string& field) {
    if (const auto whole = row.find(field); whole != row.end()) return &*whole;  // a key may have a dot in it
    const Json* at = &row;
    for (const std::string& part : split(field, '.')) {
        if (!at->is_object() || !at->contains(part)) return nullptr;
        at = &(*at)[part];
    }
    return at;
}

std::string json_keys(const Json& row) {
    std::string out;
    for (const auto& [key, value] : row.items()) out += (out.empty() ? "" : ", ") + key;
    return out.empty() ? "none" : out;
}

Status read_json_rows(std::string_view bytes, const std::function<bool(std::int64_t, const Json&)>& sink) {
    if (Status text = check_text(bytes); !text) return text;
    // Line ends are counted as an editor does; JSON itself takes each of them for white space.
    std::string buffer;
    const std::string_view whole = plain_lines(bytes, buffer);
    if (is_json_array(whole)) return read_array(whole, sink);
    std::string_view left = whole;
    for (std::int64_t number = 1; !left.empty(); ++number) {
        const std::string_view line = trim(take_json_line(left));
        if (line.empty()) continue;
        JsonFault fault;
        const auto row = parse_json(line, fault);
        if (!row) {
            const auto begin = static_cast<std::size_t>(line.data() - whole.data());
            if (const std::size_t end = line.front() == '{' ? value_end(whole, begin) : std::string_view::npos;
                end != std::string_view::npos && end > begin + line.size() &&
                json_or_null(whole.substr(begin, end - begin)).is_object())
                return Error{Error::Code::bad_data,
                             "This is one JSON object over several lines, but each line must hold a whole object",
                             "Write one object a line (jq -c .), or put the objects into one array: [{...}, {...}]",
                             {row_name(number)}};
            return broken_json(
                fault, number,
                "Mend or remove the row; each line must be one JSON object, or the file one array of them");
        }
        if (!row->is_object()) return no_object(number);
        if (!sink(number, *row)) return {};
    }
    return {};
}

Status read_jsonl(std::string_view bytes, const std::string& field, const std::string& file, ReadReport& report,
                  const TextSink& sink) {
    std::string buffer;
    Status found;
    const Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
        const Json* value = json_field(row, field);
        if (!value)
            found = Error{Error::Code::bad_data,
                          "This row has no field \"" + field + "\"; its fields are " + json_keys(row),
                          "Set dataset.json_field to the field with the text",
                          {row_name(number)}};
        else if (!value->is_string() && !value->is_null())
            found = Error{Error::Code::bad_data,
                          "The field \"" + field + "\" of this row is no text but " + value->dump().substr(0, 40),
                          "Set dataset.json_field to a field with text",
                          {row_name(number)}};
        if (!found) return false;
        if (value->is_null() || trim(value->get_ref<const std::string&>()).empty()) {
            report.pass_over("no text", {file, number});
            return true;
        }
        return sink(plain_lines(value->get_ref<const std::string&>(), buffer), number);
    });
    return found ? read : found;
}

}  // namespace gw
