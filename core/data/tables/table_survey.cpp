#include "data/tables/table_survey.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "data/dates.h"
#include "data/tables/cells.h"
#include "data/text/table_layout.h"
#include "util/mapped_file.h"
#include "util/number.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

/// Rows after which a column of numbers alone is one: what stands below is measured by them.
constexpr std::int64_t surely_numbers = 256;
/// Cells that a column of dates is known by.
constexpr std::size_t first_dates = 50;

struct Seen {
    std::string name;
    bool named_words = false;  ///< its numbers are names
    TableSurvey::Column found;
    std::int64_t numbers = 0;
    double squares = 0;
    std::map<std::string, std::int64_t, std::less<>> words;  ///< with how often each occurs; at most one too many
    FilePlace one_too_many, first_word;
    std::string first_word_cell;
    bool maybe_dates = true;
    std::vector<std::string> dates;  ///< cells of a column that may hold dates; missing ones are empty
    std::vector<FilePlace> date_places;
};

class Survey {
  public:
    Survey(const FileList& list, const TableReading& reading, ReadReport& report)
        : list_(list), reading_(reading), report_(report) {}

    Result<TableSurvey> made(const ProgressFn& progress, const std::stop_token& stop) {
        ReadingProgress shown(list_, say::reading_table, progress);
        for (std::size_t i = 0; i < list_.files.size(); ++i) {
            shown.begin(i);
            const auto map = MappedFile::open(list_.files[i]);
            if (!map) return map.error();
            const std::string_view bytes = map.value().text();
            if (trim(bytes).empty()) {
                report_.pass_over("empty file", {list_.relative[i], 0});
                continue;
            }
            ++report_.files;
            Status wrong;
            std::int64_t here = 0;
            constexpr std::int64_t between = 512;
            const std::size_t bytes_between = bytes.size() / lines_of(bytes) * between;
            const Status read = read_named_rows(bytes, list_.relative[i], TableInput::most_values, report_, stop,
                                                [&](const std::vector<std::string>& names, const TableRow& row) {
                                                    if (here++ == 0) wrong = settle(names, list_.relative[i]);
                                                    if (wrong) wrong = take(row, {list_.relative[i], row.number});
                                                    if (here % between == 0) shown.add(bytes_between);
                                                    return static_cast<bool>(wrong);
                                                });
            if (Status whole = map.value().intact(); !whole) return whole.error();
            if (!wrong) return wrong.error();
            if (!read) return read.error();
        }
        if (out_.rows == 0)
            return Error{Error::Code::bad_data,
                         "There is no row of values in these files",
                         "Choose tables with a row for each thing that is known of",
                         {"file " + list_.shown(0), "dataset table"}};
        for (Seen& column : seen_)
            if (Status typed = settle(column); !typed) return typed.error();
        return std::move(out_);
    }

  private:
    /// About so many lines, to show how far reading is.
    static std::size_t lines_of(std::string_view bytes) {
        constexpr std::size_t looked_at = 1 << 16;
        const std::string_view first = bytes.substr(0, looked_at);
        const auto lines = static_cast<std::size_t>(std::count(first.begin(), first.end(), '\n')) + 1;
        return lines * std::max<std::size_t>(1, bytes.size() / first.size());
    }

    /// The columns by their names; those of the first file hold for all.
    Status settle(const std::vector<std::string>& names, const std::string& file) {
        if (!out_.names.empty()) {
            if (names == out_.names) return {};
            return Error{Error::Code::bad_data,
                         "This file has other columns than " + named_in_ + ", or in another order",
                         "Give all files the same columns",
                         {"file " + file}};
        }
        out_.names = names;
        named_in_ = file;
        if (Status found = find_target(file); !found) return found;
        std::vector<std::size_t> chosen;
        for (const std::string& name : reading_.columns) {
            const auto at = column_called(std::string(trim(name)), names, "dataset.columns", file);
            if (!at) return at.error();
            if (std::find(chosen.begin(), chosen.end(), at.value()) != chosen.end())
                return Error{Error::Code::bad_spec,
                             "The column \"" + name + "\" is named twice",
                             "Name each once",
                             {"field dataset.columns"}};
            if (at.value() == out_.target)
                return Error{Error::Code::bad_spec,
                             "The column \"" + name + "\" is the one that is to be learnt",
                             "Take it out, so that the answer is not shown with the question",
                             {"field dataset.columns"}};
            chosen.push_back(at.value());
        }
        if (reading_.columns.empty())
            for (std::size_t at = 0; at < names.size(); ++at)
                if (at != out_.target) chosen.push_back(at);
        if (chosen.empty())
            return Error{Error::Code::bad_data,
                         "This table has no column beside the one that is to be learnt",
                         "Give it columns to learn from",
                         {"file " + file}};
        if (Status distinct = have_own_names(chosen, file); !distinct) return distinct;
        for (const std::size_t at : chosen) {
            Seen& one = seen_.emplace_back();
            one.name = names[at];
            one.found.place = at;
        }
        for (const std::string& name : reading_.categories) {
            const auto at = column_called(std::string(trim(name)), names, "dataset.categories", file);
            if (!at) return at.error();
            for (Seen& one : seen_)
                if (one.found.place == at.value()) one.named_words = true;
        }
        return {};
    }

