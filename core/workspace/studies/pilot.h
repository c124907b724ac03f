#pragma once
#include "workspace/live_run.h"
#include "workspace/models/finetune.h"

namespace gw {

/// A trial of whether a checkpoint pays on a task before much is spent on labels: several ways of training, counts of
/// labels, and seeds.
struct PilotPlan {
    std::string name;
    std::vector<std::string> ways;     ///< of pilot_ways()
    std::vector<std::int64_t> counts;  ///< training examples; 0 = all
    std::int64_t seeds = 3;
    double passes = 5;  ///< over all examples; of few examples as many more as make `least_steps`
    std::int64_t least_steps = 100;
    std::vector<Setting>
        settings;            ///< as typed, over the suggestion of every run; what the plan itself decides is refused
    std::int64_t folds = 0;  ///< 2 or more: each way and count is judged once on every fold of a cross-validation, and
                             ///< there are no seeds
};

/// scratch, head (feature extraction), full, lora, lp_ft.
const std::vector<std::string>& pilot_ways();

/// One run of a pilot.
struct PilotRun {
    std::string way;
    std::int64_t count = 0, repeat = 1;  ///< seed or fold
    LaunchRequest request;
};

/// All runs of a plan. `changes` holds at least the dataset, as for finetune_spec(). Settings of the section start go
/// to the ways that they mean something for. Errors: as finetune_spec(); an unknown way; a setting that the plan
/// decides, or that means nothing for its ways; a split without the test part that a pilot is judged on.
Result<std::vector<PilotRun>> pilot_runs(const ParentCard& parent, const Json& changes, const PilotPlan& plan);

/// Settings for a run of every fold: split.seed and split.stratified may be chosen, anything else of the split is an
/// error.
Result<std::vector<Setting>> settings_for_folds(const std::vector<Setting>& settings);

/// The spec with its data split for one fold of k, from 1; with the classes in the same shares where texts have one
/// class each, unless the split is one of folds already and says otherwise. Its seed stays.
Json fold_of(Json spec, std::int64_t folds, std::int64_t fold);

/// Puts the runs of a pilot into the queue, each with the tag "pilot NAME", and keeps under its name which is which. A
/// pilot of that name must not exist.
Status enqueue_pilot(const Workspace& workspace, const std::vector<PilotRun>& runs, const PilotPlan& plan);

}  // namespace gw
