#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "data/read_report.h"
#include "schema/field.h"
#include "util/result.h"

namespace gw {

/// Takes one document and the row of the file that it begins on (from 1; 0 where a document is a whole file); false
/// ends the reading.
using TextSink = std::function<bool(std::string_view text, std::int64_t row)>;

/// Documents of one plain text file: the whole of it ("file"), each line ("line", line end kept) or paragraphs between
/// blank lines ("blank_line"). A byte order mark is dropped and CRLF becomes LF; documents of white space alone are
/// passed over. Errors: NUL bytes (no text) and bytes that are not UTF-8, with offset and line.
Status read_plain(std::string_view bytes, const std::string& documents, const TextSink& sink);

/// The same of bytes that were not looked at: what is no UTF-8 stays as it is.
void cut_plain(std::string_view bytes, const std::string& documents, const TextSink& sink);

/// Errors of bytes that are no UTF-8 text: NUL, UTF-16 and UTF-32, broken sequences, with offset and line.
Status check_text(std::string_view bytes);
/// `text` with LF line ends and without a byte order mark; uses `buffer` only where something must change.
std::string_view plain_lines(std::string_view text, std::string& buffer);
/// Counts a file's byte order mark and its line ends in `report`.
void note_bytes(std::string_view bytes, ReadReport& report);

/// The lines of a text, as a reader of texts hands them out: without line ends (LF, CRLF, CR) and byte order mark.
/// Blank lines are kept. Errors as of check_text.
Result<std::vector<std::string>> text_lines(std::string_view bytes);

}  // namespace gw
