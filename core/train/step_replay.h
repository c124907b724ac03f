#pragma once
#include <functional>
#include <map>
#include <stop_token>

#include "schema/field.h"
#include "train/bad_step.h"
#include "train/step_look.h"

namespace gw {

struct ReplayRequest {
    Json spec;                                        ///< of the run, complete
    fs::path cache;                                   ///< token shards and trained tokenizers
    fs::path checkpoint;                              ///< from before the step, or empty to begin as the run did
    std::int64_t step = 0;                            ///< from 1
    std::optional<BadStepRecord> record;              ///< what the run kept of the step
    std::map<std::int64_t, std::string> spoilt = {};  ///< as in TrainRequest
};

/// A step, run forward and backward once more.
struct StepReplay {
    std::int64_t step = 0, from_step = 0;  ///< from_step: step of the weights that it was trained on from
    StepLook look;
    double lr = 0;
    std::vector<std::int64_t> places;  ///< of its rows in the training part
    std::string fault;                 ///< the first tensor that is not finite, as a sentence; empty = none
};

/// Trains on from the checkpoint to the step as the run did (to the bit on a CPU, but for live settings that were
/// changed on the way, and budgets in minutes), and runs that step slowly. Nothing of the run is written. Errors: the
/// data is gone or has changed, the checkpoint is damaged or not before the step, cancelled.
Result<StepReplay> replay_step(const ReplayRequest& request, const std::function<void(double)>& progress,
                               std::stop_token stop);

/// The same in lines of text, for a terminal or a panel: each layer with the size of what it gives, then each gradient.
std::string to_text(const StepReplay& replay);

}  // namespace gw
