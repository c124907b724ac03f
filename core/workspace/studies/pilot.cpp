#include "workspace/studies/pilot.h"

#include <algorithm>
#include <cmath>

#include "spec/usual_split.h"
#include "util/name.h"
#include "util/text.h"
#include "workspace/new_run.h"

namespace gw {

namespace {

/// What a way changes in the start section.
Json start_of(const std::string& way) {
    Json start = {{"kind", "checkpoint"}, {"forgetting", false}};
    if (way == "scratch") start["fresh"] = true;
    if (way == "head" || way == "lora") start["train"] = way;
    if (way == "lp_ft") {
        start["head_first"] = 0.3;
        start["head_rate"] = 10.0;
    }
    return start;
}

Error refused(const std::string& path, const std::string& reason, const std::string& remedy) {
    return {Error::Code::bad_spec, path + " cannot be set here: " + reason, remedy, {"option --set"}};
}

bool sets(const std::vector<Setting>& settings, const std::string& path) {
    return std::any_of(settings.begin(), settings.end(), [&](const Setting& s) { return s.first == path; });
}

/// Whether a setting of the section start means something for a way: by what the form shows it for.
bool means_something(const std::string& path, const std::string& way) {
    const Json start = find_sheet("start", "checkpoint")->complete(start_of(way));
    const std::string key = path.substr(path.find('.') + 1);
    if (key.starts_with("head_")) return way == "lp_ft";  // what makes that way
    if (way == "scratch") return false;                   // nothing of the checkpoint's weights is there
    for (const schema::Row& row : find_sheet("start", "checkpoint")->rows) {
        if (row.info.key != key || row.info.shown_when.empty()) continue;
        const std::string when(row.info.shown_when);
        const std::size_t equals = when.find('=');
        const Json value = start.value(when.substr(0, equals), Json());
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        for (const std::string& one : split(when.substr(equals + 1), '|'))
            if (one == text) return true;
        return false;
    }
    return true;
}

std::vector<Setting> settings_of_way(const std::vector<Setting>& settings, const std::string& way) {
    std::vector<Setting> out;
    for (const Setting& setting : settings)
        if (!setting.first.starts_with("start.") || means_something(setting.first, way)) out.push_back(setting);
    return out;
}

/// What the plan decides cannot be set, and what is set must mean something.
Status check_plan(const PilotPlan& plan) {
    for (const std::string& way : plan.ways)
        if (std::find(pilot_ways().begin(), pilot_ways().end(), way) == pilot_ways().end())
            return Error{Error::Code::bad_spec,
                         "\"" + way + "\" is no way of training",
                         "There are scratch, head, full, lora and lp_ft",
                         {}};
    for (const auto& [path, value] : plan.settings) {
        for (const char* decided : {"start", "start.kind", "start.path", "start.train", "start.fresh"})
            if (path == decided) return refused(path, "the ways of a pilot say what is trained", "Choose --ways");
        for (const char* decided : {"training.seed", "dataset.examples_seed"})
            if (path == decided) return refused(path, "a pilot goes through several seeds", "Choose --seeds");
        if (path == "dataset.examples")
            return refused(path, "a pilot goes through several counts of labels", "Choose --label-counts");
        if (!path.starts_with("start.")) continue;
        const std::string& setting = path;
        if (std::none_of(plan.ways.begin(), plan.ways.end(),
                         [&](const std::string& way) { return means_something(setting, way); }))
            return refused(path, "it means nothing for the ways of this pilot", "Add the way that it is for to --ways");
    }
    return {};
}

/// A pilot is scored on a test part, which no choice was made by.
Status add_test_part(Json& spec, const std::vector<Setting>& settings) {
    constexpr double least = 0.1;
    Json& split = spec["split"];
    const Json test = split.value("test", Json());
    if (test.is_null())
        return refused(
            "split.kind",
            "a pilot is scored on a test part, which the split " + split.value("kind", "") + " does not have",
            "Choose another split, or --folds for a cross-validation");
    if (test.is_array()) {
        if (!test.empty()) return {};
        return refused("split.kind", "a pilot is scored on a test part, and no file is named for it",
                       "Set split.test to the pattern of its files");
    }
    if (!sets(settings, "split.test"))
        split["test"] = std::max(least, test.get<double>());
    else if (test.get<double>() <= 0)
        return refused("split.test", "a pilot is scored on the test part, so it must not be empty",
                       "Set a share above 0, or leave it out");
    return {};
}

}  // namespace

const std::vector<std::string>& pilot_ways() {
    static const std::vector<std::string> all{"scratch", "head", "full", "lora", "lp_ft"};
    return all;
}

Result<std::vector<Setting>> settings_for_folds(const std::vector<Setting>& settings) {
    const Card& card = fold_sheet().card;
    const std::vector<std::string>& choosable = fold_settings();
    std::vector<Setting> out{{"split.kind", card.id}};
    for (const Setting& setting : settings) {
        const bool of_split = setting.first == "split" || setting.first.starts_with("split.");
        if (of_split && names_kind(setting) && card.answers_to(setting.second)) continue;
        const std::string key = setting.first.substr(setting.first.find('.') + 1);
        if (of_split && std::find(choosable.begin(), choosable.end(), key) == choosable.end()) {
            std::string known;
            for (const std::string& one : choosable) known += (known.empty() ? "split." : " and split.") + one;
            return refused(setting.first, "a cross-validation cuts the data itself",
                           "Choose --folds, and if you like " + known);
        }
        out.push_back(setting);
    }
    return out;
}

Json fold_of(Json spec, std::int64_t folds, std::int64_t fold) {
    const Json own = spec.at("split");
    spec["split"] = fold_split(spec.at("dataset"), folds, fold, own);
    return spec;
}

Result<std::vector<PilotRun>> pilot_runs(const ParentCard& parent, const Json& changes, const PilotPlan& plan) {
    if (Status fits = check_plan(plan); !fits) return fits.error();
    std::vector<PilotRun> out;
    const bool crossed = plan.folds >= 2;
    std::vector<Setting> settings = plan.settings;
    if (crossed) {
        auto folded = settings_for_folds(settings);
        if (!folded) return folded.error();
        settings = std::move(folded).value();
    }
    for (const std::int64_t count : plan.counts)
        for (std::int64_t repeat = 1; repeat <= (crossed ? plan.folds : plan.seeds); ++repeat)
            for (const std::string& way : plan.ways) {
                Json all = changes;
                all["start"] = start_of(way);
                all["dataset"]["examples"] = count;
                const std::int64_t seed = crossed ? 1 : repeat;
                all["dataset"]["examples_seed"] = seed;
                auto spec = finetune_spec(parent, all, settings_of_way(settings, way));
                if (!spec) return spec.error();
                Json ready = std::move(spec).value();
                ready["training"]["seed"] = seed;
                if (!sets(settings, "evaluation.every")) ready["evaluation"]["every"] = 0;
                if (crossed)
                    ready = fold_of(std::move(ready), plan.folds, repeat);
                else if (Status judged = add_test_part(ready, settings); !judged)
                    return judged.error();
                if (!sets(settings, "training.budget") && !sets(settings, "training.budget_unit")) {
                    const auto batch = ready["training"].value("micro_batch", std::int64_t{16});
                    const double few =
                        count > 0 ? static_cast<double>(plan.least_steps * batch) / static_cast<double>(count) : 0;
                    ready["training"]["budget"] = std::ceil(std::max(plan.passes, few));
                    ready["training"]["budget_unit"] = "epochs";
                }
                if (Status sound = spec_status(ready); !sound) return sound.error();
                LaunchRequest request;
                request.name = plan.name + " · " + way + " · " + (count > 0 ? grouped(count) : "all") +
                               (crossed ? " · fold " + std::to_string(repeat) + " of " + std::to_string(plan.folds)
                                        : " · seed " + std::to_string(repeat));
                request.spec = std::move(ready);
                out.push_back({way, count, repeat, std::move(request)});
            }
    return out;
}

Status enqueue_pilot(const Workspace& workspace, const std::vector<PilotRun>& runs, const PilotPlan& plan) {
    // Before anything waits in the queue.
    if (const auto fault = name_fault(plan.name))
        return Error{Error::Code::bad_spec,
                     "This name of a pilot " + *fault,
                     "Choose another name with --name",
                     {"option --name"}};
    std::vector<LaunchRequest> requests;
    for (const PilotRun& run : runs) requests.push_back(run.request);
    // The pilot and its runs together, or nothing: a kill in between would leave runs that belong to no pilot.
    const auto keep = [&](Store& store, const std::vector<RunRecord>& added) -> Status {
        auto known = store.saved("pilot");
        if (!known) return known.error();
        for (const SavedRecord& record : known.value())
            if (record.name == plan.name)
                return Error{Error::Code::bad_spec,
                             "There is a pilot \"" + plan.name + "\" already",
                             "Give another name with --name",
                             {}};
        Json rows = Json::array();
        for (std::size_t i = 0; i < runs.size(); ++i) {
            rows.push_back(
                {{"run", added[i].id}, {"way", runs[i].way}, {"count", runs[i].count}, {"repeat", runs[i].repeat}});
            if (Status tagged = store.set_tags(added[i].id, {"pilot " + plan.name}); !tagged) return tagged;
        }
        return store.set_saved({"pilot", plan.name, {{"runs", std::move(rows)}, {"folds", plan.folds}}, now_utc()});
    };
    const auto added = enqueue_runs(workspace, std::move(requests), keep);
    return added ? Status() : Status(added.error());
}

}  // namespace gw
