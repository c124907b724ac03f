#include "spec/sequence_task.h"

#include <set>

#include "schema/parse_json.h"
#include "spec/run_spec.h"
#include "spec/settings.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* alone_id = "alone";
constexpr const char* task_id = "task";

struct AloneSettings {
    static constexpr auto fields = std::tuple<>{};
};

}  // namespace

void SequenceTaskSettings::check(schema::Problems& out, const std::string& at) const {
    if (name.empty()) out.push_back({at + ".name", "must not be empty"});
    std::set<std::string> names{name};
    for (const std::string& line : beside) {
        const Json json = json_or_null(line);
        const bool sound = json.is_object() && json.value("name", Json()).is_string() && json.contains("dataset") &&
                           json["dataset"].is_object() && json["dataset"].value("kind", Json()).is_string();
        if (!sound) {
            out.push_back({at + ".beside", "each line must be {\"name\": ..., \"dataset\": {\"kind\": ...}}"});
            continue;
        }
        if (!names.insert(json["name"].get<std::string>()).second)
            out.push_back({at + ".beside", "\"" + json["name"].get<std::string>() + "\" is the name of two tasks"});
    }
}

std::vector<TaskBeside> tasks_beside(const SequenceTaskSettings& settings) {
    std::vector<TaskBeside> out;
    for (const std::string& line : settings.beside) {
        const Json json = Json::parse(line);
        out.push_back({json.at("name").get<std::string>(), json.at("dataset")});
    }
    return out;
}

std::vector<const Sheet*> sequence_task_sheets() {
    static const Sheet one = sheet_of<AloneSettings>(
        {.id = alone_id, .title = "A run of its own", .summary = "Nothing of earlier tasks is kept.", .source = ""});
    static const Sheet of_sequence = sheet_of<SequenceTaskSettings>(
        {.id = task_id,
         .title = "Task of a sequence",
         .summary = "Goes on from the task before, carries the heads of earlier tasks along, and may keep those tasks "
                    "from being forgotten.",
         .source = "EWC: Kirkpatrick et al. 2017, arXiv:1612.00796; SI: Zenke et al. 2017, arXiv:1703.04200; replay: "
                   "Chaudhry et al. 2019, arXiv:1902.10486"});
    return {&one, &of_sequence, &sequence_plan_sheet()};
}

std::optional<SequenceTaskSettings> sequence_task(const Json& spec) {
    if (spec.value("sequence", Json::object()).value("kind", alone_id) != task_id) return std::nullopt;
    return settings_of<SequenceTaskSettings>(spec, "sequence");
}

void check_sequence_task(const Json& spec, schema::Problems& out) {
    check_sequence_plan(spec, out);
    const auto settings = sequence_task(spec);
    if (!settings) return;
    for (const TaskBeside& one : tasks_beside(*settings)) {
        const Sheet* sheet = find_sheet("dataset", one.dataset.value("kind", ""));
        if (!sheet) {
            out.push_back({"sequence.beside", "the dataset of \"" + one.name + "\" has no valid kind"});
            continue;
        }
        const schema::Problems problems = sheet->check(one.dataset, "dataset");
        for (const schema::Problem& problem : problems)
            out.push_back({"sequence.beside", "of \"" + one.name + "\": " + problem.path + " " + problem.message,
                           problem.warning});
        if (!problems.empty()) continue;
        const Sheet* own = find_sheet("dataset", spec.at("dataset").value("kind", ""));
        if (own && own->offers(spec.at("dataset")) != sheet->offers(one.dataset))
            out.push_back({"sequence.beside", "the data of \"" + one.name +
                                                  "\" is of another sort, or labelled in another way, than the run's "
                                                  "own"});
    }
    if (settings->hold != "none" && settings_of<EvaluationSettings>(spec, "evaluation").patience > 0)
        out.push_back({"evaluation.patience",
                       "a run that holds weights for later tasks must end with its last ones: set "
                       "evaluation.patience=0, or sequence.hold=none"});
    const bool minutes = settings_of<TrainingSettings>(spec, "training").budget_unit == "minutes";
    if (!settings->beside.empty() && minutes)
        out.push_back({"sequence.beside", "needs a budget in steps, tokens or epochs, not in minutes"});
    // Time may be up at a step that is saved already, without what the task leaves behind.
    if (settings->hold != "none" && minutes)
        out.push_back({"sequence.hold", "needs a budget in steps, tokens or epochs, not in minutes"});
    if (settings->hold != "none" && spec.at("start").value("train", "") == "lora")
        out.push_back({"sequence.hold",
                       "cannot hold adapters, which the next task begins anew: set start.train=all, or "
                       "sequence.hold=none"});
}

Error unlike_classes(const std::string& task, std::size_t its, std::size_t ours, const std::string& at) {
    return {Error::Code::bad_spec,
            "The task \"" + task + "\" has " + grouped(static_cast<std::int64_t>(its)) + " classes and another one " +
                grouped(static_cast<std::int64_t>(ours)) + ": a head that all share needs as many in each",
            "Cut the classes into groups of one size, or choose another scenario",
            {"field " + at}};
}

}  // namespace gw
