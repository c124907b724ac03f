#include "data/text/table_layout.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "data/text/table_columns.h"
#include "util/text.h"

namespace gw {

namespace {

using How = ReadReport::How;

std::vector<std::string> trimmed(const TableRow& row) {
    std::vector<std::string> out;
    for (const std::string& cell : row.cells) out.emplace_back(trim(cell));
    return out;
}

std::optional<std::size_t> column_named(const std::vector<std::string>& names, const std::string& name) {
    const auto it = std::find(names.begin(), names.end(), name);
    if (it == names.end()) return std::nullopt;
    return static_cast<std::size_t>(it - names.begin());
}

std::vector<std::string> place(const TableSample& sample) {
    return {"row " + grouped(sample.rows.front().number), "file " + sample.file};
}

/// The column that a setting names: by name where a header has names, else by number.
Result<std::optional<std::size_t>> set_column(const std::string& value, const std::string& setting,
                                              const TableLayout& layout, const TableSample& sample) {
    if (value.empty()) return std::optional<std::size_t>();
    if (const auto at = layout.header ? column_named(layout.names, value) : std::nullopt) {
        if (std::count(layout.names.begin(), layout.names.end(), value) > 1)
            return Error{Error::Code::bad_data, "There are several columns \"" + value + "\"",
                         "Set " + setting + " to the column's number (from 1)", place(sample)};
        return at;
    }
    std::size_t number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failed == std::errc() && end == value.data() + value.size() && number >= 1 && number <= layout.width)
        return std::optional(number - 1);
    std::string known;
    for (std::size_t i = 0; i < layout.width; ++i)
        known += (i ? ", " : "") + (layout.header ? layout.names[i] : std::to_string(i + 1));
    return Error{Error::Code::bad_data, "There is no column \"" + value + "\"; the columns are " + known,
                 "Set " + setting, place(sample)};
}

/// The likeliest of the columns with usual names; other candidates are told.
std::optional<std::size_t> usual_column(const std::vector<std::string>& names, std::size_t (*rank)(const std::string&),
                                        bool (*usual)(const std::string&), std::optional<std::size_t> but,
                                        const std::string& what, TableLayout& layout) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (usual(names[i]) && but != i) found.push_back(i);
    if (found.empty()) return std::nullopt;
    std::stable_sort(found.begin(), found.end(),
                     [&](std::size_t a, std::size_t b) { return rank(names[a]) < rank(names[b]); });
    if (found.size() > 1) {
        std::vector<std::string> others;
        for (std::size_t i = 1; i < found.size(); ++i) others.push_back(names[found[i]]);
        layout.doubts.push_back("The column \"" + names[found.front()] + "\" was taken for the " + what + "; " +
                                quoted_list(others) + " might be it as well (dataset." + what + " settles it)");
    }
    return found.front();
}

/// What known names, the longest and the least varied column of the first rows of one file say by themselves.
struct PlainLayout {
    bool header = false;
    std::size_t text = 0, label = 1;
};
PlainLayout plain_layout(const TableSample& sample, const TableWishes& wishes, std::optional<std::size_t> text,
                         std::optional<std::size_t> label) {
    constexpr std::size_t looked_at = 200;
    const std::vector<std::string> head = trimmed(sample.rows.front());
    PlainLayout out;
    out.header = wishes.header == "names" ||
                 (wishes.header == "auto" && ((!wishes.text.empty() && column_named(head, wishes.text)) ||
                                              (!wishes.label.empty() && column_named(head, wishes.label)) ||
                                              std::any_of(head.begin(), head.end(), names_text) ||
                                              std::any_of(head.begin(), head.end(), names_label)));
    if (out.header)
        for (std::size_t i = 0; i < head.size(); ++i) {
            if (!text && names_text(head[i]) && label != i) text = i;
            if (!label && names_label(head[i]) && text != i) label = i;
        }
    auto scan = [&](auto better, std::size_t worst, std::optional<std::size_t> but) {
        std::size_t best = but == std::size_t{0} ? 1 : 0, measure = worst;
        for (std::size_t column = 0; column < head.size(); ++column) {
            std::vector<std::string> cells;
            for (std::size_t i = out.header ? 1 : 0; i < std::min(sample.rows.size(), looked_at); ++i)
                if (column < sample.rows[i].cells.size()) cells.push_back(sample.rows[i].cells[column]);
            if (column != but && better(cells, measure)) best = column;
        }
        return best;
    };
    out.text = text ? *text
                    : scan(
                          [](const std::vector<std::string>& cells, std::size_t& most) {
                              std::size_t sum = 0;
                              for (const std::string& cell : cells) sum += cell.size();
                              return sum > most && (most = sum, true);
                          },
                          0, label);
    out.label = label ? *label
                      : scan(
                            [](std::vector<std::string>& cells, std::size_t& fewest) {
                                std::sort(cells.begin(), cells.end());
                                const auto values =
                                    static_cast<std::size_t>(std::unique(cells.begin(), cells.end()) - cells.begin());
                                return values < fewest && (fewest = values, true);
                            },
                            sample.rows.size() + 1, out.text);
    return out;
}

