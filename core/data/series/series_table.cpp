#include "data/series/series_table.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "data/batch.h"
#include "data/dates.h"
#include "data/series/time_gaps.h"
#include "data/tables/cells.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

namespace {

/// The table of one file on its way to values.
class Reading {
  public:
    Reading(const std::string& file, const SeriesReading& wishes, ReadReport& report, std::stop_token stop)
        : file_(file), wishes_(wishes), report_(report), stop_(std::move(stop)) {}

    Result<SeriesTable> read(std::string_view bytes) {
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
        const auto enough = [&] { return wishes_.rows > 0 && static_cast<std::int64_t>(rows_.size()) >= wishes_.rows; };
        return read_named_rows(bytes, file_, SeriesInput::most_columns, report_, stop_,
                               [&](const std::vector<std::string>& names, const TableRow& row) {
                                   if (names_.empty()) names_ = names;
                                   rows_.push_back(row);
                                   return !enough();
                               });
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
            auto found = column_called(wishes_.time, names_, "dataset.time", file_);
            if (!found) return found.error();
            time_ = found.value();
        } else if (wishes_.time.empty()) {
            for (std::size_t i = 0; i < names_.size() && !time_; ++i)
                if (holds_times(i)) time_ = i;
        }
        if (wishes_.labelled) {
            const auto found = target_column(wishes_.target, names_, time_, report_.label, file_);
            if (!found) return found.error();
            target_ = found.value();
            table_.label_column = names_[*target_];
        }
        if (wishes_.columns.empty()) {
            for (std::size_t i = 0; i < names_.size(); ++i)
                if (i != time_ && i != target_) chosen_.push_back(i);
        } else {
            for (const std::string& name : wishes_.columns) {
                auto found = column_called(std::string(trim(name)), names_, "dataset.columns", file_);
                if (!found) return found.error();
                if (std::find(chosen_.begin(), chosen_.end(), found.value()) != chosen_.end())
                    return Error{Error::Code::bad_spec,
                                 "The column \"" + name + "\" is named twice",
                                 "Name each once",
                                 {"field dataset.columns"}};
                if (found.value() == target_)
                    return Error{Error::Code::bad_spec,
                                 "The column \"" + name + "\" is the target, which would give the answer away",
                                 "Take it out of dataset.columns, or name another dataset.target",
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
                    if (filled++ == 0) table_.filled.assign(table_.values.size(), 0);
                    table_.filled[r * width + c] = 1;
                    continue;
                }
                const auto number = parse_number(trim(cell));
                if (!number)
                    return at_cell("This is no finite number: \"" + shortened_cell(cell) + "\"",
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
            if (target_)
                table_.labels.emplace_back(is_missing(row.cells[*target_]) ? std::string_view()
                                                                           : trim(row.cells[*target_]));
        }
        return {};
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
        for (std::size_t r = 1; r < at.size(); ++r)
            if (at[r] <= at[r - 1])
                return at_cell(at[r] < at[r - 1]
                                   ? "This time lies before that of the row above: \"" + table_.times[r] + "\""
                                   : "This time stands twice: \"" + table_.times[r] + "\"",
                               "Sort the rows by time, each time once", rows_[r].number, names_[*time_], file_);
        if (const TimeGaps found = gaps_in(at); !found.before.empty()) {
            const auto gaps = static_cast<std::int64_t>(found.before.size());
            const std::size_t first = found.before.front();
            report_.warnings.push_back(file_ + " has " + grouped(gaps) + (gaps == 1 ? " gap" : " gaps") +
                                       " in its times, the first before row " + grouped(rows_[first].number) + " (" +
                                       table_.times[first] + "): rows are taken to follow each other at even steps");
        }
        return {};
    }

    const std::string& file_;
    const SeriesReading& wishes_;
    ReadReport& report_;
    const std::stop_token stop_;
    std::vector<TableRow> rows_;
    std::vector<std::string> names_;
    std::optional<std::size_t> time_, target_;
    std::vector<std::size_t> chosen_;
    SeriesTable table_;
};

}  // namespace

Result<SeriesTable> read_series(std::string_view bytes, const std::string& file, const SeriesReading& reading,
                                ReadReport& report, std::stop_token stop) {
    return Reading(file, reading, report, std::move(stop)).read(bytes);
}

}  // namespace gw
