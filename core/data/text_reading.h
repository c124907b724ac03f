#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "util/result.h"

namespace gw {

/// Takes one document; false ends the reading.
using TextSink = std::function<bool(std::string_view)>;

/// Documents of one plain text file: the whole of it ("file"), each line ("line", line end kept) or paragraphs between blank lines ("blank_line").
/// A byte order mark is dropped and CRLF becomes LF; documents of white space alone are passed over.
/// Errors: NUL bytes (no text) and bytes that are not UTF-8, with offset and line.
Status read_plain(std::string_view bytes, const std::string& documents, const TextSink& sink);

/// Documents of one JSONL file: the text in `field` (dots go into objects) of each row. Empty rows are passed over.
/// Errors: a row that is no JSON object, that lacks the field (its keys are named) or whose field is no text.
Status read_jsonl(std::string_view bytes, const std::string& field, const TextSink& sink);

}  // namespace gw
