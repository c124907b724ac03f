#include "data/text/table_files.h"

#include <algorithm>
#include <optional>

#include "data/text/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

std::string cells_text(std::size_t count) {
    return grouped(static_cast<std::int64_t>(count)) + (count == 1 ? " cell" : " cells");
}

void add_reading(ReadReport& report, const std::string& what) {
    report.reading += (report.reading.empty() ? "" : ", ") + what;
}

ReadReport::Column column_of(const TableLayout& layout, std::size_t column, ReadReport::How how) {
    if (how == ReadReport::How::none) return {};
    return {layout.header ? layout.names[column] : "", static_cast<std::int64_t>(column) + 1, how};
}

}  // namespace

Result<TableFiles> TableFiles::open(const FileList& list, const TableWishes& wishes, char usual, ReadReport& report) {
    // What is looked at is bounded: so many files, so many rows of them all.
    constexpr std::size_t most_files = 64, most_rows = 20000;
    std::vector<MappedFile> maps;
    std::vector<std::string_view> texts;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < list.files.size() && maps.size() < most_files; ++i) {
        auto map = MappedFile::open(list.files[i]);
        if (!map) return map.error();
        if (trim(map.value().text().substr(0, 1 << 16)).empty()) continue;
        const Status text = check_text(map.value().text());
        if (Status whole = map.value().intact(); !whole) return whole.error();
        if (!text) return Error(text.error()).at("file " + list.shown(i));
        names.push_back(list.relative[i]);
        maps.push_back(std::move(map).value());
        texts.push_back(maps.back().text());
    }
    TableFiles out;
    if (maps.empty()) return out;
    auto cut = find_separator(texts, wishes, usual);
    if (!cut) return Error(cut.error()).at("file " + names.front());
    out.form_ = cut.value().form;
    report.separator = separator_name(out.form_.separator);
    report.separator_how = cut.value().how;
    report.quoted = out.form_.quoted;
    if (out.form_.separator != usual) add_reading(report, "cut at " + report.separator);
    if (usual == '\t' && out.form_.quoted && out.form_.separator == '\t') add_reading(report, "quoted tabs");

    std::vector<TableSample> samples;
    for (std::size_t i = 0; i < texts.size(); ++i)
        samples.push_back(
            {names[i], first_rows(texts[i], out.form_, std::max<std::size_t>(200, most_rows / texts.size()))});
    auto layout = find_layout(samples, wishes);
    if (!layout) return layout.error();
    out.layout_ = std::move(layout).value();
    report.header = out.layout_.header;
    report.header_how = out.layout_.header_how;
    report.columns = out.layout_.names;
    if (out.layout_.width > 0) {
        report.text = column_of(out.layout_, out.layout_.text, out.layout_.text_how);
        report.label = column_of(out.layout_, out.layout_.label, out.layout_.label_how);
    }
    for (const std::string& doubt : out.layout_.doubts) report.warnings.push_back(doubt);
    if (out.layout_.beyond_names)
        add_reading(report, std::string(report.header ? "header" : "no header") + " text " +
                                std::to_string(report.text.number) + " label " + std::to_string(report.label.number));
    for (std::size_t i = 0; i < report.columns.size(); ++i)
        if (!report.columns[i].empty() &&
            std::count(report.columns.begin(), report.columns.begin() + static_cast<std::ptrdiff_t>(i),
                       report.columns[i]) == 1)
            report.warnings.push_back("Several columns are named \"" + report.columns[i] + "\"");
    return out;
}

Status TableFiles::read(std::string_view bytes, const std::string& file, ReadReport& report,
                        const std::function<bool(const TableRow&, const TableLayout&)>& sink) const {
    std::optional<TableLayout> layout;
    std::vector<std::string> header;
    Status wrong;
    const Status read = read_table(bytes, form_, [&](const TableRow& row) {
        if (!layout) {
            auto found = layout_in(layout_, row, file);
            if (!found) {
                wrong =
                    Error{found.error().code, found.error().message, found.error().hint, {found.error().where.front()}};
                return false;
            }
            layout = std::move(found).value();
            header = row.cells;
            if (layout->header) return true;
        } else if (layout->header && row.cells == header) {
            report.pass_over("the header once more", {file, row.number});
            if (report.reading.find("repeated") == std::string::npos) add_reading(report, "repeated headers");
            return true;
        }
        const std::size_t width = layout->width;
        if (row.cells.size() == width) return sink(row, *layout);
        if (row.cells.size() > width &&
            std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(width), row.cells.end(),
                        [](const std::string& cell) { return trim(cell).empty(); }))
            return sink({row.number, {row.cells.begin(), row.cells.begin() + static_cast<std::ptrdiff_t>(width)}},
                        *layout);
        const std::string name = separator_name(form_.separator);
        wrong =
            Error{Error::Code::bad_data,
                  "This row has " + cells_text(row.cells.size()) + ", but the " +
                      (layout->header ? "header" : "first row") + " has " + grouped(static_cast<std::int64_t>(width)),
                  row.cells.size() > width
                      ? (form_.quoted ? "Put cells that hold a " + (name == "," ? std::string("comma") : name) +
                                            " in double quotes, or set dataset.separator"
                                      : std::string("Take the tabs out of the cells, or, if the cells of this file "
                                                    "are quoted, set dataset.format=csv and dataset.separator=tab"))
                      : std::string(form_.quoted ? "Mend or remove the row, or set dataset.separator"
                                                 : "Mend or remove the row; if the cells of this file are quoted, set "
                                                   "dataset.format=csv and dataset.separator=tab"),
                  {"row " + grouped(row.number)}};
        return false;
    });
    return wrong ? read : wrong;
}

}  // namespace gw
