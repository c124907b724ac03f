#pragma once
#include "schema/field.h"

namespace gw {

/// The setting of every dataset that reads tables.
constexpr schema::Info separator_setting(std::string_view shown_when) {
    return {.key = "separator",
            .label = "Cells are cut at",
            .help =
                "What stands between the cells of a row. auto goes by a first line such as sep=; and by what gives "
                "rows of equal "
                "length; with semicolon or tab, numbers may have a decimal comma.",
            .audience = schema::Audience::expert,
            .choices = "auto=Automatic|comma=Comma|semicolon=Semicolon|tab=Tab|pipe=Vertical bar",
            .shown_when = shown_when};
}

}  // namespace gw
