#pragma once
#include <functional>
#include <map>
#include <stop_token>

#include "schema/field.h"
#include "train/guard/bad_step.h"
#include "train/step/micro_batches.h"
#include "train/step/step_look.h"
#include "util/phrase.h"

namespace gw {

struct ReplayRequest {
    Json spec;                                        ///< of the run, complete
    fs::path cache;                                   ///< token shards and trained tokenizers
    fs::path checkpoint;                              ///< from before the step, or empty to begin as the run did
    std::int64_t step = 0;                            ///< from 1
    std::optional<BadStepRecord> record;              ///< what the run kept of the step
    std::map<std::int64_t, std::string> spoilt = {};  ///< as in TrainRequest
    std::optional<WentBack> went_back = {};           ///< between the checkpoint and the step, the last time
    /// Steps from which on the run's steps were cut otherwise than the checkpoint says.
    std::map<std::int64_t, MicroBatches> cuts = {};
    /// How often the learning rate had fallen by evaluations, by the first step that it was so.
    std::map<std::int64_t, std::int64_t> falls = {};
    bool settings_changed = false;  ///< live, between the checkpoint and the step
};

/// A step, run forward and backward once more.
struct StepReplay {
    std::int64_t step = 0, from_step = 0;  ///< from_step: step of the weights that it was trained on from
    StepLook look;
    double lr = 0;
    std::vector<std::int64_t> places;  ///< of its rows in the training part
    std::string fault;                 ///< the first tensor that is not finite, as a sentence; empty = none
    std::vector<Phrase> notes = {};  ///< in what its weights are others than a plain resume's, or may be than the run's
};

/// Trains on from the checkpoint to the step as the run did (to the bit on a CPU, but for what its notes say: live
/// settings that were changed on the way, and budgets in minutes), and runs that step slowly. Nothing of the run is
/// written. Errors: the data is gone or has changed, the checkpoint is damaged or not before the step, cancelled.
Result<StepReplay> replay_step(const ReplayRequest& request, const std::function<void(double)>& progress,
                               std::stop_token stop);

/// The same in lines, for a panel: each layer with the size of what it gives, then each gradient.
struct ReplayLine {
    Phrase text;
    bool inner = false;  ///< belongs to the line before that is not
};
std::vector<ReplayLine> lines_of(const StepReplay& replay);
/// Those in English, for a terminal.
std::string to_text(const StepReplay& replay);

}  // namespace gw
