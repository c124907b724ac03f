#include "data/text/table_reading.h"

#include <csv.h>

#include <algorithm>
#include <memory>

#include "data/text/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

/// What libcsv calls back.
struct CsvReading {
    const RowSink* sink;
    TableRow row;
    std::int64_t lines = 1;  ///< line that the next row begins on
    bool more = true;

    void cell(std::string_view text) {
        for (const char c : text) lines += c == '\n';
        row.cells.emplace_back(text);
    }
    void end() {
        const bool blank = row.cells.empty() || (row.cells.size() == 1 && trim(row.cells.front()).empty());
        if (more && !blank) more = (*sink)(row);
        row.cells.clear();
        row.number = ++lines;
    }
};

Error broken_quote(std::int64_t row, char separator) {
    return {
        Error::Code::bad_data,
        "A quote of this row is broken: it is never closed, or it stands inside a cell that does not begin with one",
        std::string("Put the whole cell in double quotes and write each quote inside it twice; ") +
            (separator == '\t' ? "in a file without quoting set dataset.format=tsv"
                               : "in a file of tabs without quoting set dataset.format=tsv"),
        {"row " + grouped(row)}};
}

/// `bytes` are well-formed, with LF line ends; the first of them stands on line `first`.
Status read_quoted(std::string_view bytes, std::int64_t first, char separator, const RowSink& sink) {
    csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return Error{Error::Code::out_of_memory, "There is not enough memory", "", {}};
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> free_it(&parser, csv_free);
    csv_set_delim(&parser, static_cast<unsigned char>(separator));
    CsvReading reading{&sink, {first, {}}, first};
    auto on_cell = [](void* text, std::size_t size, void* at) {
        static_cast<CsvReading*>(at)->cell({static_cast<const char*>(text), size});
    };
    auto on_row = [](int, void* at) { static_cast<CsvReading*>(at)->end(); };
    // In pieces, so that a sink that wants no more is heard.
    constexpr std::size_t piece = 1 << 16;
    for (std::size_t at = 0; at < bytes.size() && reading.more; at += piece) {
        const std::string_view part = bytes.substr(at, piece);
        if (csv_parse(&parser, part.data(), part.size(), on_cell, on_row, &reading) != part.size() && reading.more)
            return broken_quote(reading.row.number, separator);
    }
    if (reading.more && csv_fini(&parser, on_cell, on_row, &reading) != 0)
        return broken_quote(reading.row.number, separator);
    return {};
}

Status read_unquoted(std::string_view bytes, std::int64_t first, char separator, const RowSink& sink) {
    for (std::int64_t number = first; !bytes.empty(); ++number) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (trim(line).empty()) continue;
        if (!sink({number, split(line, separator)})) return {};
    }
    return {};
}

Status read_rows(std::string_view plain, const TableForm& form, const RowSink& sink) {
    std::int64_t first = 1;
    if (told_separator(plain)) {
        plain.remove_prefix(std::min(plain.find('\n'), plain.size() - 1) + 1);
        first = 2;
    }
    return form.quoted ? read_quoted(plain, first, form.separator, sink)
                       : read_unquoted(plain, first, form.separator, sink);
}

}  // namespace

Status read_table(std::string_view bytes, const TableForm& form, const RowSink& sink) {
    if (Status text = check_text(bytes); !text) return text;
    std::string buffer;
    return read_rows(plain_lines(bytes, buffer), form, sink);
}

std::vector<TableRow> first_rows(std::string_view bytes, const TableForm& form, std::size_t most) {
    constexpr std::size_t enough = 1 << 20;
    std::string_view head = bytes;
    if (head.size() > enough)
        if (const std::size_t end = head.rfind('\n', enough); end != std::string_view::npos && end > 0)
            head = head.substr(0, end + 1);
    std::string buffer;
    std::vector<TableRow> rows;
    const RowSink take = [&](const TableRow& row) {
        rows.push_back(row);
        return rows.size() < most;
    };
    (void)read_rows(plain_lines(head, buffer), form, take);
    if (rows.empty() && head.size() < bytes.size()) (void)read_rows(plain_lines(bytes, buffer), form, take);
    return rows;
}

std::optional<char> told_separator(std::string_view bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
    while (line.ends_with(' ')) line.remove_suffix(1);
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    if (line.size() != 5 || (line.substr(0, 4) != "sep=" && line.substr(0, 4) != "SEP=" && line.substr(0, 4) != "Sep="))
        return std::nullopt;
    return line[4];
}

