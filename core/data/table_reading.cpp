#include "data/table_reading.h"

#include <csv.h>

#include <memory>

#include "data/text_reading.h"
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

Error broken_quote(std::int64_t row) {
    return {Error::Code::bad_data,
            "A quote of this row is broken: it is never closed, or it stands inside a cell that does not begin with one",
            "Put the whole cell in double quotes and write each quote inside it twice; in a file without quoting set dataset.format=tsv",
            {"row " + grouped(row)}};
}

}  // namespace

Status read_csv(std::string_view bytes, char separator, const RowSink& sink) {
    if (Status text = check_text(bytes); !text) return text;
    std::string buffer;
    bytes = plain_lines(bytes, buffer);
    csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return Error{Error::Code::out_of_memory, "There is not enough memory", "", {}};
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> free_it(&parser, csv_free);
    csv_set_delim(&parser, static_cast<unsigned char>(separator));
    CsvReading reading{&sink, {1, {}}};
    auto on_cell = [](void* text, std::size_t size, void* at) {
        static_cast<CsvReading*>(at)->cell({static_cast<const char*>(text), size});
    };
    auto on_row = [](int, void* at) { static_cast<CsvReading*>(at)->end(); };
    // In pieces, so that a sink that wants no more is heard.
    constexpr std::size_t piece = 1 << 16;
    for (std::size_t at = 0; at < bytes.size() && reading.more; at += piece) {
        const std::string_view part = bytes.substr(at, piece);
        if (csv_parse(&parser, part.data(), part.size(), on_cell, on_row, &reading) != part.size()) return broken_quote(reading.row.number);
    }
    if (reading.more && csv_fini(&parser, on_cell, on_row, &reading) != 0) return broken_quote(reading.row.number);
    return {};
}

Status read_tsv(std::string_view bytes, const RowSink& sink) {
    if (Status text = check_text(bytes); !text) return text;
    std::string buffer;
    bytes = plain_lines(bytes, buffer);
    for (std::int64_t number = 1; !bytes.empty(); ++number) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (trim(line).empty()) continue;
        if (!sink({number, split(line, '\t')})) return {};
    }
    return {};
}

Status read_columns(std::string_view bytes, const std::function<bool(const std::vector<TableRow>&)>& sink) {
    if (Status text = check_text(bytes); !text) return text;
    std::string buffer;
    bytes = plain_lines(bytes, buffer);
    std::vector<TableRow> sentence;
    for (std::int64_t number = 1; !bytes.empty() || !sentence.empty(); ++number) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = trim(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (line.empty()) {
            if (!sentence.empty() && !sink(sentence)) return {};
            sentence.clear();
            continue;
        }
        if (line.starts_with("-DOCSTART-") || line.starts_with("# ")) continue;
        TableRow row{number, {}};
        for (std::size_t at = 0; at < line.size();) {
            const std::size_t stop = std::min(line.find_first_of(" \t", at), line.size());
            if (stop > at) row.cells.emplace_back(line.substr(at, stop - at));
            at = stop + 1;
        }
        sentence.push_back(std::move(row));
    }
    return {};
}

}  // namespace gw
