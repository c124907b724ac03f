#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "schema/field.h"
#include "util/result.h"

namespace gw {

/// Takes one document; false ends the reading.
using TextSink = std::function<bool(std::string_view)>;

/// Documents of one plain text file: the whole of it ("file"), each line ("line", line end kept) or paragraphs between blank lines ("blank_line").
/// A byte order mark is dropped and CRLF becomes LF; documents of white space alone are passed over.
/// Errors: NUL bytes (no text) and bytes that are not UTF-8, with offset and line.
Status read_plain(std::string_view bytes, const std::string& documents, const TextSink& sink);

/// Errors of bytes that are no UTF-8 text: NUL, UTF-16, broken sequences, with offset and line.
Status check_text(std::string_view bytes);
/// `text` with LF line ends and without a byte order mark; uses `buffer` only where something must change.
std::string_view plain_lines(std::string_view text, std::string& buffer);

/// JSON objects of a file, one a line; `number` counts lines from 1. Empty rows are passed over. Errors name the row.
Status read_json_rows(std::string_view bytes, const std::function<bool(std::int64_t number, const Json& row)>& sink);
/// The value of `field` in a row (dots go into objects), or null.
const Json* json_field(const Json& row, const std::string& field);
/// The keys of a row for a message: "text, label"; "none".
std::string json_keys(const Json& row);

/// Documents of one JSONL file: the text in `field` (dots go into objects) of each row. Empty rows are passed over.
/// Errors: a row that is no JSON object, that lacks the field (its keys are named) or whose field is no text.
Status read_jsonl(std::string_view bytes, const std::string& field, const TextSink& sink);

}  // namespace gw
