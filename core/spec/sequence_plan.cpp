#include "spec/sequence_plan.h"

#include <algorithm>

#include "data/only_setting.h"
#include "spec/run_spec.h"
#include "spec/settings.h"
#include "spec/start.h"

namespace gw {

namespace {

constexpr const char* plan_id = "tasks";

bool is_cut_by_class(const Json& dataset) {
    const Sheet* sheet = find_sheet("dataset", dataset.value("kind", ""));
    if (!sheet) return false;
    const auto offers = sheet->offers(dataset);
    return std::find(offers.begin(), offers.end(), "labels of the kind class") != offers.end() &&
           std::any_of(sheet->rows.begin(), sheet->rows.end(),
                       [](const schema::Row& row) { return row.info.key == only_setting().key; });
}

}  // namespace

const std::vector<std::string>& sequence_strategies() {
    static const std::vector<std::string> all{"sequential", "lp_ft", "ewc", "si", "replay", "joint"};
    return all;
}

void SequencePlan::check(schema::Problems& out, const std::string& at) const {
    const auto& known = sequence_strategies();
    for (const std::string& strategy : strategies)
        if (std::find(known.begin(), known.end(), strategy) == known.end())
            out.push_back({at + ".strategies", "\"" + strategy +
                                                   "\" is no strategy; there are sequential, lp_ft, ewc, si, replay "
                                                   "and joint"});
}

const Sheet& sequence_plan_sheet() {
    static const Sheet sheet = sheet_of<SequencePlan>(
        {.id = plan_id,
         .title = "Sequence of tasks by class",
         .summary = "Cuts the classes into tasks, and learns them in turn by several strategies: many runs, each a "
                    "task, and a table of what is forgotten. Rate, batch, length and seed of the tasks are those here.",
         .source = "van de Ven and Tolias 2018, arXiv:1809.10635"});
    return sheet;
}

std::optional<SequencePlan> sequence_plan(const Json& spec) {
    const Json section = spec.is_object() ? spec.value("sequence", Json()) : Json();
    if (!section.is_object() || section.value("kind", Json()) != plan_id) return std::nullopt;
    return settings_of<SequencePlan>(spec, "sequence");
}

void check_sequence_plan(const Json& spec, schema::Problems& out) {
    const auto plan = sequence_plan(spec);
    if (!plan) return;
    const Json& dataset = spec.at("dataset");
    if (!is_cut_by_class(dataset)) {
        out.push_back({"sequence.kind", "cuts classes into tasks: choose data with one class an example"});
        return;
    }
    if (!learns_from_labels(spec))
        out.push_back({"sequence.kind", "needs an objective that learns from labels, such as classification"});
    const std::vector<std::string> offers = find_sheet("dataset", dataset.at("kind"))->offers(dataset);
    const bool pictures = std::find(offers.begin(), offers.end(), "image") != offers.end();
    if (!pictures && !checkpoint_start(spec))
        out.push_back({"sequence.kind",
                       "needs pictures, or a checkpoint to begin from, by whose tokenizer the texts of all tasks are "
                       "read: set start.kind=checkpoint"});
    if (plan->judged_part == "test") {
        const Json& split = spec.at("split");
        const Json test = split.value("test", Json(0));
        const bool drawn = split.value("test_share", 0.0) > 0;
        if (!drawn && (test == Json(0) || test == Json::array()))
            out.push_back({"sequence.judged_part", "is the test part, which this split leaves empty"});
    }
}

}  // namespace gw
