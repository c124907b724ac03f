#pragma once
#include <string>
#include <vector>

#include "train/run_port.h"
#include "util/files.h"

namespace gw {

/// One stretch of a run: what to train, where to keep it, and from where to go on.
struct TrainRequest {
    Json spec;                  ///< complete (complete_spec), already checked
    fs::path run_folder;        ///< exists; checkpoints go to run_folder/checkpoints/step-NNNNNNNN
    fs::path cache;             ///< token shards and trained tokenizers, shared between runs
    fs::path resume_from;       ///< checkpoint folder to continue, or empty to begin
    std::int64_t stop_at = 0;   ///< save and stop when this step is reached; 0 = never
};

/// Trains until the budget is spent, an order ends it, or it cannot go on. Throws nothing: whatever went wrong is in the outcome.
/// Message order: Progress (preparing), RunFacts once, then rows, events, samples, checkpoints as they come. A MetricRow holds
/// train/loss, train/grad_norm, train/lr, train/tokens_per_second, train/memory_bytes and, on evaluation steps,
/// a further row of the same step with validation/loss, validation/perplexity, validation/bits_per_byte (language models),
/// validation/accuracy (masked).
Outcome train(const TrainRequest& request, RunPort& port);

/// Folder name of the checkpoint of `step`: "step-00002000".
std::string checkpoint_name(std::int64_t step);
/// The step of a checkpoint folder by its name; 0 when that is none.
std::int64_t checkpoint_step(const fs::path& checkpoint);

}  // namespace gw