    /// Two columns of one name would be shown as one, and the target's double would give the answer away.
    Status have_own_names(std::vector<std::size_t> places, const std::string& file) const {
        if (out_.target) places.push_back(*out_.target);
        std::set<std::string> names;
        for (const std::size_t at : places)
            if (!names.insert(out_.names[at]).second)
                return Error{Error::Code::bad_data,
                             "Several columns are called \"" + out_.names[at] + "\"",
                             "Give each a name of its own, or choose some by their numbers in dataset.columns",
                             {"file " + file}};
        return {};
    }

    Status find_target(const std::string& file) {
        if (reading_.labels == LabelKind::none) return {};
        const auto at = target_column(reading_.target, out_.names, /*times=*/std::nullopt, report_.label, file);
        if (!at) return at.error();
        out_.target = at.value();
        return {};
    }

    Status take(const TableRow& row, const FilePlace& at) {
        ++out_.rows;
        for (Seen& column : seen_)
            if (Status taken = take(column, row.cells[column.found.place], at); !taken) return taken;
        return {};
    }

    Status take(Seen& column, const std::string& written, const FilePlace& at) {
        if (is_missing(written)) {
            if (reading_.missing == "refuse")
                return at_cell("A value is missing", "Fill it in, or set dataset.missing to mark or drop", at.row,
                               column.name, at.file);
            if (column.found.missing++ == 0) column.found.first_missing = at;
            if (column.maybe_dates && !column.named_words) {
                column.dates.emplace_back();
                column.date_places.push_back(at);
            }
            return {};
        }
        const std::string_view cell = trim(written);
        ++column.found.filled;
        const auto number = column.named_words ? std::nullopt : parse_number(cell);
        if (number) {
            add_number(column, *number);
            column.maybe_dates = false;
        } else if (column.first_word.file.empty()) {
            column.first_word = at;
            column.first_word_cell = cell;
            if (column.numbers >= surely_numbers) return word_among_numbers(column);
        }
        if (column.named_words) column.maybe_dates = false;
        if (column.maybe_dates) {
            column.dates.emplace_back(cell);
            column.date_places.push_back(at);
            if (column.dates.size() == first_dates && !are_dates(column)) column.maybe_dates = false;
        }
        if (!column.maybe_dates && !column.dates.empty()) {
            column.dates = {};
            column.date_places = {};
        }
        if (column.numbers == surely_numbers && column.first_word.file.empty()) column.words = {};
        if ((column.numbers < surely_numbers || !column.first_word.file.empty()) &&
            column.words.size() <= TableInput::most_categories) {
            ++column.words[std::string(cell)];
            if (column.words.size() > TableInput::most_categories && column.one_too_many.file.empty())
                column.one_too_many = at;
        }
        return {};
    }

    static std::vector<std::string> filled(const std::vector<std::string>& cells) {
        std::vector<std::string> out;
        std::copy_if(cells.begin(), cells.end(), std::back_inserter(out),
                     [](const auto& cell) { return !cell.empty(); });
        return out;
    }

    /// Mean and squares about it (Welford 1962).
    static void add_number(Seen& column, double value) {
        TableSurvey::Column& found = column.found;
        const double gap = value - found.mean;
        found.mean += gap / static_cast<double>(++column.numbers);
        column.squares += gap * (value - found.mean);
    }

    static Error word_among_numbers(const Seen& column) {
        return at_cell(
            "This is no finite number, in a column of numbers: \"" + shortened_cell(column.first_word_cell) + "\"",
            "Mend the cell, leave the column out of dataset.columns, or name it in dataset.categories",
            column.first_word.row, column.name, column.first_word.file);
    }

