#include "data/tables/cells.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "data/dates.h"
#include "data/text/json_reading.h"
#include "data/text/table_layout.h"
#include "data/text/text_reading.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

bool is_missing(std::string_view cell) {
    cell = trim(cell);
    if (cell.empty()) return true;
    if (cell.size() > 4) return false;  // the longest word
    const std::string word = lower_case(cell);
    for (const char* name : {"na", "n/a", "nan", "null", "none", "?", "-"})
        if (word == name) return true;
    return false;
}

std::string shortened_cell(std::string_view cell) {
    constexpr std::size_t longest = 40;
    if (cell.size() <= longest) return std::string(cell);
    return std::string(cell.substr(0, utf8_boundary(cell, longest))) + "...";
}

Error at_cell(const std::string& message, const std::string& hint, std::int64_t row, const std::string& column,
              const std::string& file) {
    std::vector<std::string> where;
    if (!column.empty()) where.push_back("column " + column);
    where.push_back("row " + grouped(row));
    where.push_back("file " + file);
    return {Error::Code::bad_data, message, hint, std::move(where)};
}

Result<std::size_t> column_called(const std::string& wanted, const std::vector<std::string>& names, const char* setting,
                                  const std::string& file) {
    const auto is_it = [&](const std::string& name) { return name == wanted; };
    const auto count = std::count_if(names.begin(), names.end(), is_it);
    if (count == 1) return static_cast<std::size_t>(std::find_if(names.begin(), names.end(), is_it) - names.begin());
    if (count > 1)
        return Error{Error::Code::bad_data,
                     "Several columns are called \"" + wanted + "\"",
                     "Name it by its number, from 1",
                     {std::string("field ") + setting, "file " + file}};
    if (const auto number = parse_count(wanted);
        number && *number >= 1 && *number <= static_cast<std::int64_t>(names.size()))
        return static_cast<std::size_t>(*number - 1);
    const auto near = nearest(wanted, names);
    return Error{Error::Code::bad_data,
                 "There is no column \"" + wanted + "\"",
                 near ? "Did you mean \"" + *near + "\"?" : "There are " + quoted_list(names),
                 {std::string("field ") + setting, "file " + file}};
}

Result<std::size_t> target_column(const std::string& wanted, const std::vector<std::string>& names,
                                  std::optional<std::size_t> times, ReadReport::Column& told, const std::string& file) {
    std::optional<std::size_t> found;
    told.how = ReadReport::How::given;
    if (!wanted.empty()) {
        const auto called = column_called(wanted, names, "dataset.target", file);
        if (!called) return called.error();
        if (called.value() != times) found = called.value();
    } else {
        std::size_t best = label_rank("");
        for (std::size_t at = 0; at < names.size(); ++at)
            if (at != times && names_label(names[at]) && label_rank(names[at]) < best)
                best = label_rank(names[at]), found = at;
        told.how = found ? ReadReport::How::name : ReadReport::How::content;
        for (std::size_t at = names.size(); !found && at-- > 0;)
            if (at != times) found = at;
    }
    if (!found)
        return Error{Error::Code::bad_data,
                     "The column to be learnt is that of the times",
                     "Name another one in dataset.target",
                     {"field dataset.target", "file " + file}};
    told.name = names[*found];
    told.number = static_cast<std::int64_t>(*found) + 1;
    return *found;
}

namespace {

bool is_value(const std::string& cell) {
    std::size_t bad = 0;
    return is_missing(cell) || parse_number(trim(cell)) || read_times({cell}, bad);
}

/// Whether names stand in the first row: one of its cells is no value, where the next row has one (a name may be a
/// number, such as a year's); else where it has no number at all.
bool is_header(const std::vector<std::string>& first, const std::vector<std::string>& next) {
    for (std::size_t i = 0; i < std::min(first.size(), next.size()); ++i)
        if (!is_value(first[i]) && !is_missing(next[i]) && is_value(next[i])) return true;
    return std::none_of(first.begin(), first.end(),
                        [](const std::string& cell) { return parse_number(trim(cell)).has_value(); });
}

/// One file on its way to rows with names.
class NamedRows {
  public:
    NamedRows(const std::string& file, std::size_t most_columns, ReadReport& report, const std::stop_token& stop,
              const NamedRowSink& sink)
        : file_(file), most_columns_(most_columns), report_(report), stop_(stop), sink_(sink) {}

    Status read(std::string_view bytes) {
        if (Status text = check_text(bytes); !text) return Error(text.error()).at("file " + file_);
        note_bytes(bytes, report_);
        return looks_like_json(bytes) ? read_objects(bytes) : read_cells(bytes);
    }

