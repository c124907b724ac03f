#include "data/images/caption_table.h"

#include <algorithm>
#include <map>

#include "data/text/file_form.h"
#include "data/text/json_reading.h"
#include "data/text/table_layout.h"
#include "util/text.h"

namespace gw {

namespace {

/// One row as it is filled, cell by cell.
class CaptionReader {
  public:
    CaptionReader(const CaptionColumns& columns, const std::string& file, ReadReport& report,
                  std::vector<CaptionRow>& out)
        : columns_(columns), file_(file), report_(report), out_(out) {}

    const CaptionColumns& columns() const { return columns_; }
    bool reads(std::string_view column) const {
        return column == columns_.file || column == columns_.caption || column == columns_.label ||
               column == columns_.part;
    }

    /// `cell` gives the value of a column, or null where the row has none; `there` names the columns for a message.
    Status take(std::int64_t number, const std::function<const std::string*(const std::string&)>& cell,
                const std::function<std::string()>& there) {
        CaptionRow row;
        row.number = number;
        for (const auto& [column, setting, into] :
             {std::tuple{&columns_.file, "file", &row.file}, std::tuple{&columns_.caption, "caption", &row.caption},
              std::tuple{&columns_.label, "label", &row.label}, std::tuple{&columns_.part, "part", &row.part}}) {
            if (column->empty()) continue;
            const std::string* value = cell(*column);
            if (value)
                *into = std::string(trim(*value));
            else if (!any_)  // of the first row a wrong name; of a later one an empty cell
                return Error{Error::Code::bad_data,
                             "This row has no \"" + *column + "\"; it has " + there(),
                             std::string("Set dataset.") + setting + " to the column with the " +
                                 (column == &columns_.file    ? "pictures' files"
                                  : column == &columns_.label ? "classes"
                                  : column == &columns_.part  ? "parts of the data"
                                                              : "captions"),
                             {"row " + grouped(number)}};
        }
        any_ = true;
        if (row.caption.empty()) {
            report_.pass_over("no caption", {file_, number});
            return {};
        }
        if (row.file.empty() || (!columns_.label.empty() && row.label.empty()))
            return Error{Error::Code::bad_data,
                         row.file.empty() ? "This caption has no picture" : "The class of this row is missing",
                         "Fill it in, or remove the row",
                         {"row " + grouped(number)}};
        std::string buffer;
        row.caption = std::string(plain_lines(row.caption, buffer));
        out_.push_back(std::move(row));
        return {};
    }

  private:
    bool any_ = false;  ///< whether a row had all columns
    const CaptionColumns& columns_;
    const std::string& file_;
    ReadReport& report_;
    std::vector<CaptionRow>& out_;
};

Status read_objects(std::string_view bytes, CaptionReader& reader) {
    Status wrong, odd;
    const Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
        std::string text;
        const auto cell = [&](const std::string& column) -> const std::string* {
            const Json* value = json_field(row, column);
            if (!value) return nullptr;
            text.clear();
            if (value->is_null()) return &text;
            if (value->is_structured() && odd)
                odd = Error{Error::Code::bad_data,
                            "The \"" + column + "\" of this row is " + (value->is_array() ? "a list" : "an object") +
                                ", not a text",
                            "Write one text there; of several captions each stands in a row of its own",
                            {"row " + grouped(number)}};
            text = value->is_string() ? value->get<std::string>() : value->dump();
            return &text;
        };
        wrong = reader.take(number, cell, [&] { return json_keys(row); });
        if (!odd) wrong = odd;
        return static_cast<bool>(wrong);
    });
    return wrong ? read : wrong;
}

