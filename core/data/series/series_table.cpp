#include "data/series/series_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "data/batch.h"
#include "data/dates.h"
#include "data/text/table_layout.h"
#include "data/text/table_reading.h"
#include "data/text/text_reading.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

namespace {

bool is_missing(std::string_view cell) {
    cell = trim(cell);
    if (cell.empty()) return true;
    if (cell.size() > 4) return false;  // the longest word
    const std::string word = lower_case(cell);
    for (const char* name : {"na", "n/a", "nan", "null", "none", "?", "-"})
        if (word == name) return true;
    return false;
}

Error at_cell(const std::string& message, const std::string& hint, std::int64_t row, const std::string& column,
              const std::string& file) {
    std::vector<std::string> where;
    if (!column.empty()) where.push_back("column " + column);
    where.push_back("row " + grouped(row));
    where.push_back("file " + file);
    return {Error::Code::bad_data, message, hint, std::move(where)};
}

bool is_value(const std::string& cell) {
    std::size_t bad = 0;
    return is_missing(cell) || parse_number(trim(cell)) || read_times({cell}, bad);
}

/// Whether names stand in the first row: one of its cells is no value, where the next row has one (a name may be a
/// number, such as a year's); else where it has no number at all.
bool is_header(const std::vector<std::string>& first, const std::vector<std::string>& next) {
    for (std::size_t i = 0; i < std::min(first.size(), next.size()); ++i)
        if (!is_value(first[i]) && is_value(next[i])) return true;
    return std::none_of(first.begin(), first.end(),
                        [](const std::string& cell) { return parse_number(trim(cell)).has_value(); });
}

/// The table of one file on its way to values.
class Reading {
  public:
    Reading(const std::string& file, const SeriesReading& wishes, ReadReport& report, std::stop_token stop)
        : file_(file), wishes_(wishes), report_(report), stop_(std::move(stop)) {}

    Result<SeriesTable> read(std::string_view bytes) {
        if (Status text = check_text(bytes); !text) return Error(text.error()).at("file " + file_);
        note_bytes(bytes, report_);
        if (Status cells = cut(bytes); !cells) return cells.error();
        if (rows_.empty())
            return Error{Error::Code::bad_data,
                         "There is no row of values in this file",
                         "Give it a row for each point in time",
                         {"file " + file_}};
        if (Status found = find_columns(); !found) return found.error();
        if (Status filled = take_values(); !filled) return filled.error();
        if (Status ordered = check_times(); !ordered) return ordered.error();
        return std::move(table_);
    }

  private:
    Status cut(std::string_view bytes) {
        auto cut = find_separator({bytes}, TableWishes{}, lower_case(file_).ends_with(".tsv") ? '\t' : ',');
        if (!cut) return Error(cut.error()).at("file " + file_);
        report_.separator = separator_name(cut.value().form.separator);
        report_.separator_how = cut.value().how;
        Status wrong;
        std::optional<TableRow> first;  // until it is known whether it is the header
        const auto enough = [&] { return wishes_.rows > 0 && static_cast<std::int64_t>(rows_.size()) >= wishes_.rows; };
        const auto judge_first = [&](const std::vector<std::string>& next) {
            const TableRow row = *std::exchange(first, std::nullopt);
            header_ = is_header(row.cells, next);
            if (!header_) return take(row, wrong);
            names_ = row.cells;
            return true;
        };
        const Status read = read_table(bytes, cut.value().form, [&](const TableRow& row) {
            if (stop_.stop_requested()) {
                wrong = Error{Error::Code::cancelled, "Stopped while reading series", "", {}};
                return false;
            }
            if (first && !judge_first(row.cells)) return false;
            if (enough()) return false;
            if (width_ > 0) return take(row, wrong);
            width_ = row.cells.size();
            if (width_ > SeriesInput::most_columns) {
                wrong = Error{Error::Code::bad_data,
                              "This table has " + grouped(static_cast<std::int64_t>(width_)) + " columns, more than " +
                                  grouped(static_cast<std::int64_t>(SeriesInput::most_columns)),
                              "Cut it into several, or turn it: a row is a point in time, a column a series",
                              {"file " + file_}};
                return false;
            }
            first = row;
            return true;
        });
        if (first && wrong) judge_first({});
        if (!wrong) return wrong;
        if (!read) return Error(read.error()).at("file " + file_);
        report_.header = header_;
        report_.header_how = ReadReport::How::content;
        for (std::size_t i = names_.size(); i < width_; ++i) names_.push_back("column " + std::to_string(i + 1));
        for (std::string& name : names_) name = std::string(trim(name));
        report_.columns = names_;
        return {};
    }