    /// What the column holds, all of it being known.
    Status settle(Seen& column) {
        TableColumn& typed = out_.columns.emplace_back();
        typed.name = column.name;
        TableSurvey::Column& found = column.found;
        if (found.filled == 0)
            return at_cell("This column has no value at all", "Leave it out: name the others in dataset.columns",
                           found.first_missing.row, column.name, found.first_missing.file);
        if (column.numbers == found.filled) {
            found.deviation = std::sqrt(column.squares / static_cast<double>(column.numbers));
            if (!(found.deviation > 0)) has_one_value(column);
        } else if (column.numbers * 2 >= found.filled) {
            return word_among_numbers(column);
        } else if (column.maybe_dates && are_dates(column)) {
            typed.dates = true;
            if (Status read = take_dates(column); !read) return read;
        } else {
            if (!column.one_too_many.file.empty())
                return at_cell("This column has more than " +
                                   grouped(static_cast<std::int64_t>(TableInput::most_categories)) + " different words",
                               "Leave it out: names and texts say nothing as categories. Name the others in "
                               "dataset.columns",
                               column.one_too_many.row, column.name, column.one_too_many.file);
            if (!column.named_words && std::all_of(column.words.begin(), column.words.end(),
                                                   [](const auto& word) { return has_decimal_comma(word.first); }))
                return at_cell("This column holds numbers with a decimal comma: \"" +
                                   shortened_cell(column.first_word_cell) + "\"",
                               "Write them with a point, or name the column in dataset.categories",
                               column.first_word.row, column.name, column.first_word.file);
            for (const auto& [word, count] : column.words) typed.categories.push_back(word);
            if (typed.categories.size() == 1) has_one_value(column);
        }
        out_.found.push_back(std::move(found));
        return {};
    }

    void has_one_value(const Seen& column) {
        report_.warnings.push_back("The column \"" + column.name + "\" has one value alone: it tells nothing");
    }

    static bool has_decimal_comma(std::string cell) {
        if (std::count(cell.begin(), cell.end(), ',') != 1) return parse_number(cell).has_value();
        cell[cell.find(',')] = '.';
        return parse_number(cell).has_value();
    }

    /// Three numbers of a day, a month and a year, in whatever order.
    static bool looks_like_a_date(std::string_view cell) {
        std::vector<std::size_t> lengths{0};
        char between = 0;
        for (const char c : cell.substr(0, cell.find_first_of(" T"))) {
            if (c >= '0' && c <= '9') {
                ++lengths.back();
            } else if (std::string_view("/-.").find(c) != std::string_view::npos && (between == 0 || between == c)) {
                between = c;
                lengths.push_back(0);
            } else {
                return false;
            }
        }
        const auto is_short = [](std::size_t length) { return length == 1 || length == 2; };
        return lengths.size() == 3 && is_short(lengths[1]) &&
               ((is_short(lengths[0]) && (is_short(lengths[2]) || lengths[2] == 4)) ||
                (lengths[0] == 4 && is_short(lengths[2])));
    }

    /// By its first cells, of which at least half are dates, or look as if they were some that cannot be told apart:
    /// what is wrong with the others is named then, as a word among numbers is.
    static bool are_dates(const Seen& column) {
        std::vector<std::string> first = filled(column.dates);
        if (first.size() > first_dates) first.resize(first_dates);
        const auto dates = std::count_if(first.begin(), first.end(), [](const std::string& cell) {
            std::size_t bad = 0;
            return looks_like_a_date(cell) || read_times({cell}, bad);
        });
        return !first.empty() && 2 * dates >= static_cast<std::ptrdiff_t>(first.size());
    }

    static Status take_dates(Seen& column) {
        std::size_t bad = 0;
        const auto times = read_times(filled(column.dates), bad);
        constexpr double day = 86400;
        std::size_t next = 0;
        for (std::size_t r = 0; r < column.dates.size(); ++r) {
            if (column.dates[r].empty()) {
                column.found.dates.push_back(std::numeric_limits<double>::quiet_NaN());
                continue;
            }
            if (!times) {
                if (next++ < bad) continue;
                const FilePlace& at = column.date_places[r];
                return Error(times.error())
                    .at("column " + column.name)
                    .at("row " + grouped(at.row))
                    .at("file " + at.file);
            }
            const double days = times.value().values[next++] / day;
            column.found.dates.push_back(days);
            add_number(column, days);
        }
        column.found.deviation = std::sqrt(column.squares / static_cast<double>(column.numbers));
        return {};
    }

    const FileList& list_;
    const TableReading& reading_;
    ReadReport& report_;
    TableSurvey out_;
    std::string named_in_;  ///< the file that the names come from
    std::vector<Seen> seen_;
};

}  // namespace

Result<TableSurvey> survey_table(const FileList& list, const TableReading& reading, ReadReport& report,
                                 const ProgressFn& progress, const std::stop_token& stop) {
    return Survey(list, reading, report).made(progress, stop);
}

}  // namespace gw
