#pragma once
#include <string>
#include <vector>

#include "schema/kind.h"

namespace gw::schema {

/// A kind's fields as text for a terminal: key, type, default, range, help.
std::string sheet_text(const Sheet& sheet);
/// The same as JSON (`describe --json`).
Json sheet_json(const Sheet& sheet);
/// The same as a section of the Markdown manual.
std::string sheet_markdown(const Sheet& sheet, int heading_level);
/// "0 to 1", "1 or more", "causal, bidirectional": what a row accepts, in words.
std::string range_text(const Row& row);
/// A default or value as a person writes it: text without quotes.
std::string value_text(const Json& value);

}  // namespace gw::schema