    bool take(const TableRow& row, Status& wrong) {
        if (header_ && row.cells == names_) return true;  // the header once more
        if (row.cells.size() != width_) {
            wrong = at_cell("This row has " + grouped(static_cast<std::int64_t>(row.cells.size())) +
                                " cells, but those before it have " + grouped(static_cast<std::int64_t>(width_)),
                            "Mend or remove the row", row.number, "", file_);
            return false;
        }
        rows_.push_back(row);
        return true;
    }

    /// The column of a name or number; an error where there is none, or several.
    Result<std::size_t> column(const std::string& wanted, const char* setting) const {
        const auto is_it = [&](const std::string& name) { return name == wanted; };
        const auto count = std::count_if(names_.begin(), names_.end(), is_it);
        if (count == 1)
            return static_cast<std::size_t>(std::find_if(names_.begin(), names_.end(), is_it) - names_.begin());
        if (count > 1)
            return Error{Error::Code::bad_data,
                         "Several columns are called \"" + wanted + "\"",
                         "Name it by its number, from 1",
                         {std::string("field ") + setting, "file " + file_}};
        if (const auto number = parse_count(wanted);
            number && *number >= 1 && *number <= static_cast<std::int64_t>(width_))
            return static_cast<std::size_t>(*number - 1);
        const auto near = nearest(wanted, names_);
        return Error{Error::Code::bad_data,
                     "There is no column \"" + wanted + "\"",
                     near ? "Did you mean \"" + *near + "\"?" : "There are " + quoted_list(names_),
                     {std::string("field ") + setting, "file " + file_}};
    }

    /// Whether the column holds times: no number, and what can be read as dates where it begins.
    bool holds_times(std::size_t at) const {
        std::vector<std::string> first;
        for (std::size_t i = 0; i < rows_.size() && i < 50; ++i) first.push_back(rows_[i].cells[at]);
        if (std::all_of(first.begin(), first.end(),
                        [](const std::string& cell) { return is_missing(cell) || parse_number(trim(cell)); }))
            return false;
        std::size_t bad = 0;
        return static_cast<bool>(read_times(first, bad));
    }

    Status find_columns() {
        if (!wishes_.time.empty() && wishes_.time != "none") {
            auto found = column(wishes_.time, "dataset.time");
            if (!found) return found.error();
            time_ = found.value();
        } else if (wishes_.time.empty()) {
            for (std::size_t i = 0; i < width_ && !time_; ++i)
                if (holds_times(i)) time_ = i;
        }
        if (wishes_.columns.empty()) {
            for (std::size_t i = 0; i < width_; ++i)
                if (i != time_) chosen_.push_back(i);
        } else {
            for (const std::string& name : wishes_.columns) {
                auto found = column(std::string(trim(name)), "dataset.columns");
                if (!found) return found.error();
                if (std::find(chosen_.begin(), chosen_.end(), found.value()) != chosen_.end())
                    return Error{Error::Code::bad_spec,
                                 "The column \"" + name + "\" is named twice",
                                 "Name each once",
                                 {"field dataset.columns"}};
                chosen_.push_back(found.value());
            }
        }
        if (chosen_.empty())
            return Error{Error::Code::bad_data,
                         "This table has no column of values beside its times",
                         "Give it a column for each series",
                         {"file " + file_}};
        for (const std::size_t at : chosen_) table_.columns.push_back(names_[at]);
        return {};
    }

