#pragma once
#include <cmath>
#include <optional>

#include "schema/field.h"

namespace gw::schema {

/// A value as typed on a command line: of a number every way in which people write one ("1e3", "2k", "1_000"), of the
/// others JSON where it parses as the row's type, else the text itself. What comes out may still be a misfit().
Json typed_value(const Row& row, const std::string& text);

/// JSON in one line; a byte that is not UTF-8 becomes U+FFFD, so that one odd name never breaks the whole.
std::string json_line(const Json& json);

}  // namespace gw::schema

namespace gw {

/// Null where there is no value, or one that JSON cannot hold.
inline Json or_null(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? Json(*value) : Json();
}

}  // namespace gw
