#include "data/curation/source.h"

#include <algorithm>
#include <optional>

#include "data/curation/said.h"
#include "data/text/json_reading.h"
#include "data/text/text_reading.h"
#include "schema/parse_json.h"
#include "schema/typed.h"
#include "util/descriptor.h"
#include "util/mapped_file.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::size_t beginning = 512;  // of a file, by which it is told what it is

/// Why a file is no text that can be read, by its first bytes; empty where it may be.
std::string no_text_by(std::string_view head) {
    using namespace std::string_view_literals;
    for (const std::string_view magic : {"PK\3\4"sv, "PK\5\6"sv, "\x1f\x8b"sv, "BZh"sv, "\3757zXZ"sv,
                                         "7z\xBC\xAF\x27\x1C"sv, "Rar!\x1A\x07"sv, "\x28\xB5\x2F\xFD"sv})
        if (head.starts_with(magic)) return say::archive_closed;
    constexpr std::size_t tar_mark = 257;
    if (head.size() > tar_mark && head.substr(tar_mark).starts_with("ustar")) return say::archive_closed;
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) return say::wide_text;
    if (head.find('\0') != std::string_view::npos) return say::binary_file;
    return "";
}

std::optional<std::string> head_of(const fs::path& path) {
    const Descriptor file = open_file(path.c_str(), O_RDONLY);
    if (!file) return std::nullopt;
    std::string head(beginning, '\0');
    std::size_t filled = 0;
    while (filled < head.size()) {
        const ssize_t got = file_layer().read(file.get(), head.data() + filled, head.size() - filled);
        if (got < 0) return std::nullopt;
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    head.resize(filled);
    return head;
}

// Bytes that are no UTF-8 go through a reader of JSON as private characters at the end of the last plane.
constexpr char32_t private_bytes = 0x10FF00;

std::string with_marks(std::string_view text) {
    std::string out;
    while (const auto bad = first_bad_utf8(text)) {
        out += text.substr(0, *bad);
        append_utf8(out, private_bytes + static_cast<unsigned char>(text[*bad]));
        text.remove_prefix(*bad + 1);
    }
    return out.append(text);
}

/// The bytes again, or U+FFFD for each.
std::string without_marks(std::string_view text, bool as_bytes) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (c < private_bytes + 0x80 || c > private_bytes + 0xFF)
            out += text.substr(here, at - here);
        else if (as_bytes)
            out += static_cast<char>(c - private_bytes);
        else
            append_utf8(out, U'\uFFFD');
    }
    return out;
}

/// Where a piece ends that can be read on its own, behind a line or behind a blank one: some MiB, or one document where
/// that is longer.
std::size_t end_of_piece(std::string_view bytes, bool behind_blank) {
    constexpr std::size_t usual = std::size_t{8} << 20;
    if (bytes.size() <= usual) return bytes.size();
    for (const std::string_view mark : {"\n\n", "\n\r\n", "\n"}) {
        if ((mark.size() == 1) == behind_blank) continue;
        if (const std::size_t at = bytes.substr(0, usual).rfind(mark); at != std::string_view::npos)
            return at + mark.size();
    }
    std::size_t end = bytes.size();
    for (const std::string_view mark : {"\n\n", "\n\r\n", "\n"})
        if ((mark.size() == 1) != behind_blank)
            if (const std::size_t at = bytes.find(mark, usual - mark.size()); at != std::string_view::npos)
                end = std::min(end, at + mark.size());
    return end;
}

Error stopped_reading() {
    return {Error::Code::cancelled, "Stopped while reading text", "", {}};
}

std::string too_long() {
    return Phrase{say::document_too_long, {byte_text(CurationSource::longest)}}.text();
}

}  // namespace

std::string CurationSource::place_name(const TextPlace& place) const {
    return place_text({list_.relative[place.file], place.row});
}

