#include "workspace/studies/scaling.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "study/scaled_spec.h"
#include "util/text.h"
#include "workspace/new_run.h"

namespace gw {

Result<std::vector<ScalingRun>> scaling_runs(const Json& spec, const ScalingPlan& plan) {
    constexpr std::size_t fewest = 3;
    std::vector<ScalingRun> out;
    std::set<std::string> sizes;
    for (const double factor : plan.factors) {
        auto scaled = scaled_spec(spec, factor);
        if (!scaled) return scaled.error();
        Json one = std::move(scaled).value();
        const std::string size = size_text(one);
        if (!sizes.insert(size).second)
            return Error{Error::Code::bad_spec,
                         "Two factors make a model of the same size, " + size,
                         "Choose factors that lie further apart, or a larger model",
                         {"option --sizes"}};
        const auto units = std::ceil(plan.units_per_parameter * static_cast<double>(estimate_run(one).parameters));
        one["training"]["budget_unit"] = "tokens";
        one["training"]["budget"] = std::max(1.0, units);
        one["evaluation"]["whole_at_end"] = true;
        one["saving"]["every"] = 0;
        const auto first_seed = one.at("training").value("seed", std::int64_t{1});
        for (std::int64_t seed = 0; seed < plan.seeds; ++seed) {
            one["training"]["seed"] = first_seed + seed;
            if (const Status sound = spec_status(one); !sound) return sound.error();
            LaunchRequest request;
            request.spec = one;
            request.name = plan.name + " " + size + " seed " + std::to_string(first_seed + seed);
            out.push_back({size, std::move(request)});
        }
    }
    if (sizes.size() < fewest)
        return Error{Error::Code::bad_spec,
                     std::to_string(sizes.size()) + " sizes are too few for a law",
                     "Name at least three",
                     {"option --sizes"}};
    return out;
}

Status enqueue_scaling(const Workspace& workspace, const std::vector<ScalingRun>& runs, const std::string& name) {
    std::vector<LaunchRequest> requests;
    for (const ScalingRun& run : runs) requests.push_back(run.request);
    // The study and its runs together, or nothing.
    const auto keep = [&](Store& store, const std::vector<RunRecord>& added) -> Status {
        auto known = store.saved("scaling");
        if (!known) return known.error();
        for (const SavedRecord& record : known.value())
            if (record.name == name)
                return Error{Error::Code::bad_spec,
                             "There is a scaling study \"" + name + "\" already",
                             "Give the study another name",
                             {}};
        Json rows = Json::array();
        for (std::size_t i = 0; i < runs.size(); ++i) {
            rows.push_back({{"run", added[i].id}, {"size", runs[i].size}});
            if (Status tagged = store.set_tags(added[i].id, {"scaling " + name}); !tagged) return tagged;
        }
        return store.set_saved({"scaling", name, {{"runs", std::move(rows)}}, now_utc()});
    };
    const auto added = enqueue_runs(workspace, std::move(requests), keep);
    return added ? Status() : Status(added.error());
}

}  // namespace gw
