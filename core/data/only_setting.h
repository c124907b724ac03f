#pragma once
#include "schema/field.h"

namespace gw {

/// The setting behind Dataset::only(), the same for all data with a class each.
constexpr schema::Info only_setting(std::string_view shown_when = "") {
    return {.key = "only",
            .label = "Only classes",
            .help = "Learn and judge by the examples of these classes alone, one a line, in this order; empty = all.",
            .audience = schema::Audience::expert,
            .holds = schema::Holds::lines,
            .shown_when = shown_when};
}

}  // namespace gw
