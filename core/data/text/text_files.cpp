#include "data/text/text_files.h"

#include <algorithm>

#include "data/catalog.h"
#include "data/file_list.h"
#include "data/text/file_form.h"
#include "data/text/json_reading.h"
#include "data/text/table_files.h"
#include "data/text/text_reading.h"
#include "util/expand_path.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

/// Text from plain files, JSON rows or tables, in the order of their paths.
class TextFiles final : public Dataset {
  public:
    explicit TextFiles(TextFilesConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        auto files = list_files(config_.paths);
        if (!files) return files.error();
        const auto form = text_form(config_, files.value());
        if (!form) return form.error();
        const std::string& format = form.value().format;
        std::string settings =
            "text_files 1 " + format + " " + (format == "plain" ? config_.documents : config_.json_field);
        if (format == "csv" || format == "tsv") settings += " " + config_.separator;
        return hash_files(files.value(), settings + "\n", progress, stop);
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const FileList& list = listed.value();
        list.tell(report);
        const auto form = text_form(config_, list);
        if (!form) return form.error();
        report.format = form.value().format;
        report.format_how = form.value().how;
        TableFiles tables;
        if (report.format == "csv" || report.format == "tsv") {
            TableWishes wishes{config_.json_field,  "", "auto", config_.separator, LabelKind::none,
                               "dataset.json_field"};
            auto found = TableFiles::open(list, wishes, report.format == "tsv" ? '\t' : ',', report);
            if (!found) return found.error();
            tables = std::move(found).value();
        } else if (report.format == "jsonl") {
            report.text = {config_.json_field, 0, ReadReport::How::given};
        }
        bool more = true;
        ReadingProgress shown(list, say::reading_text, progress);
        for (std::size_t i = 0; more && i < list.files.size(); ++i) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
            shown.begin(i);
            auto map = MappedFile::open(list.files[i]);
            if (!map) return map.error();
            const std::string_view bytes = map.value().text();
            if (trim(bytes.substr(0, 4096)).empty() && trim(bytes).empty()) {
                report.pass_over("nothing in the file", {list.relative[i], 0});
                continue;
            }
            ++report.files;
            note_bytes(bytes, report);
            const TextSink take = [&](std::string_view text, std::int64_t row) {
                shown.add(text.size());
                more = !stop.stop_requested() && sink({text, list.relative[i], report.rows++, nullptr, row});
                return more;
            };
            const Status status = read_bytes(bytes, list.relative[i], tables, report, take);
            if (Status whole = map.value().intact(); !whole) return whole;
            if (!status) return Error(status.error()).at("file " + list.shown(i));
        }
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (report.rows == 0)
            return Error{
                Error::Code::bad_data,
                "There is no text in " + (list.files.size() == 1
                                              ? "the file"
                                              : grouped(static_cast<std::int64_t>(list.files.size())) + " files"),
                "Choose files with text in them",
                {"file " + list.shown(0), "dataset text_files"}};
        return {};
    }

    Status read_bytes(std::string_view bytes, const std::string& file, const TableFiles& tables, ReadReport& report,
                      const TextSink& sink) const {
        if (report.format == "jsonl") {
            if (is_json_array(bytes) && report.rows == 0) report.format = "json";
            return read_jsonl(bytes, config_.json_field, file, report, sink);
        }
        if (report.format == "json") return read_jsonl(bytes, config_.json_field, file, report, sink);
        if (report.format == "csv" || report.format == "tsv")
            return tables.read(bytes, file, report, [&](const TableRow& row, const TableLayout& layout) {
                const std::string& text = row.cells[layout.text];
                if (!trim(text).empty()) return sink(text, row.number);
                report.pass_over("no text", {file, row.number});
                return true;
            });
        if (config_.format == "plain" && looks_like_json(bytes) && report.warnings.empty())
            report.warnings.push_back(
                "The file " + file +
                " looks like JSON rows, but is learnt as it stands, as dataset.format=plain says: "
                "dataset.format=jsonl reads the texts in it");
        return read_plain(bytes, config_.documents, sink);
    }

    TextFilesConfig config_;
};

