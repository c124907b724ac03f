#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "data/read_report.h"
#include "data/text/table_reading.h"
#include "util/result.h"

namespace gw {

/// Whether a cell says that its value is not known: it is empty, or NA, N/A, NaN, null, none, ? or -.
bool is_missing(std::string_view cell);

/// The beginning of a cell, for a message.
std::string shortened_cell(std::string_view cell);

/// An error of a cell of a file; without a `column` of its whole row.
Error at_cell(const std::string& message, const std::string& hint, std::int64_t row, const std::string& column,
              const std::string& file);

/// The place of the column that has this name, or else this number (from 1). Errors: there is none, or several have the
/// name. `setting` is where it was asked for: "dataset.columns".
Result<std::size_t> column_called(const std::string& wanted, const std::vector<std::string>& names, const char* setting,
                                  const std::string& file);

/// The place of the column that is to be learnt: the one `wanted` by name or number, else the likeliest by its name,
/// else the last; never that of the `times`. Tells in `told` which it is. Errors: as column_called(), there is none.
Result<std::size_t> target_column(const std::string& wanted, const std::vector<std::string>& names,
                                  std::optional<std::size_t> times, ReadReport::Column& told, const std::string& file);

/// Takes a row, whose cells are as many as the names; false ends the reading.
using NamedRowSink = std::function<bool(const std::vector<std::string>& names, const TableRow& row)>;

/// Rows of a table with a name for each column: CSV, TSV or columns cut by semicolons, with a first row of names or
/// without, or JSON objects, of which the first names the fields. Tells in `report` how it was cut. Errors name the
/// row: more or fewer cells than before, a field that the first object has not, more than `most_columns`.
Status read_named_rows(std::string_view bytes, const std::string& file, std::size_t most_columns, ReadReport& report,
                       const std::stop_token& stop, const NamedRowSink& sink);

}  // namespace gw
