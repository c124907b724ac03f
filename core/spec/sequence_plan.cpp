#include "spec/sequence_plan.h"

#include <algorithm>

#include "data/only_setting.h"
#include "spec/plan_texts.h"
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

/// Settings of a run that a sequence has of its own: one that was chosen in the run's section would be passed over.
void check_passed_over(const Json& spec, const SequencePlan& plan, schema::Problems& out) {
    const auto training = settings_of<TrainingSettings>(spec, "training");
    const TrainingSettings usual;
    const auto own = [&](const char* key, auto chosen, auto by_itself, auto of_plan) {
        if (chosen != by_itself && chosen != of_plan)
            out.push_back({std::string("training.") + key, Phrase{say::plan_has_its_own, {key}}.text()});
    };
    own("clip", training.clip, usual.clip, plan.clip);
    own("seed", training.seed, usual.seed, plan.seed);
    own("threads", training.threads, usual.threads, plan.threads);
    if (settings_of<EvaluationSettings>(spec, "evaluation").patience > 0)
        out.push_back({"evaluation.patience", say::plan_trains_to_its_end});
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
            out.push_back({at + ".strategies", Phrase{say::plan_no_strategy, {strategy}}.text()});
}

const Sheet& sequence_plan_sheet() {
    static const Sheet sheet = sheet_of<SequencePlan>(
        {.id = plan_id,
         .title = "Sequence of tasks by class",
         .summary = "Cuts the classes into tasks, and learns them in turn by several strategies: many runs, each a "
                    "task, and a table of what is forgotten. Rate, batch, length and seed of the tasks are those here; "
                    "each is trained to its end and keeps its last checkpoint.",
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
    check_passed_over(spec, *plan, out);
    const Json& dataset = spec.at("dataset");
    if (!is_cut_by_class(dataset)) {
        out.push_back({"sequence.kind", say::plan_cuts_classes});
        return;
    }
    if (!learns_from_labels(spec)) out.push_back({"sequence.kind", say::plan_needs_labels});
    const std::vector<std::string> offers = find_sheet("dataset", dataset.at("kind"))->offers(dataset);
    const bool pictures = std::find(offers.begin(), offers.end(), "image") != offers.end();
    if (!pictures && !checkpoint_start(spec)) out.push_back({"sequence.kind", say::plan_needs_reading});
    if (plan->judged_part == "test") {
        const Json& split = spec.at("split");
        const Json test = split.value("test", Json(0));
        const bool drawn = split.value("test_share", 0.0) > 0;
        if (!drawn && (test == Json(0) || test == Json::array()))
            out.push_back({"sequence.judged_part", say::plan_has_no_test});
    }
}

}  // namespace gw
