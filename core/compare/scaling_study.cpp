#include "compare/scaling_study.h"

#include <algorithm>
#include <set>

#include "store/stored_json.h"

namespace gw {

Result<ScalingStudy> read_scaling(const Store& store, const std::string& name) {
    auto saved = store.saved("scaling");
    if (!saved) return saved.error();
    const auto record =
        std::find_if(saved.value().begin(), saved.value().end(), [&](const SavedRecord& r) { return r.name == name; });
    if (record == saved.value().end())
        return Error{Error::Code::bad_spec,
                     "There is no scaling study \"" + name + "\"",
                     "`groundwork-cli scaling` lists them",
                     {}};
    ScalingStudy out;
    for (const Json& row : stored_at(record->body, "runs", Json())) {
        const auto run = store.run(stored_at(row, "run", std::string()));
        if (!run || run.value().status != "finished" || !run.value().validation_loss) {
            ++out.waiting;
            continue;
        }
        const double flops = stored_at(run.value().facts, "flops_per_token", 0.0);
        out.points.push_back({flops * static_cast<double>(run.value().tokens), *run.value().validation_loss,
                              stored_at(row, "size", std::string())});
    }
    return out;
}

Result<std::optional<std::string>> scaling_of_runs(const Store& store, const std::vector<std::string>& runs) {
    auto saved = store.saved("scaling");
    if (!saved) return saved.error();
    for (const SavedRecord& record : saved.value()) {
        std::set<std::string> its;
        for (const Json& row : stored_at(record.body, "runs", Json())) its.insert(stored_at(row, "run", std::string()));
        if (!runs.empty() &&
            std::all_of(runs.begin(), runs.end(), [&](const std::string& id) { return its.count(id) > 0; }))
            return std::optional(record.name);
    }
    return std::optional<std::string>();
}

}  // namespace gw
