#include "cli/finetune_options.h"

#include "data/dataset.h"
#include "spec/reading.h"
#include "spec/usual_split.h"
#include "util/name.h"
#include "util/text.h"
#include "workspace/run_name.h"

namespace gw::cli {

void add_begin_options(CLI::App& verb, BeginOptions& o) {
    add_model_option(verb, o.model);
    add_repeated(verb, "--data", o.data, "File, folder or pattern with the new data (repeatable)")->type_name("PATH");
    verb.add_option("--labels", o.labels,
                    "What a label is: one class a text, a set of classes, a number, or a class for each word")
        ->check(CLI::IsMember({"class", "set", "number", "word"}));
    verb.add_option("--objective", o.objective, "Objective; the one that the labels call for otherwise")
        ->type_name("KIND");
    verb.add_option("--train", o.train, "All weights, the head alone, the head and the last layers, or adapters")
        ->check(CLI::IsMember({"all", "head", "last", "lora"}));
    add_repeated(verb, "--set", o.set, "Change one setting, such as start.head_first=0.3 (repeatable)")
        ->type_name("path=value");
}

ParentCard parent_of(const Workspace& workspace, const BeginOptions& o) {
    return parent_card(workspace, chosen_model(workspace, o.model).checkpoint).or_throw();
}

Json begun_changes(const ParentCard& parent, const BeginOptions& o, bool labelled) {
    const Json& own = parent.spec.at("dataset");
    // Data of a source without files can be learnt from again, in other settings.
    const bool again = o.data.empty() && !own.contains("paths") &&
                       (!labelled || !labels_offered(own).empty() || find_kind(datasets(), own.at("kind"))->pictures);
    const Json like = again ? own : files_like(own, labelled || !o.labels.empty());
    Json changes = {{"dataset", {{"kind", like.at("kind")}}}, {"start", {{"kind", "checkpoint"}}}};
    // A table whose rows were learnt as they are has labels from now on.
    if (labelled && labels_offered(own).empty() && own.contains("labels") && like.at("kind") == own.at("kind"))
        changes["dataset"]["labels"] = like.value("labels", "");
    if (!o.data.empty()) changes["dataset"]["paths"] = o.data;
    if (!o.labels.empty()) changes["dataset"]["labels"] = o.labels;
    if (o.labels == "word") changes["dataset"]["format"] = "columns";
    if (!o.train.empty()) changes["start"]["train"] = o.train;
    if (!o.objective.empty()) changes["objective"] = {{"kind", o.objective}};
    return changes;
}

Json begun_spec(const ParentCard& parent, const BeginOptions& o, bool labelled) {
    const std::vector<Setting> settings = assignments(o.set);
    const Json spec = finetune_spec(parent, begun_changes(parent, o, labelled), settings).or_throw();
    // New text is read as the checkpoint's own was; a file of another form is refused unless a setting says how it is
    // to be read.
    if (!o.data.empty() && !labelled) {
        std::vector<Setting> reading;
        for (const Setting& setting : settings)
            if (setting.first == "dataset.format") reading.push_back(setting);
        (void)dataset_like(spec.at("dataset"), o.data, reading).or_throw();
    }
    return spec;
}

std::string begun_name(const ParentCard& parent, const Json& spec) {
    return fit_name(name_from_parent(parent.run ? parent.run->name : parent.checkpoint.filename().string(), spec));
}

}  // namespace gw::cli