  private:
    Status read_cells(std::string_view bytes) {
        const auto cut = find_separator({bytes}, TableWishes{}, lower_case(file_).ends_with(".tsv") ? '\t' : ',');
        if (!cut) return Error(cut.error()).at("file " + file_);
        report_.separator = separator_name(cut.value().form.separator);
        report_.separator_how = cut.value().how;
        std::optional<TableRow> first;  // until it is known whether it is the header
        const auto judge_first = [&](const std::vector<std::string>& next) {
            TableRow row = *std::exchange(first, std::nullopt);
            report_.header = header_ = is_header(row.cells, next);
            report_.header_how = ReadReport::How::content;
            if (!header_) return name_by_number(row.cells.size()) && give(row);
            cells_of_header_ = row.cells;
            return name(std::move(row.cells));
        };
        const Status read = read_table(bytes, cut.value().form, [&](const TableRow& row) {
            if (stopped()) return false;
            if (first && !judge_first(row.cells)) return false;
            if (!names_.empty()) return give(row);
            first = row;
            return fits(row.cells.size());
        });
        if (first && wrong_) judge_first({});
        if (!wrong_) return wrong_;
        if (!read) return Error(read.error()).at("file " + file_);
        return {};
    }

    Status read_objects(std::string_view bytes) {
        report_.header = header_ = true;
        report_.header_how = ReadReport::How::content;
        const Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& object) {
            if (stopped()) return false;
            if (names_.empty()) {
                std::vector<std::string> keys;
                for (const auto& [key, value] : object.items()) keys.push_back(key);
                if (keys.empty()) {
                    wrong_ = at_cell("This row has no field", "Give it one for each value", number, "", file_);
                    return false;
                }
                if (!name(std::move(keys))) return false;
            }
            TableRow row{number, std::vector<std::string>(names_.size())};
            for (const auto& [key, value] : object.items()) {
                const auto it = std::find(names_.begin(), names_.end(), trim(key));
                if (it == names_.end()) {
                    wrong_ =
                        at_cell("This row has a field \"" + shortened_cell(key) + "\", which the first has not",
                                "Give the first row all fields, with null where it has no value", number, "", file_);
                    return false;
                }
                row.cells[static_cast<std::size_t>(it - names_.begin())] = value.is_null() ? ""
                                                                           : value.is_string()
                                                                               ? value.get<std::string>()
                                                                               : value.dump();
            }
            return give(row);
        });
        if (!wrong_) return wrong_;
        if (!read) return Error(read.error()).at("file " + file_);
        return {};
    }

    bool stopped() {
        if (!stop_.stop_requested()) return false;
        wrong_ = Error{Error::Code::cancelled, "Stopped while reading a table", "", {}};
        return true;
    }

    bool fits(std::size_t width) {
        if (width <= most_columns_) return true;
        wrong_ = Error{Error::Code::bad_data,
                       "This table has " + grouped(static_cast<std::int64_t>(width)) + " columns, more than " +
                           grouped(static_cast<std::int64_t>(most_columns_)),
                       "Cut it into several, or turn it: its columns are what is known of a row",
                       {"file " + file_}};
        return false;
    }

    bool name_by_number(std::size_t width) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < width; ++i) names.push_back("column " + std::to_string(i + 1));
        return name(std::move(names));
    }

    bool name(std::vector<std::string> names) {
        names_ = std::move(names);
        for (std::string& one : names_) one = std::string(trim(one));
        report_.columns = names_;
        return fits(names_.size());
    }

    bool give(const TableRow& row) {
        if (header_ && row.cells == cells_of_header_) return true;  // the header once more
        if (row.cells.size() == names_.size()) return sink_(names_, row);
        wrong_ = at_cell("This row has " + grouped(static_cast<std::int64_t>(row.cells.size())) +
                             " cells, but those before it have " + grouped(static_cast<std::int64_t>(names_.size())),
                         "Mend or remove the row", row.number, "", file_);
        return false;
    }

    const std::string& file_;
    const std::size_t most_columns_;
    ReadReport& report_;
    const std::stop_token& stop_;
    const NamedRowSink& sink_;
    Status wrong_;
    std::vector<std::string> names_, cells_of_header_;
    bool header_ = false;
};

}  // namespace

Status read_named_rows(std::string_view bytes, const std::string& file, std::size_t most_columns, ReadReport& report,
                       const std::stop_token& stop, const NamedRowSink& sink) {
    return NamedRows(file, most_columns, report, stop, sink).read(bytes);
}

}  // namespace gw
