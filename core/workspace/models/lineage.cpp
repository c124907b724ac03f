#include "workspace/models/lineage.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "artifact/checkpoint.h"
#include "store/stored_json.h"

namespace gw {

namespace {

std::optional<std::int64_t> step_it_began_from(const RunRecord& run) {
    if (run.parent.empty()) return std::nullopt;
    if (run.fork_step > 0) return run.fork_step;
    const std::string path = stored_at(run.spec, "start.path", std::string());
    return path.empty() ? std::nullopt : std::optional(checkpoint_step(path));
}

}  // namespace

Result<std::vector<LineageNode>> family_of(const Store& store, const std::string& id_or_name) {
    const auto wanted = store.run(id_or_name);
    if (!wanted) return wanted.error();
    auto all = store.runs();
    if (!all) return all.error();
    std::map<std::string, const RunRecord*> by_id{{wanted.value().id, &wanted.value()}};
    for (const RunRecord& run : all.value()) by_id[run.id] = &run;
    std::map<std::string, std::vector<const RunRecord*>> children;
    for (const auto& [id, run] : by_id)
        if (by_id.count(run->parent) > 0) children[run->parent].push_back(run);
    for (auto& [id, its] : children)
        std::sort(its.begin(), its.end(), [](const RunRecord* a, const RunRecord* b) { return a->number < b->number; });

    // Every run is visited once, so that a circle made by hand ends too.
    std::set<std::string> seen;
    const RunRecord* oldest = by_id.at(wanted.value().id);
    while (seen.insert(oldest->id).second && by_id.count(oldest->parent) > 0) oldest = by_id.at(oldest->parent);
    seen.clear();
    std::vector<LineageNode> out;
    const std::function<void(const RunRecord*, int)> visit = [&](const RunRecord* run, int generation) {
        if (!seen.insert(run->id).second) return;
        out.push_back({*run, generation, step_it_began_from(*run)});
        for (const RunRecord* child : children[run->id]) visit(child, generation + 1);
    };
    visit(oldest, 0);
    return out;
}

}  // namespace gw
