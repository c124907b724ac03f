#include "spec/reading.h"

#include <algorithm>

#include "data/dataset.h"
#include "data/dataset_hash.h"
#include "data/file_list.h"
#include "data/read_report.h"
#include "data/split.h"
#include "data/text/json_reading.h"
#include "util/text.h"

namespace gw {

namespace {

/// Whether text files are of the form that they would be read in. Labelled files are a matter of their columns, which
/// the reader checks.
Status of_the_form(const Json& dataset) {
    if (dataset.value("kind", "") != "text_files") return {};
    const auto listed = list_files(dataset.at("paths").get<std::vector<std::string>>());
    if (!listed) return listed.error();
    const std::string format = dataset.value("format", "auto");
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
                                      dataset.value("json_field", "text") + "\"), as the run read its own"
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

bool offers_labels(const DatasetKind& kind) {
    const auto words = kind.offers(kind.complete(Json::object()));
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return word.starts_with("labels"); });
}

}  // namespace

Json files_like(const Json& own, bool labelled) {
    const DatasetKind* like = find_kind(datasets(), own.value("kind", ""));
    const bool pictures = like && like->pictures;
    if (pictures && own.contains("paths")) return like->complete(Json::object());
    for (const DatasetKind& kind : datasets()) {
        const Json section = kind.complete(Json::object());
        if (kind.pictures == pictures && section.contains("paths") && (pictures || offers_labels(kind) == labelled))
            return section;
    }
    throw Failure({Error::Code::internal, "No kind of data reads files of this sort", "", {}});
}

Result<Json> dataset_like(const Json& own, const std::vector<std::string>& paths,
                          const std::vector<Setting>& settings) {
    Json section = own;
    // Data that needs no file says nothing of how files are read.
    if (!own.contains("paths")) section = files_like(own, /*labelled=*/false);
    section["paths"] = paths;
    // How many examples a run drew of its own data says nothing of other data.
    if (section.contains("examples")) section["examples"] = 0;
    for (const auto& [path, value] : settings)
        if (!path.starts_with("dataset.") || path == "dataset.paths" || path == "dataset.kind")
            return Error{Error::Code::bad_spec,
                         path + " is no setting of how the files are read",
                         "Here --set takes settings of the dataset, such as dataset.format=jsonl",
                         {"option --set"}};
    auto set = set_all_in_spec({{"dataset", section}}, settings);
    if (!set) return set.error();
    section = set.value().at("dataset");
    const Sheet* sheet = find_sheet("dataset", section.at("kind"));
    for (const schema::Problem& problem : sheet->check(section, "dataset"))
        if (!problem.warning) return Error{Error::Code::bad_spec, problem.path + ": " + problem.message, "", {}};
    section = sheet->complete(section);
    const bool said =
        std::any_of(settings.begin(), settings.end(), [](const Setting& s) { return s.first == "dataset.format"; });
    if (Status form = said ? Status() : of_the_form(section); !form) return form.error();
    return section;
}

Json dataset_as_read(const Json& dataset, const Json& state) {
    return read_alike(dataset, read_report_of(state.value("read", Json())));
}

std::string reading_text(const Json& dataset) {
    if (dataset.value("kind", "") == "text_files") {
        const std::string format = dataset.value("format", "auto");
        if (format == "auto") return "text, by what the files hold";
        if (format == "csv" || format == "tsv")
            return "a table (" + format + "), the text in the column \"" + dataset.value("json_field", "text") + "\"";
        if (format == "jsonl")
            return "JSON lines, the text in the field \"" + dataset.value("json_field", "text") + "\"";
        const std::string documents = dataset.value("documents", "file");
        return std::string("plain text, ") + (documents == "file"   ? "each file a document"
                                              : documents == "line" ? "each line a document"
                                                                    : "paragraphs between blank lines");
    }
    std::string out = dataset.value("kind", "");
    for (const char* key : {"format", "text", "label"})
        if (const std::string value = dataset.value(key, ""); !value.empty() && value != "auto")
            out += std::string(", ") + key + " " + value;
    return out;
}

Error dataset_changed(const std::string& remedy) {
    return {Error::Code::bad_data,
            "The dataset is not the one that this run was trained on: its content has changed since",
            remedy,
            {}};
}

Status unchanged(const Json& dataset, const Json& split, const std::string& hash, const ProgressFn& progress,
                 std::stop_token stop) {
    const DatasetKind* kind = find_kind(datasets(), dataset.value("kind", ""));
    if (!kind) return Error{Error::Code::bad_spec, "The run's dataset is of no known kind", "", {}};
    auto fingerprint = kind->build(dataset)->fingerprint(progress, stop);
    if (!fingerprint) return fingerprint.error();
    if (hash.empty() || dataset_hash_of(fingerprint.value(), split) == hash) return {};
    return dataset_changed("Put the old files back");
}

Result<std::int64_t> training_documents(const Json& dataset, const Json& split, const ProgressFn& progress,
                                        std::stop_token stop) {
    const DatasetKind* kind = find_kind(datasets(), dataset.at("kind"));
    const auto data = kind->build(dataset);
    const auto cut = find_kind(splits(), split.at("kind"))->build(split);
    std::uint64_t total = 0, offset = 0;
    Status wrong;
    Status read = data->visit(
        [&](const Document& document) {
            total += document.size();
            if (cut->surveys()) wrong = cut->survey(document);
            return static_cast<bool>(wrong);
        },
        progress, stop);
    if (!wrong) return wrong.error();
    if (!read) return read.error();
    if (cut->surveys())
        if (Status settled = cut->settle(); !settled) return settled.error();
    std::int64_t count = 0;
    read = data->visit(
        [&](const Document& document) {
            if (part_of(*cut, document, offset, total) == Part::train) ++count;
            offset += document.size();
            return true;
        },
        progress, stop);
    if (!read) return read.error();
    return count;
}

}  // namespace gw
