#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace gw {

/// The columns that a model of tables knows, as data would have them.
std::vector<TableColumn> columns_of(const TableInput& input);

/// A row as a person writes it, as TableValues::values: "age=63, sex=female, weight=?" with commas, semicolons or two
/// spaces between its values, or a line for each; ? is missing. Errors: a column that is not known, named twice or left
/// out; a value that is no number, no date or no category of its column.
Result<std::vector<double>> typed_row(std::string_view text, const std::vector<TableColumn>& columns);

}  // namespace gw