/// How a table is cut: by what its first line or its name says, else by whatever makes the wanted columns of its
/// header.
TableForm form_of(std::string_view bytes, char usual, const CaptionColumns& columns) {
    const auto cut = [&](char separator) { return TableForm{separator, separator != '\t' || tabs_are_quoted(bytes)}; };
    if (const auto told = told_separator(bytes)) return cut(*told);
    for (const char separator : {usual, ',', ';', '\t', '|'}) {
        const std::vector<TableRow> head = first_rows(bytes, cut(separator), 1);
        const auto has = [&](const std::string& column) {
            return std::any_of(head.front().cells.begin(), head.front().cells.end(),
                               [&](const std::string& cell) { return trim(cell) == column; });
        };
        if (!head.empty() && has(columns.file) && has(columns.caption)) return cut(separator);
    }
    return cut(usual);
}

/// A row with other cells than the header has lost or won a separator: what stands in its columns is not what is meant.
/// Empty cells behind the last column are nothing.
Status fits(const TableRow& row, std::size_t columns, const TableForm& form) {
    if (row.cells.size() == columns) return {};
    if (row.cells.size() > columns &&
        std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(columns), row.cells.end(),
                    [](const std::string& cell) { return trim(cell).empty(); }))
        return {};
    return Error{Error::Code::bad_data,
                 "This row has " + grouped(static_cast<std::int64_t>(row.cells.size())) +
                     (row.cells.size() == 1 ? " cell" : " cells") + ", but the header has " +
                     grouped(static_cast<std::int64_t>(columns)),
                 row.cells.size() < columns ? "Mend or remove the row"
                 : form.quoted ? std::string("Put captions that hold a \"") + form.separator + "\" in double quotes"
                               : std::string("Take the tabs out of the cells"),
                 {"row " + grouped(row.number)}};
}

Status read_cells(std::string_view bytes, char separator, CaptionReader& reader) {
    std::map<std::string, std::size_t> columns;
    std::vector<std::string> names;
    Status wrong;
    const TableForm form = form_of(bytes, separator, reader.columns());
    const Status read = read_table(bytes, form, [&](const TableRow& row) {
        if (names.empty()) {
            for (const std::string& cell : row.cells) {
                if (!columns.emplace(std::string(trim(cell)), names.size()).second && reader.reads(trim(cell)))
                    wrong = Error{Error::Code::bad_data,
                                  "Two columns are called \"" + std::string(trim(cell)) + "\"",
                                  "Give the one that is not meant another name",
                                  {"row " + grouped(row.number)}};
                names.emplace_back(trim(cell));
            }
            return static_cast<bool>(wrong);
        }
        if (Status whole = fits(row, names.size(), form); !whole) {
            wrong = whole;
            return false;
        }
        const auto cell = [&](const std::string& column) -> const std::string* {
            const auto it = columns.find(column);
            return it == columns.end() || it->second >= row.cells.size() ? nullptr : &row.cells[it->second];
        };
        wrong = reader.take(row.number, cell, [&] { return quoted_list(names); });
        return static_cast<bool>(wrong);
    });
    return wrong ? read : wrong;
}

}  // namespace

bool is_caption_table(const fs::path& file) {
    const std::string format = file_form(file, "").format;
    return format == "csv" || format == "tsv" || format == "jsonl";
}

Status read_captions(const FileList& list, std::size_t file, const CaptionColumns& columns, ReadReport& report,
                     std::vector<CaptionRow>& out) {
    auto map = MappedFile::open(list.files[file]);
    if (!map) return map.error();
    const std::string_view bytes = map.value().text();
    const std::string format = file_form(list.files[file], "").format;
    std::vector<CaptionRow> rows;
    CaptionReader reader(columns, list.relative[file], report, rows);
    const Status read =
        format == "jsonl" ? read_objects(bytes, reader) : read_cells(bytes, format == "tsv" ? '\t' : ',', reader);
    if (Status whole = map.value().intact(); !whole) return whole;
    if (!read) return Error(read.error()).at("file " + list.shown(file));
    note_bytes(bytes, report);
    ++report.files;
    report.format = format;
    report.format_how = ReadReport::How::name;
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    return {};
}

}  // namespace gw