bool tabs_are_quoted(std::string_view bytes) {
    if (bytes.find('"') == std::string_view::npos) return false;
    std::string buffer;
    bytes = plain_lines(bytes, buffer);
    bool needed = false, all = true, at_start = true;
    for (std::size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        if (c == '\t' || c == '\n') {
            at_start = true;
            ++i;
            continue;
        }
        if (!at_start) return false;
        at_start = false;
        if (c != '"') {
            const std::size_t end = std::min(bytes.find_first_of("\t\n", i), bytes.size());
            const std::string_view cell = bytes.substr(i, end - i);
            if (cell.find('"') != std::string_view::npos) return false;
            all = all && cell.find_first_not_of("+-.,0123456789eE ") == std::string_view::npos;
            i = end;
            continue;
        }
        for (++i;; ++i) {
            if (i >= bytes.size()) return false;
            if (bytes[i] != '"') {
                needed = needed || bytes[i] == '\t' || bytes[i] == '\n';
            } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
                needed = true;
                ++i;
            } else {
                ++i;
                break;
            }
        }
        if (i < bytes.size() && bytes[i] != '\t' && bytes[i] != '\n') return false;
    }
    return needed || all;
}

std::string separator_name(char separator) {
    return separator == '\t' ? "tab" : std::string(1, separator);
}

namespace {

TableRow cut_line(std::string_view line, std::int64_t number, bool at_tabs) {
    TableRow row{number, {}};
    if (at_tabs) {
        for (const std::string& cell : split(line, '\t')) row.cells.emplace_back(trim(cell));
        return row;
    }
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t stop = std::min(line.find_first_of(" \t", at), line.size());
        if (stop > at) row.cells.emplace_back(line.substr(at, stop - at));
        at = stop + 1;
    }
    return row;
}

std::string_view next_line(std::string_view& left) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    const std::string_view line = trim(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
    return line;
}

/// A label of the inside-outside-beginning schemes.
bool is_chunk_label(std::string_view cell) {
    return cell == "O" ||
           (cell.size() > 2 && cell[1] == '-' && std::string_view("BIESLUM").find(cell[0]) != std::string_view::npos);
}

bool is_document_start(std::string_view line) {
    return line.starts_with("-DOCSTART-");
}
bool may_be_comment(std::string_view line) {
    return line == "#" || line.starts_with("# ");
}

/// What tells words from comments, and how lines are cut.
struct ColumnsForm {
    bool tabs = false;      ///< in most lines
    std::size_t width = 0;  ///< columns of the first line with a word
};
ColumnsForm columns_form(std::string_view bytes) {
    ColumnsForm form;
    std::int64_t lines = 0, tabbed = 0;
    while (!bytes.empty()) {
        const std::string_view line = next_line(bytes);
        if (line.empty() || is_document_start(line) || may_be_comment(line)) continue;
        ++lines;
        const bool has = line.find('\t') != std::string_view::npos;
        tabbed += has;
        if (form.width == 0) form.width = cut_line(line, 0, has).cells.size();
    }
    form.tabs = tabbed * 2 > lines;
    return form;
}

}  // namespace

Status read_columns(std::string_view bytes, ColumnsCount& count,
                    const std::function<bool(const std::vector<TableRow>&)>& sink) {
    if (Status text = check_text(bytes); !text) return text;
    std::string buffer;
    bytes = plain_lines(bytes, buffer);
    const ColumnsForm form = columns_form(bytes);
    std::vector<TableRow> sentence;
    auto close = [&] {
        const bool go_on = sentence.empty() || sink(sentence);
        sentence.clear();
        return go_on;
    };
    for (std::int64_t number = 1; !bytes.empty(); ++number) {
        const std::string_view line = next_line(bytes);
        if (line.empty() || is_document_start(line)) {
            count.document_starts += !line.empty();
            count.beyond_blanks = count.beyond_blanks || (!line.empty() && !sentence.empty());
            if (!close()) return {};
            continue;
        }
        const bool has_tab = line.find('\t') != std::string_view::npos;
        TableRow row = cut_line(line, number, has_tab);
        if (may_be_comment(line)) {
            const bool is_word = !sentence.empty() || (row.cells.size() == form.width && form.width >= 2 &&
                                                       is_chunk_label(row.cells.back()));
            if (!is_word) {
                ++count.comments;
                continue;
            }
            count.beyond_blanks = true;
        }
        if (form.tabs && !has_tab)
            return Error{Error::Code::bad_data,
                         "This line has no tab, but the other lines of this file are cut at tabs",
                         "Put a tab between the word and its label",
                         {"row " + grouped(number)}};
        if (has_tab) count.beyond_blanks = count.beyond_blanks || cut_line(line, number, false).cells != row.cells;
        sentence.push_back(std::move(row));
    }
    close();
    return {};
}

}  // namespace gw