Result<CurationSource> CurationSource::open(const TextFilesConfig& config, ReadReport& report, std::stop_token stop) {
    CurationSource out;
    out.config_ = config;
    auto listed = list_files(config.paths);
    if (!listed) return listed.error();
    const FileList& all = listed.value();
    all.tell(report);
    std::string why;
    for (std::size_t i = 0; i < all.files.size(); ++i) {
        if (stop.stop_requested()) return stopped_reading();
        const auto head = head_of(all.files[i]);
        const std::string no = head ? no_text_by(*head) : say::unreadable_file;
        if (!no.empty()) {
            report.pass_over(no, {all.relative[i], 0});
            if (why.empty()) why = no;
            continue;
        }
        out.list_.files.push_back(all.files[i]);
        out.list_.relative.push_back(all.relative[i]);
        out.list_.exact.push_back(all.exact[i]);
    }
    if (out.list_.files.empty())
        return Error{Error::Code::bad_data,
                     Phrase{say::no_text_among, {why}}.text(),
                     say::choose_text,
                     {"file " + all.shown(0)}};
    const auto form = text_form(config, out.list_);
    if (!form) return form.error();
    report.format = form.value().format;
    report.format_how = form.value().how;
    if (report.format == "csv" || report.format == "tsv") {
        const TableWishes wishes{config.json_field,   "", "auto", config.separator, LabelKind::none,
                                 "dataset.json_field"};
        auto tables = TableFiles::open(out.list_, wishes, report.format == "tsv" ? '\t' : ',', report);
        if (!tables) return tables.error();
        out.tables_ = std::move(tables).value();
    }
    return out;
}

Status CurationSource::read(const Sink& sink, const ProgressFn& progress, std::stop_token stop, ReadReport& report) {
    ReadingProgress shown(list_, say::reading_text, progress);
    for (std::size_t i = 0; i < list_.files.size(); ++i) {
        if (stop.stop_requested()) return stopped_reading();
        shown.begin(i);
        auto map = MappedFile::open(list_.files[i]);
        if (!map) {
            // It was there when the files were listed.
            report.pass_over(say::unreadable_file, {list_.relative[i], 0});
            continue;
        }
        const std::string_view bytes = map.value().text();
        hash_.add(list_.exact[i] + "\n" + std::to_string(bytes.size()) + "\n");
        for (std::string_view left = bytes; !left.empty();) {
            constexpr std::size_t piece = std::size_t{4} << 20;
            hash_.add(left.substr(0, piece));
            left.remove_prefix(std::min(piece, left.size()));
            if (stop.stop_requested()) return stopped_reading();
        }
        bytes_ += bytes.size();
        if (bytes.find('\0') != std::string_view::npos) {
            report.pass_over(say::binary_file, {list_.relative[i], 0});
            continue;
        }
        if (trim(bytes.substr(0, 4096)).empty() && trim(bytes).empty()) {
            report.pass_over("nothing in the file", {list_.relative[i], 0});
            continue;
        }
        ++report.files;
        note_bytes(bytes, report);
        const Status status = read_file_rows(
            i, bytes,
            [&](const Row& row) -> Status {
                if (stop.stop_requested()) return stopped_reading();
                shown.add(row.text.size());
                ++report.rows;
                return sink(row);
            },
            stop, report);
        if (Status whole = map.value().intact(); !whole) return whole;
        if (!status) return Error(status.error()).at("file " + list_.shown(i));
    }
    if (stop.stop_requested()) return stopped_reading();
    if (report.rows > 0 || first_keys_.empty()) return {};
    return Error{
        Error::Code::bad_data,
        "No row has a text in the field \"" + config_.json_field + "\"; the fields of the first are " + first_keys_,
        "Name the field with the text (json_field)",
        {"file " + list_.shown(0)}};
}

Status CurationSource::read_file_rows(std::size_t file, std::string_view bytes, const Sink& sink, std::stop_token stop,
                                      ReadReport& report) {
    if (report.format == "csv" || report.format == "tsv") return read_table_rows(file, bytes, sink, report);
    if (report.format == "plain") return read_plain_rows(file, bytes, sink, stop, report);
    const bool lines = bytes.find('\n') != std::string_view::npos || bytes.find('\r') == std::string_view::npos;
    if (lines && !is_json_array(bytes)) return read_json_lines(file, bytes, sink, stop, report);
    if (bytes.size() > longest)
        return Error{Error::Code::bad_data,
                     "This JSON array has more than " + byte_text(longest),
                     "Write one object a line (jq -c '.[]')",
                     {}};
    const bool marked = first_bad_utf8(bytes).has_value();
    const std::string mended = marked ? with_marks(bytes) : std::string();
    Status given;
    const Status read =
        read_json_rows(marked ? std::string_view(mended) : bytes, [&](std::int64_t number, const Json& row) {
            given = stop.stop_requested() ? Status(stopped_reading())
                                          : read_json_row(file, row, number, marked, sink, report);
            return static_cast<bool>(given);
        });
    return given ? read : given;
}