    Status take_values() {
        const std::size_t width = chosen_.size();
        table_.values.assign(rows_.size() * width, 0.0);
        std::int64_t filled = 0;
        for (std::size_t c = 0; c < width; ++c) {
            std::optional<std::size_t> before;  // the last row with a value
            for (std::size_t r = 0; r < rows_.size(); ++r) {
                const std::string& cell = rows_[r].cells[chosen_[c]];
                double& value = table_.values[r * width + c];
                if (is_missing(cell)) {
                    if (wishes_.missing == "refuse")
                        return at_cell("A value is missing", "Fill it in, or set dataset.missing to previous or linear",
                                       rows_[r].number, table_.columns[c], file_);
                    ++filled;
                    continue;
                }
                const auto number = parse_number(trim(cell));
                if (!number)
                    return at_cell("This is no finite number: \"" + shortened(cell) + "\"",
                                   "Mend the cell, or name the columns to be read in dataset.columns", rows_[r].number,
                                   table_.columns[c], file_);
                value = *number;
                fill(c, before, r);
                before = r;
            }
            if (!before)
                return at_cell("This column has no value at all", "Leave it out: name the others in dataset.columns",
                               rows_.front().number, table_.columns[c], file_);
            fill(c, before, rows_.size());
        }
        if (filled > 0)
            report_.warnings.push_back(grouped(filled) + " missing values of " + file_ + " were filled in (" +
                                       (wishes_.missing == "linear" ? "linearly" : "by the one before") + ")");
        for (const TableRow& row : rows_) {
            table_.places.push_back(row.number);
            if (time_) table_.times.push_back(row.cells[*time_]);
        }
        return {};
    }

    static std::string shortened(const std::string& cell) {
        constexpr std::size_t longest = 40;
        return cell.size() <= longest ? cell : cell.substr(0, utf8_boundary(cell, longest)) + "...";
    }

    /// The values between two known ones; before the first and behind the last that one.
    void fill(std::size_t c, std::optional<std::size_t> before, std::size_t next) {
        const std::size_t width = chosen_.size(), from = before ? *before + 1 : 0;
        const bool ends = next == rows_.size();
        const double last = before ? table_.values[*before * width + c] : table_.values[next * width + c];
        const double to = ends ? last : table_.values[next * width + c];
        for (std::size_t r = from; r < next; ++r) {
            double share = 0;
            if (wishes_.missing == "linear" && before && !ends)
                share = static_cast<double>(r - *before) / static_cast<double>(next - *before);
            table_.values[r * width + c] = last + share * (to - last);
        }
    }

    Status check_times() {
        if (!time_ || rows_.size() < 2) return {};
        std::size_t bad = 0;
        const auto times = read_times(table_.times, bad);
        if (!times)
            return Error(times.error())
                .at("column " + names_[*time_])
                .at("row " + grouped(rows_[bad].number))
                .at("file " + file_);
        const std::vector<double>& at = times.value().values;
        std::map<double, std::int64_t> steps;
        for (std::size_t r = 1; r < at.size(); ++r) {
            if (at[r] <= at[r - 1])
                return at_cell(at[r] < at[r - 1]
                                   ? "This time lies before that of the row above: \"" + table_.times[r] + "\""
                                   : "This time stands twice: \"" + table_.times[r] + "\"",
                               "Sort the rows by time, each time once", rows_[r].number, names_[*time_], file_);
            ++steps[at[r] - at[r - 1]];
        }
        const auto usual = std::max_element(
            steps.begin(), steps.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
        std::int64_t gaps = 0;
        std::size_t first = 0;
        for (std::size_t r = 1; r < at.size(); ++r)
            if (at[r] - at[r - 1] > 1.5 * usual->first && ++gaps == 1) first = r;
        // Months and years are of several lengths.
        constexpr double longest_even = 28 * 86400.0;
        if (gaps > 0 && usual->first < longest_even)
            report_.warnings.push_back(file_ + " has " + grouped(gaps) + (gaps == 1 ? " gap" : " gaps") +
                                       " in its times, the first before row " + grouped(rows_[first].number) + " (" +
                                       table_.times[first] + "): rows are taken to follow each other at even steps");
        return {};
    }

    const std::string& file_;
    const SeriesReading& wishes_;
    ReadReport& report_;
    const std::stop_token stop_;
    std::vector<TableRow> rows_;
    std::vector<std::string> names_;
    std::size_t width_ = 0;
    bool header_ = false;
    std::optional<std::size_t> time_;
    std::vector<std::size_t> chosen_;
    SeriesTable table_;
};

}  // namespace

Result<SeriesTable> read_series(std::string_view bytes, const std::string& file, const SeriesReading& reading,
                                ReadReport& report, std::stop_token stop) {
    return Reading(file, reading, report, std::move(stop)).read(bytes);
}

}  // namespace gw
