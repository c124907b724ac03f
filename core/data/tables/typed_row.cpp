#include "data/tables/typed_row.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "data/dates.h"
#include "data/tables/cells.h"
#include "data/text/table_layout.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

std::vector<TableColumn> columns_of(const TableInput& input) {
    std::vector<TableColumn> out;
    for (const TableInput::Column& column : input.columns)
        out.push_back({column.name, column.categories, column.dates});
    return out;
}

namespace {

/// "name=value" pieces: lines, where there are several, so that names and words may have commas; else what stands
/// between commas, semicolons, tabs and double spaces.
std::vector<std::string_view> pieces_of(std::string_view text) {
    const bool by_line = trim(text).find('\n') != std::string_view::npos;
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = by_line ? std::min(text.find('\n'), text.size())
                                        : std::min({text.find_first_of(",;\t"), text.find("  "), text.size()});
        if (const std::string_view piece = trim(text.substr(0, end)); !piece.empty()) out.push_back(piece);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

/// The column that a piece begins with the name of, the longest of all, and what stands behind it.
std::optional<std::pair<std::size_t, std::string_view>> column_in(std::string_view piece,
                                                                  const std::vector<TableColumn>& columns) {
    std::optional<std::size_t> found;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::string& name = columns[c].name;
        const std::string_view behind = piece.substr(std::min(name.size(), piece.size()));
        const bool ends = behind.empty() || std::string_view("=: ").find(behind.front()) != std::string_view::npos;
        if (piece.starts_with(name) && ends && (!found || columns[*found].name.size() < name.size())) found = c;
    }
    if (!found) return std::nullopt;
    std::string_view value = trim(piece.substr(columns[*found].name.size()));
    if (value.starts_with('=') || value.starts_with(':')) value.remove_prefix(1);
    return std::pair{*found, trim(value)};
}

Result<double> value_of(std::string_view text, const TableColumn& column) {
    if (is_missing(text)) return std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::string> where{"column " + column.name};
    if (!column.categories.empty()) {
        const auto it = std::find(column.categories.begin(), column.categories.end(), text);
        if (it != column.categories.end()) return static_cast<double>(it - column.categories.begin());
        return Error{Error::Code::bad_data, "\"" + shortened_cell(text) + "\" is none of the column's categories",
                     "They are " + quoted_list(column.categories) + "; write ? where it is not known", where};
    }
    if (column.dates) {
        std::size_t bad = 0;
        const auto times = read_times({std::string(text)}, bad);
        if (!times) return Error(times.error()).at(where.front());
        if (times.value().form == "numbers")
            return Error{Error::Code::bad_data, "This is no date: \"" + shortened_cell(text) + "\"",
                         "Write dates like 2024-01-31, and ? where it is not known", where};
        constexpr double day = 86400;
        return times.value().values.front() / day;
    }
    if (const auto number = parse_number(text)) return *number;
    return Error{Error::Code::bad_data, "This is no finite number: \"" + shortened_cell(text) + "\"",
                 "Write numbers like 3.5, and ? where it is not known", where};
}

}  // namespace

Result<std::vector<double>> typed_row(std::string_view text, const std::vector<TableColumn>& columns) {
    std::vector<std::optional<double>> found(columns.size());
    std::vector<std::string> names;
    for (const TableColumn& column : columns) names.push_back(column.name);
    for (const std::string_view piece : pieces_of(text)) {
        const auto named = column_in(piece, columns);
        if (!named) {
            const auto near = nearest(std::string(trim(piece.substr(0, piece.find_first_of("=:")))), names);
            return Error{
                Error::Code::bad_data,
                "No column of the model is called as \"" + shortened_cell(piece) + "\" begins",
                near ? "Did you mean \"" + *near + "\"?" : "Write name=value for each of " + quoted_list(names),
                {}};
        }
        std::optional<double>& value = found[named->first];
        if (value)
            return Error{
                Error::Code::bad_data, "This column has two values", "Give it one", {"column " + names[named->first]}};
        const auto read = value_of(named->second, columns[named->first]);
        if (!read) return read.error();
        value = read.value();
    }
    std::vector<std::string> lacking;
    std::vector<double> out;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!found[c]) lacking.push_back(names[c]);
        out.push_back(found[c].value_or(0));
    }
    if (lacking.empty()) return out;
    return Error{Error::Code::bad_data,
                 "The row says nothing of " + quoted_list(lacking),
                 "Write name=value for each, and ? for a value that is not known",
                 {}};
}

}  // namespace gw
