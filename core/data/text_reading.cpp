#include "data/text_reading.h"

#include <algorithm>

#include "schema/field.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::size_t line_of(std::string_view bytes, std::size_t offset) {
    return 1 + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::string place(std::string_view bytes, std::size_t offset) {
    return "byte " + grouped(static_cast<std::int64_t>(offset)) + ", line " + grouped(static_cast<std::int64_t>(line_of(bytes, offset)));
}

bool is_blank(std::string_view text) { return trim(text).empty(); }

/// `text` with LF line ends; uses `buffer` only where something must change.
std::string_view with_line_feeds(std::string_view text, std::string& buffer) {
    if (text.find('\r') == std::string_view::npos) return text;
    buffer.clear();
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r') buffer += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n') buffer += '\n';
    return buffer;
}

/// The next line with its line end; takes it off the front.
std::string_view take_line(std::string_view& left) {
    const std::size_t end = left.find('\n');
    const std::string_view line = left.substr(0, end == std::string_view::npos ? left.size() : end + 1);
    left.remove_prefix(line.size());
    return line;
}

}  // namespace

Status check_text(std::string_view bytes) {
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
        if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
            return Error{Error::Code::bad_data, "This file is UTF-16, but UTF-8 is needed", "Convert it: iconv -f UTF-16 -t UTF-8", {"byte 0, line 1"}};
        return Error{Error::Code::bad_data, "This is a binary file, not text: it has a zero byte", "Choose text files only", {place(bytes, nul)}};
    }
    if (const auto bad = first_bad_utf8(bytes)) {
        static constexpr char digits[] = "0123456789ABCDEF";
        const auto value = static_cast<unsigned char>(bytes[*bad]);
        return Error{Error::Code::bad_data, std::string("This text is not UTF-8: the byte 0x") + digits[value >> 4] + digits[value & 15] + " cannot stand here",
                     "Convert the file to UTF-8, for example with iconv -f SHIFT_JIS (or EUC-JP, ISO-8859-1) -t UTF-8", {place(bytes, *bad)}};
    }
    return {};
}

std::string_view plain_lines(std::string_view text, std::string& buffer) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return with_line_feeds(text, buffer);
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

Status read_plain(std::string_view bytes, const std::string& documents, const TextSink& sink) {
    if (Status text = check_text(bytes); !text) return text;
    std::string buffer;
    std::string_view left = plain_lines(bytes, buffer);
    if (documents == "file") {
        if (!is_blank(left)) sink(left);
        return {};
    }
    if (documents == "line") {
        while (!left.empty())
            if (const std::string_view line = take_line(left); !is_blank(line) && !sink(line)) return {};
        return {};
    }
    const char* begin = nullptr;
    std::size_t size = 0;
    auto close = [&] {
        const bool go_on = !begin || sink({begin, size});
        begin = nullptr;
        size = 0;
        return go_on;
    };
    while (!left.empty()) {
        const std::string_view line = take_line(left);
        if (is_blank(line)) {
            if (!close()) return {};
            continue;
        }
        if (!begin) begin = line.data();
        size += line.size();
    }
    close();
    return {};
}

Status read_json_rows(std::string_view bytes, const std::function<bool(std::int64_t, const Json&)>& sink) {
    if (Status text = check_text(bytes); !text) return text;
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    for (std::int64_t number = 1; !bytes.empty(); ++number) {
        const std::string_view line = trim(take_line(bytes));
        if (line.empty()) continue;
        const std::string row_name = "row " + grouped(number);
        Json row;
        try {
            row = Json::parse(line);
        } catch (const Json::parse_error& problem) {
            return Error{Error::Code::bad_data, "This row is not JSON: it breaks at column " + std::to_string(problem.byte),
                         "Mend or remove the row; each line must be one JSON object", {row_name}};
        }
        if (!row.is_object()) return Error{Error::Code::bad_data, "This row is JSON, but no object", "Each line must be like {\"text\": \"...\"}", {row_name}};
        if (!sink(number, row)) return {};
    }
    return {};
}

Status read_jsonl(std::string_view bytes, const std::string& field, const TextSink& sink) {
    std::string buffer;
    Status found;
    Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
        const Json* value = json_field(row, field);
        const std::string row_name = "row " + grouped(number);
        if (!value)
            found = Error{Error::Code::bad_data, "This row has no field \"" + field + "\"; its fields are " + json_keys(row),
                          "Set dataset.json_field to the field with the text", {row_name}};
        else if (!value->is_string())
            found = Error{Error::Code::bad_data, "The field \"" + field + "\" of this row is no text but " + value->dump().substr(0, 40),
                          "Set dataset.json_field to a field with text", {row_name}};
        if (!found) return false;
        const std::string& text = value->get_ref<const std::string&>();
        return is_blank(text) || sink(with_line_feeds(text, buffer));
    });
    return found ? read : found;
}

}  // namespace gw