Result<bool> has_header(const std::vector<TableSample>& samples, const TableWishes& wishes,
                        const std::vector<ColumnStatistics>& columns, How& how) {
    how = How::given;
    if (wishes.header != "auto") return wishes.header == "names";
    const TableSample& first = samples.front();
    const std::vector<std::string> head = trimmed(first.rows.front());
    how = How::name;
    if ((!wishes.text.empty() && column_named(head, wishes.text)) ||
        (!wishes.label.empty() && column_named(head, wishes.label)))
        return true;
    // A usual name that also stands below is a class or a text, not a name.
    for (std::size_t c = 0; c < head.size(); ++c)
        if ((names_text(head[c]) || names_label(head[c])) && !columns[c].has(head[c])) return true;
    how = How::content;
    if (const auto names = first_rows_are_names(samples, columns)) return *names;
    return Error{Error::Code::bad_data,
                 "It is not clear whether the first row (" + quoted_list(head) + ") names the columns or is data",
                 "Set dataset.header=names or dataset.header=data", place(first)};
}

std::string columns_text(std::size_t count) {
    return grouped(static_cast<std::int64_t>(count)) + (count == 1 ? " column" : " columns");
}

}  // namespace

Result<TableLayout> find_layout(const std::vector<TableSample>& all, const TableWishes& wishes) {
    std::vector<TableSample> samples;
    for (const TableSample& sample : all)
        if (!sample.rows.empty()) samples.push_back(sample);
    TableLayout out;
    if (samples.empty()) return out;
    const TableSample& first = samples.front();
    out.file = first.file;
    out.width = first.rows.front().cells.size();
    const bool labelled = wishes.labels != LabelKind::none;
    if (labelled && out.width < 2)
        return Error{Error::Code::bad_data, "This row has one column, but a text and a label are needed",
                     "Check dataset.format and dataset.separator (auto, comma, semicolon, tab, pipe): at what are the "
                     "cells cut?",
                     place(first)};
    const auto below = column_statistics(samples, /*with_first_rows=*/false);
    auto header = has_header(samples, wishes, below, out.header_how);
    if (!header) return header.error();
    out.header = header.value();
    if (out.header) out.names = trimmed(first.rows.front());

    auto text = set_column(wishes.text, wishes.text_setting, out, first),
         label = set_column(labelled ? wishes.label : "", "dataset.label", out, first);
    if (!text) return text.error();
    if (!label) return label.error();
    const auto text_set = text.value(), label_set = label.value();
    if (text_set && text_set == label_set)
        return Error{Error::Code::bad_data, "The text and the label are the same column",
                     "Set " + wishes.text_setting + " or dataset.label", place(first)};
    auto chosen_text = text_set, chosen_label = label_set;
    out.text_how = out.label_how = How::given;
    if (!chosen_text) {
        out.text_how = How::name;
        chosen_text = usual_column(out.names, text_rank, names_text, chosen_label, "text", out);
    }
    if (labelled && !chosen_label) {
        out.label_how = How::name;
        chosen_label = usual_column(out.names, label_rank, names_label, chosen_text, "label", out);
    }
    const auto columns = out.header ? below : column_statistics(samples, /*with_first_rows=*/true);
    if (!chosen_text) {
        out.text_how = How::content;
        auto found = out.width == 1 ? Result<std::size_t>(0) : text_column(columns, chosen_label, wishes);
        if (!found) return Error{found.error().code, found.error().message, found.error().hint, place(first)};
        chosen_text = found.value();
    }
    if (labelled && !chosen_label) {
        out.label_how = How::content;
        auto found = label_column(columns, *chosen_text, wishes);
        if (!found) return Error{found.error().code, found.error().message, found.error().hint, place(first)};
        chosen_label = found.value();
    }
    out.text = *chosen_text;
    out.label = chosen_label.value_or(0);
    if (!labelled) out.label_how = How::none;
    for (const std::size_t column : {out.text, out.label})
        if (out.header && std::count(out.names.begin(), out.names.end(), out.names[column]) > 1 &&
            (labelled || column == out.text) && (column == out.text ? out.text_how : out.label_how) != How::given)
            return Error{Error::Code::bad_data, "There are several columns \"" + out.names[column] + "\"",
                         "Set " + (column == out.text ? wishes.text_setting : "dataset.label") +
                             " to the column's number (from 1)",
                         place(first)};
    if (labelled)
        for (const TableSample& sample : samples) {
            if (sample.rows.front().cells.size() < 2) continue;
            const PlainLayout plain = plain_layout(sample, wishes, text_set, label_set);
            out.beyond_names =
                out.beyond_names || plain.header != out.header || plain.text != out.text || plain.label != out.label;
        }
    return out;
}

