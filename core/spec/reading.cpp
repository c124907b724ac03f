#include "spec/reading.h"

#include <algorithm>

#include "data/dataset.h"
#include "data/dataset_hash.h"
#include "data/read_report.h"
#include "data/split.h"
#include "spec/usual_split.h"

namespace gw {

Json files_like(const Json& own, bool labelled) {
    const DatasetKind* like = find_kind(datasets(), own.value("kind", ""));
    const bool pictures = like && like->pictures, series = like && like->series, table = like && like->table;
    if (pictures && own.contains("paths")) return like->complete(Json::object());
    // A model of series or tables sees the same columns again, cut or read in the same way.
    if ((series || table) && own.contains("paths")) {
        Json section = own;
        section["paths"] = Json::array();
        if (labels_offered(section).empty() == labelled) section["labels"] = labelled ? "class" : "none";
        return section;
    }
    for (const DatasetKind& kind : datasets()) {
        Json section = kind.complete(Json::object());
        if (kind.pictures == pictures && kind.series == series && kind.table == table && section.contains("paths") &&
            (pictures || series || table || labels_offered(section).empty() != labelled)) {
            if ((series || table) && section.contains("labels")) section["labels"] = labelled ? "class" : "none";
            // The model's windows are as long, whatever they are cut from.
            if (const auto windows = series ? like->expects(own).series : std::nullopt)
                section["look_back"] = windows->look_back;
            return section;
        }
    }
    throw Failure({Error::Code::internal, "No kind of data reads files of this sort", "", {}});
}

namespace {

/// One setting of how the files of a section are read, for a hint; empty where it has none.
std::string for_example(const Json& section) {
    if (section.contains("format")) return ", such as dataset.format=jsonl";
    for (const auto& [key, value] : section.items())
        if (key != "kind" && key != "paths" && value.is_string()) return ", such as dataset." + key;
    return "";
}

}  // namespace

Result<Json> dataset_like(const Json& own, const std::vector<std::string>& paths,
                          const std::vector<Setting>& settings) {
    Json section = own;
    // Data that needs no file says nothing of how files are read.
    if (!own.contains("paths")) {
        section = files_like(own, /*labelled=*/false);
        constexpr std::string_view labels = "labels of the kind ";
        const DatasetKind* made_up = find_kind(datasets(), own.value("kind", ""));
        if (const std::string offered = labels_offered(own); made_up && made_up->series && offered.starts_with(labels))
            section["labels"] = offered.substr(labels.size());
    }
    section["paths"] = paths;
    // How many examples a run drew of its own data, or how many rows and windows it took of it, says nothing of other
    // data.
    for (const char* of_its_own : {"examples", "rows", "whole_batches"})
        if (section.contains(of_its_own)) section[of_its_own] = 0;
    for (const auto& [path, value] : settings)
        if (!path.starts_with("dataset.") || path == "dataset.paths" || path == "dataset.kind")
            return Error{Error::Code::bad_spec,
                         path + " is no setting of how the files are read",
                         "Here --set takes settings of the dataset" + for_example(section),
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
    const DatasetKind& kind = *find_kind(datasets(), section.at("kind"));
    if (Status form = said ? Status() : kind.fits_files(section); !form) return form.error();
    return section;
}

Json dataset_as_read(const Json& dataset, const Json& state) {
    return read_alike(dataset, read_report_of(state.value("read", Json())));
}

std::string reading_text(const Json& dataset) {
    const DatasetKind* kind = find_kind(datasets(), dataset.value("kind", ""));
    if (kind && kind->reading) return kind->reading(dataset);
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
    const auto made = make_dataset(dataset);
    if (!made) return made.error();
    auto fingerprint = made.value()->fingerprint(progress, stop);
    if (!fingerprint) return fingerprint.error();
    if (hash.empty() || dataset_hash_of(fingerprint.value(), split) == hash) return {};
    return dataset_changed("Put the old files back");
}

Result<std::int64_t> training_documents(const Json& dataset, const Json& split, const ProgressFn& progress,
                                        std::stop_token stop) {
    auto made = make_dataset(dataset);
    if (!made) return made.error();
    const std::unique_ptr<Dataset> data = std::move(made).value();
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
