#pragma once
#include <string>
#include <vector>

#include "data/dataset.h"

// The columns of rows that are made up.
namespace gw {

/// "x1", "x2" and so on, of numbers.
inline std::vector<TableColumn> numbered_columns(std::int64_t count) {
    std::vector<TableColumn> out;
    for (std::int64_t d = 1; d <= count; ++d) out.push_back({"x" + std::to_string(d), {}, false});
    return out;
}

/// What rows of them are known to be before they are made.
inline InputFacts numbered_columns_facts(std::int64_t count) {
    InputFacts facts;
    facts.table.emplace();
    for (const TableColumn& column : numbered_columns(count)) facts.table->columns.emplace_back().name = column.name;
    return facts;
}

}  // namespace gw