Result<TableLayout> layout_in(const TableLayout& layout, const TableRow& first, const std::string& file) {
    const std::vector<std::string> where{"row " + grouped(first.number), "file " + file};
    if (!layout.header) {
        if (first.cells.size() != layout.width)
            return Error{Error::Code::bad_data,
                         "This file has " + columns_text(first.cells.size()) + ", but " + layout.file + " has " +
                             grouped(static_cast<std::int64_t>(layout.width)),
                         "Leave the file out, or cut its cells as those of " + layout.file + " are", where};
        return layout;
    }
    const std::vector<std::string> names = trimmed(first);
    if (names == layout.names) return layout;
    TableLayout out = layout;
    out.names = names;
    out.width = names.size();
    for (std::size_t TableLayout::*column : {&TableLayout::text, &TableLayout::label}) {
        if (column == &TableLayout::label && layout.label_how == How::none) continue;
        const std::string& name = layout.names[layout.*column];
        const auto at = column_named(names, name);
        if (!at || name.empty())
            return Error{Error::Code::bad_data,
                         "The first row of this file (" + quoted_list(names) + ") has no column \"" + name +
                             "\", which that of " + layout.file + " has",
                         "Give all files the same header, or leave this one out", where};
        if (std::count(names.begin(), names.end(), name) > 1)
            return Error{Error::Code::bad_data, "There are several columns \"" + name + "\" in this file",
                         "Give each column its own name", where};
        out.*column = *at;
    }
    return out;
}

Result<TableCut> find_separator(const std::vector<std::string_view>& files, const TableWishes& wishes, char usual) {
    auto form = [&](char separator) {
        TableForm out{separator, true};
        if (separator == '\t')
            out.quoted = usual != '\t' && wishes.separator == "tab"
                             ? true
                             : std::any_of(files.begin(), files.end(), tabs_are_quoted);
        return out;
    };
    for (const auto& [name, separator] : {std::pair{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}})
        if (wishes.separator == name) return TableCut{form(separator), How::given};
    for (const std::string_view file : files)
        if (const auto told = told_separator(file)) return TableCut{form(*told), How::content};

    constexpr std::size_t looked_at = 200;
    struct Candidate {
        char separator;
        double agreeing = 0;  ///< share of the rows that have as many cells as the first
        bool names = false;   ///< whether the first row has usual names
    };
    std::vector<Candidate> candidates;
    for (const char separator : {',', ';', '\t', '|'}) {
        const TableForm cut = form(separator);
        std::size_t width = 0, rows = 0, agreeing = 0;
        bool names = false;
        for (const std::string_view file : files) {
            const auto sample = first_rows(file, cut, looked_at);
            if (sample.empty()) continue;
            if (width == 0) {
                width = sample.front().cells.size();
                names = std::any_of(sample.front().cells.begin(), sample.front().cells.end(),
                                    [](const std::string& cell) { return names_text(cell) || names_label(cell); });
            }
            for (const TableRow& row : sample) {
                ++rows;
                agreeing += row.cells.size() == width;
            }
        }
        if (width >= 2 && rows > 0)
            candidates.push_back({separator, static_cast<double>(agreeing) / static_cast<double>(rows), names});
    }
    if (candidates.empty()) return TableCut{form(usual), How::name};
    // The cell that a usual name fills can only come from the right cut.
    if (std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return c.names; }))
        std::erase_if(candidates, [](const Candidate& c) { return !c.names; });
    const auto of_format =
        std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& c) { return c.separator == usual; });
    const auto best = std::max_element(candidates.begin(), candidates.end(),
                                       [](const Candidate& a, const Candidate& b) { return a.agreeing < b.agreeing; });
    // A tab hardly ever stands in a text by chance, other separators do.
    if (of_format != candidates.end() && of_format->agreeing >= best->agreeing) {
        for (const Candidate& other : candidates)
            if (usual != '\t' && other.separator != usual && other.agreeing >= of_format->agreeing &&
                of_format->agreeing == 1.0)
                return Error{Error::Code::bad_data,
                             std::string("It is not clear at what the cells are cut: \"") + separator_name(usual) +
                                 "\" and \"" + separator_name(other.separator) + "\" both give rows of equal length",
                             "Set dataset.separator to comma, semicolon, tab or pipe",
                             {}};
        return TableCut{form(usual), How::name};
    }
    return TableCut{form(best->separator), best->separator == usual ? How::name : How::content};
}

}  // namespace gw
