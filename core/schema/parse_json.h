#pragma once
#include <optional>
#include <string_view>

#include "schema/field.h"

namespace gw {

/// Brackets that may be open at once. What people and programs write has some ten; the parser's own reading is flat,
/// but what is made of it is copied, printed and destroyed by recursion, which a hundred thousand end.
inline constexpr std::size_t deepest_json = 256;

/// Fields that one object may have: they are kept in order and looked up one after another, so that twice as many cost
/// four times as long.
inline constexpr std::size_t most_json_fields = 20000;

/// Calls `mark(character, place)` for each character of JSON from `at` on that stands in no text; false ends it.
template <class Mark>
void walk_json(std::string_view text, std::size_t at, Mark mark) {
    bool inside = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (inside) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                inside = false;
        } else if (c == '"') {
            inside = true;
        } else if (!mark(c, at)) {
            return;
        }
    }
}

/// The place (from 1) at which too many brackets are open; 0 = nowhere. For other readers of JSON.
std::size_t json_too_deep_at(std::string_view text);

/// The place (from 1) of the first field that an object of this valid JSON has already; 0 = nowhere.
std::size_t json_doubled_at(std::string_view text);

/// Why a text cannot be read as JSON.
struct JsonFault {
    enum class What { syntax, depth, fields, number, doubled };
    What what = What::syntax;
    std::size_t byte = 1;  ///< where, from 1
};

/// The value of a text, or nothing and why. Total: whatever the text is, this returns. Numbers that a double cannot
/// hold (1e999) are a fault, and so are two values for one field: which of them is meant nobody can tell.
std::optional<Json> parse_json(std::string_view text, JsonFault& fault);

/// The same with the fault in words, by line and column.
Result<Json> parse_json(std::string_view text);

/// The value of a text, or null where it has none: for what the program wrote itself and looks at with care.
Json json_or_null(std::string_view text);

}  // namespace gw
