#include "workspace/pilot.h"

#include <algorithm>
#include <cmath>

#include "util/text.h"
#include "workspace/run_queue.h"

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

}  // namespace

const std::vector<std::string>& pilot_ways() {
    static const std::vector<std::string> all{"scratch", "head", "full", "lora", "lp_ft"};
    return all;
}

Json fold_of(Json spec, std::int64_t folds, std::int64_t fold) {
    const bool stratified = spec.at("dataset").value("labels", "class") == "class";
    spec["split"] = find_sheet("split", "k_fold")->complete({{"folds", folds}, {"fold", fold}, {"stratified", stratified}});
    return spec;
}

Result<std::vector<PilotRun>> pilot_runs(const ParentCard& parent, const Json& changes, const PilotPlan& plan) {
    std::vector<PilotRun> out;
    const bool crossed = plan.folds >= 2;
    for (const std::int64_t count : plan.counts)
        for (std::int64_t repeat = 1; repeat <= (crossed ? plan.folds : plan.seeds); ++repeat)
            for (const std::string& way : plan.ways) {
                if (std::find(pilot_ways().begin(), pilot_ways().end(), way) == pilot_ways().end())
                    return Error{Error::Code::bad_spec,
                                 "\"" + way + "\" is no way of training",
                                 "There are scratch, head, full, lora and lp_ft",
                                 {}};
                Json all = changes;
                all["start"] = start_of(way);
                all["dataset"]["examples"] = count;
                const std::int64_t seed = crossed ? 1 : repeat;
                all["dataset"]["examples_seed"] = seed;
                auto spec = finetune_spec(parent, all);
                if (!spec) return spec.error();
                Json ready = std::move(spec).value();
                ready["training"]["seed"] = seed;
                ready["evaluation"]["every"] = 0;
                if (crossed)
                    ready = fold_of(std::move(ready), plan.folds, repeat);
                else
                    ready["split"]["test"] = std::max(0.1, ready["split"].value("test", 0.0));
                const auto batch = ready["training"].value("micro_batch", std::int64_t{16});
                const double few = count > 0 ? static_cast<double>(plan.least_steps * batch) / static_cast<double>(count) : 0;
                ready["training"]["budget"] = std::ceil(std::max(plan.passes, few));
                ready["training"]["budget_unit"] = "epochs";
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
    auto store = workspace.store();
    if (!store) return store.error();
    auto known = store.value().saved("pilot");
    if (!known) return known.error();
    for (const SavedRecord& record : known.value())
        if (record.name == plan.name)
            return Error{Error::Code::bad_spec, "There is a pilot \"" + plan.name + "\" already", "Give another name with --name", {}};
    std::vector<LaunchRequest> requests;
    for (const PilotRun& run : runs) requests.push_back(run.request);
    auto added = RunQueue(workspace).add(requests);
    if (!added) return added.error();
    Json rows = Json::array();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        rows.push_back({{"run", added.value()[i].id}, {"way", runs[i].way}, {"count", runs[i].count}, {"repeat", runs[i].repeat}});
        if (Status tagged = store.value().set_tags(added.value()[i].id, {"pilot " + plan.name}); !tagged) return tagged;
    }
    return store.value().set_saved({"pilot", plan.name, {{"runs", std::move(rows)}, {"folds", plan.folds}}, now_utc()});
}

}  // namespace gw