Status CurationSource::read_plain_rows(std::size_t file, std::string_view bytes, const Sink& sink, std::stop_token stop,
                                       ReadReport& report) {
    const bool whole = config_.documents == "file";
    std::int64_t before = 0;
    Status given;
    while (!bytes.empty() && given) {
        const std::size_t end = whole ? bytes.size() : end_of_piece(bytes, config_.documents == "blank_line");
        const std::string_view piece = bytes.substr(0, end);
        bytes.remove_prefix(end);
        if (stop.stop_requested()) return stopped_reading();
        if (piece.size() > longest) {
            report.pass_over(too_long(), {list_.relative[file], whole ? 0 : before + 1});
        } else {
            cut_plain(piece, config_.documents, [&](std::string_view text, std::int64_t row) {
                given = sink({text, {static_cast<std::uint32_t>(file), row > 0 ? before + row : 0}});
                return static_cast<bool>(given) && !stop.stop_requested();
            });
        }
        before += std::count(piece.begin(), piece.end(), '\n');
    }
    return given;
}

Status CurationSource::read_json_lines(std::size_t file, std::string_view bytes, const Sink& sink, std::stop_token stop,
                                       ReadReport& report) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    for (std::int64_t number = 1; !bytes.empty(); ++number) {
        const std::string_view whole = bytes.substr(0, bytes.find('\n'));
        bytes.remove_prefix(std::min(whole.size() + 1, bytes.size()));
        const std::string_view line = trim(whole);
        if (line.empty()) continue;
        if (stop.stop_requested()) return stopped_reading();
        if (line.size() > longest) {
            report.pass_over(too_long(), {list_.relative[file], number});
            continue;
        }
        const bool marked = first_bad_utf8(line).has_value();
        JsonFault fault;
        const auto row = parse_json(marked ? with_marks(line) : std::string(line), fault);
        if (!row || !row->is_object()) {
            report.pass_over(say::row_no_object, {list_.relative[file], number});
            continue;
        }
        if (Status given = read_json_row(file, *row, number, marked, sink, report); !given) return given;
    }
    return {};
}

Status CurationSource::read_json_row(std::size_t file, const Json& row, std::int64_t number, bool marked,
                                     const Sink& sink, ReadReport& report) {
    const Json* value = json_field(row, config_.json_field);
    const FilePlace place{list_.relative[file], number};
    if (!value || (!value->is_string() && !value->is_null())) {
        if (first_keys_.empty()) first_keys_ = json_keys(row);
        report.pass_over(Phrase{say::row_without_text, {config_.json_field}}.text(), place);
        return {};
    }
    if (value->is_null() || trim(value->get_ref<const std::string&>()).empty()) {
        report.pass_over("no text", place);
        return {};
    }
    std::string buffer;
    const TextPlace at{static_cast<std::uint32_t>(file), number};
    const std::string_view text = plain_lines(value->get_ref<const std::string&>(), buffer);
    if (!marked) return sink({text, at, &row});
    const std::string bytes = without_marks(text, /*as_bytes=*/true);
    const Json clean = json_or_null(without_marks(schema::json_line(row), /*as_bytes=*/false));
    return sink({bytes, at, &clean});
}

Status CurationSource::read_table_rows(std::size_t file, std::string_view bytes, const Sink& sink, ReadReport& report) {
    Status given;
    const Status read =
        tables_.read(bytes, list_.relative[file], report, [&](const TableRow& row, const TableLayout& layout) {
            const std::string& text = row.cells[layout.text];
            const FilePlace place{list_.relative[file], row.number};
            if (trim(text).empty())
                report.pass_over("no text", place);
            else if (text.size() > longest)
                report.pass_over(too_long(), place);
            else
                given = sink({text,
                              {static_cast<std::uint32_t>(file), row.number},
                              nullptr,
                              &layout.names,
                              &row.cells,
                              layout.text});
            return static_cast<bool>(given);
        });
    return given ? read : given;
}

}  // namespace gw