Status fits_files(const Json& section) {
    const auto listed = list_files(section.at("paths").get<std::vector<std::string>>());
    if (!listed) return listed.error();
    const std::string format = section.value("format", "auto");
    if (format != "plain" && format != "jsonl")
        return {};  // the reader goes by the files, or says where they do not fit
    const bool json_lines = format == "jsonl";
    for (const fs::path& file : listed.value().files) {
        auto map = MappedFile::open(file);
        if (!map) return map.error();
        const std::string_view bytes = map.value().text();
        const bool rows = bytes.find('\n') != std::string_view::npos || is_json_array(bytes) ||
                          file.extension() == ".jsonl" || file.extension() == ".ndjson";
        if (trim(bytes.substr(0, 1 << 16)).empty() || (looks_like_json(bytes) && (json_lines || rows)) == json_lines)
            continue;
        return Error{Error::Code::bad_spec,
                     json_lines ? "This file is not JSON lines, but would be read as such (field \"" +
                                      section.value("json_field", "text") + "\"), as the run read its own"
                                : "This file is JSON lines, but would be read as plain text, as the run read its own",
                     json_lines ? "Say how it is to be read: --set dataset.format=plain, and dataset.documents where a "
                                  "document is not a file"
                                : "Say how it is to be read: --set dataset.format=jsonl --set dataset.json_field=..., "
                                  "or dataset.format=plain "
                                  "for the JSON as it stands",
                     {"file " + file.string()}};
    }
    return {};
}

std::string reading_of(const Json& section) {
    const std::string format = section.value("format", "auto"), field = section.value("json_field", "text");
    if (format == "auto") return "text, by what the files hold";
    if (format == "csv" || format == "tsv") return "a table (" + format + "), the text in the column \"" + field + "\"";
    if (format == "jsonl") return "JSON lines, the text in the field \"" + field + "\"";
    const std::string documents = section.value("documents", "file");
    return std::string("plain text, ") + (documents == "file"   ? "each file a document"
                                          : documents == "line" ? "each line a document"
                                                                : "paragraphs between blank lines");
}

bool has_few_documents(const Json& section) {
    constexpr std::size_t few = 20;
    const std::string format = section.value("format", "auto");
    if (section.value("documents", "file") != "file" || (format != "auto" && format != "plain")) return false;
    std::size_t files = 0;
    for (const Json& path : section.value("paths", Json::array()))
        if (const auto found = expand_path(path.get<std::string>()))
            for (const fs::path& file : found.value()) {
                // A row is a document of these.
                for (const char* rows : {".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
                    if (format == "auto" && file.extension() == rows) return false;
                ++files;
            }
    return files > 0 && files < few;
}

}  // namespace

Result<FileForm> text_form(const TextFilesConfig& config, const FileList& list) {
    if (config.format != "auto") return FileForm{config.format, ReadReport::How::given};
    auto form = common_form(list,
                            "Name files of one form, for example with a pattern such as corpus/*.txt, or set "
                            "dataset.format=plain to learn "
                            "them all as they stand");
    if (!form) return form.error();
    if (form.value().format.empty() || form.value().format == "columns")
        return FileForm{"plain", ReadReport::How::name};
    return form;
}

Json text_files_section(const std::vector<std::string>& paths, const std::string& documents) {
    Json section = text_files_kind().complete({{"paths", paths}});
    section["documents"] = documents;
    section["format"] =
        documents == "file" ? "jsonl" : "plain";  // as it was written, whatever its first lines look like
    return section;
}

DatasetKind text_files_kind() {
    auto kind = kind_of<DatasetKind, TextFilesConfig>(
        {.id = "text_files",
         .title = "Text files",
         .summary = "Your own text: plain files, JSON rows or a column of a table, UTF-8.",
         .source = ""},
        [](const TextFilesConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<TextFiles>(config); });
    kind.offers = [](const Json&) { return std::vector<std::string>{"text"}; };
    kind.fits_files = fits_files;
    kind.reading = reading_of;
    kind.has_few_documents = has_few_documents;
    return kind;
}

}  // namespace gw
