#pragma once
#include "workspace/live_run.h"

namespace gw {

/// Several sizes of one spec, each trained in proportion to its parameters from several seeds, so that a law of loss
/// by compute can be fitted to them.
struct ScalingPlan {
    std::string name;
    std::vector<double> factors;  ///< of the spec's size, at least three
    std::int64_t seeds = 3;
    double units_per_parameter = 20;  ///< tokens (or images) that each size is trained on
};

struct ScalingRun {
    std::string size;  ///< "4×128"
    LaunchRequest request;
};

/// All runs of a plan, evaluated on the whole held-out part at their end and saved then alone. Errors: a factor that
/// makes no model, or two that make the same; fewer than three.
Result<std::vector<ScalingRun>> scaling_runs(const Json& spec, const ScalingPlan& plan);

/// Puts them into the queue, each with the tag "scaling NAME", and keeps under its name which is which. A study of that
/// name must not exist.
Status enqueue_scaling(const Workspace& workspace, const std::vector<ScalingRun>& runs, const std::string& name);

}  // namespace gw
