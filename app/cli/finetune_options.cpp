#include "cli/finetune_options.h"

#include "train/run_spec.h"

namespace gw::cli {

namespace {

/// Sections that the suggestion of the rest depends on.
bool shapes_the_rest(const std::string& path) {
    const std::string section = path.substr(0, path.find('.'));
    return section == "dataset" || section == "start" || path == "split" || path == "split.kind" || path == "objective" ||
           path == "objective.kind";
}

Json with(Json spec, const std::vector<std::string>& set, bool first) {
    for (const std::string& text : set) {
        const auto [path, value] = assignment(text);
        if (shapes_the_rest(path) == first) spec = set_in_spec(std::move(spec), path, value).or_throw();
    }
    return spec;
}

}  // namespace

void add_begin_options(CLI::App& verb, BeginOptions& o) {
    verb.add_option("checkpoint", o.checkpoint, "Checkpoint folder, or a run (then its newest whole one)")
        ->required()
        ->type_name("CHECKPOINT");
    verb.add_flag("--best", o.best, "Of a run: the checkpoint with the lowest validation loss instead of the newest");
    add_repeated(verb, "--data", o.data, "File, folder or pattern with the new data (repeatable)")->type_name("PATH");
    verb.add_option("--labels", o.labels, "What a label is: one class a text, a set of classes, a number, or a class for each word")
        ->check(CLI::IsMember({"class", "set", "number", "word"}));
    verb.add_option("--objective", o.objective, "Objective; the one that the labels call for otherwise")->type_name("KIND");
    verb.add_option("--train", o.train, "All weights, the head alone, the head and the last layers, or adapters")
        ->check(CLI::IsMember({"all", "head", "last", "lora"}));
    add_repeated(verb, "--set", o.set, "Change one setting, such as start.head_first=0.3 (repeatable)")->type_name("path=value");
}

Json labelled_dataset(const std::vector<std::string>& paths, const std::vector<std::string>& set) {
    Json holder = {{"dataset", {{"kind", "labelled_text"}}}};
    if (!paths.empty()) holder["dataset"]["paths"] = paths;
    for (const std::string& text : set) {
        const auto [path, value] = assignment(text);
        if (path.starts_with("dataset")) holder = set_in_spec(std::move(holder), path, value).or_throw();
    }
    return holder["dataset"];
}

Json begun_spec(const ParentCard& parent, const BeginOptions& o, bool labelled) {
    Json changes = {{"dataset", {{"kind", labelled || !o.labels.empty() ? "labelled_text" : "text_files"}}},
                    {"start", {{"kind", "checkpoint"}}}};
    if (!o.data.empty()) changes["dataset"]["paths"] = o.data;
    if (!o.labels.empty()) changes["dataset"]["labels"] = o.labels;
    if (o.labels == "word") changes["dataset"]["format"] = "columns";
    if (!o.train.empty()) changes["start"]["train"] = o.train;
    if (!o.objective.empty()) changes["objective"] = {{"kind", o.objective}};
    changes = with(std::move(changes), o.set, /*first=*/true);
    const Json spec = with(finetune_spec(parent, changes).or_throw(), o.set, /*first=*/false);
    spec_status(spec).or_throw();
    return complete_spec(spec);
}

std::string begun_name(const ParentCard& parent, const Json& spec) {
    std::string data = spec.at("dataset").at("kind");
    const Json paths = spec.at("dataset").value("paths", Json::array());
    if (!paths.empty()) data = fs::path(paths.front().get<std::string>()).filename().string();
    const std::string train = spec.at("start").value("train", "all");
    return (parent.run ? parent.run->name : parent.checkpoint.filename().string()) + " -> " + data + (train == "all" ? "" : ", " + train);
}

}  // namespace gw::cli
