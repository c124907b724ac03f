#pragma once
#include "workspace/live_run.h"
#include "workspace/models/finetune.h"
#include "workspace/studies/sequence_study.h"

namespace gw {

/// Where a run of a sequence stands.
struct SequencePlace {
    std::string strategy;
    std::int64_t seed = 1;
    std::size_t task = 0;    ///< of joint training that whose data is the run's own; the others are learnt beside it
    fs::path from;           ///< checkpoint of the task before; empty = from scratch
    std::int64_t steps = 0;  ///< that the run will take, for how often it saves; 0 = not known
};

/// The run that learns a task of a study: what fine-tuning suggests for its data, with the study's settings.
/// `parent`: the checkpoint that the sequence begins from; null where it begins from scratch. Errors as
/// finetune_spec().
Result<LaunchRequest> sequence_request(const ParentCard* parent, const SequenceStudy& study,
                                       const std::vector<SequenceTask>& tasks, const SequencePlace& place);

/// Carries a run to its end in the history: `run` (its id) is gone on with where it is there and can be, else a new one
/// is launched with `request`, and `begun` is told its id before it trains. A run that is finished already is left as
/// it is. `progress` gets the step and, once it is known, how many there are. Errors: it was stopped or has failed;
/// another program trains it.
Result<RunRecord> run_to_its_end(const Workspace& workspace, const std::string& run, const LaunchRequest& request,
                                 const std::function<Status(const std::string& id)>& begun,
                                 const std::function<void(std::int64_t step, std::int64_t steps)>& progress,
                                 std::stop_token stop, HostChoice host = HostChoice::thread);

}  // namespace gw
