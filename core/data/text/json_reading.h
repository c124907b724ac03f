#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "data/text/text_reading.h"

namespace gw {

/// JSON objects of a file: one a line, or the elements of one array, which is read element by element. `number` is the
/// line that the object begins on, from 1. Empty lines are passed over. Errors name the row, and say what the file is
/// where it is JSON of another form.
Status read_json_rows(std::string_view bytes, const std::function<bool(std::int64_t number, const Json& row)>& sink);
/// Whether the text is one JSON array, by its first character.
bool is_json_array(std::string_view bytes);
/// Whether the first lines of a text are JSON objects, or it begins an array of them.
bool looks_like_json(std::string_view bytes);

/// The value of `field` in a row (dots go into objects), or null.
const Json* json_field(const Json& row, const std::string& field);
/// The keys of a row for a message: "text, label"; "none".
std::string json_keys(const Json& row);

/// Documents of one file of JSON rows: the text in `field` (dots go into objects) of each. Rows without text are
/// counted in `report`. Errors: a row that is no JSON object, that lacks the field (its keys are named) or whose field
/// is no text.
Status read_jsonl(std::string_view bytes, const std::string& field, const std::string& file, ReadReport& report,
                  const TextSink& sink);

}  // namespace gw
