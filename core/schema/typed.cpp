#include "schema/typed.h"

#include "schema/parse_json.h"
#include "util/number.h"

namespace gw::schema {

Json typed_value(const Row& row, const std::string& text) {
    if (row.type == Type::integer)
        if (const auto count = parse_count(text)) return *count;
    if (row.type == Type::number)
        if (const auto number = parse_number(text)) {
            if (const auto count = parse_count(text)) return *count;  // "20" stays 20
            return *number;
        }
    Json value = json_or_null(text);
    switch (row.type) {
        case Type::boolean:
            return value.is_boolean() ? value : Json(text);
        case Type::integer:
        case Type::number:
            return Json(text);
        case Type::text:
        case Type::choice:
            return value.is_string() ? value : Json(text);
        case Type::list:
            return value.is_array() ? value : Json::array({value.is_string() ? value : Json(text)});
    }
    return value;
}

std::string json_line(const Json& json) {
    return json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace gw::schema
