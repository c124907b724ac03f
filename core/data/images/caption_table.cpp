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
            else if (out_.empty())  // of the first row a wrong name; of a later one an empty cell
                return Error{Error::Code::bad_data,
                             "This row has no \"" + *column + "\"; it has " + there(),
                             std::string("Set dataset.") + setting + " to the column with the " +
                                 (column == &columns_.file    ? "pictures' files"
                                  : column == &columns_.label ? "classes"
                                  : column == &columns_.part  ? "parts of the data"
                                                              : "captions"),
                             {"row " + grouped(number)}};
        }
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
    const CaptionColumns& columns_;
    const std::string& file_;
    ReadReport& report_;
    std::vector<CaptionRow>& out_;
};

Status read_objects(std::string_view bytes, CaptionReader& reader) {
    Status wrong;
    const Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
        std::string text;
        const auto cell = [&](const std::string& column) -> const std::string* {
            const Json* value = json_field(row, column);
            if (!value || value->is_null() || value->is_structured()) return nullptr;
            text = value->is_string() ? value->get<std::string>() : value->dump();
            return &text;
        };
        wrong = reader.take(number, cell, [&] { return json_keys(row); });
        return static_cast<bool>(wrong);
    });
    return wrong ? read : wrong;
}

Status read_cells(std::string_view bytes, char separator, CaptionReader& reader) {
    std::map<std::string, std::size_t> columns;
    std::vector<std::string> names;
    Status wrong;
    const TableForm form{told_separator(bytes).value_or(separator), separator == ',' || tabs_are_quoted(bytes)};
    const Status read = read_table(bytes, form, [&](const TableRow& row) {
        if (names.empty()) {
            for (const std::string& cell : row.cells) {
                columns.emplace(std::string(trim(cell)), names.size());
                names.emplace_back(trim(cell));
            }
            return true;
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
