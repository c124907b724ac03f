#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "data/split.h"
#include "train/host/run_port.h"
#include "util/files.h"

namespace gw {

class BatchSource;
class World;

/// One stretch of a run: what to train, where to keep it, and from where to go on.
struct TrainRequest {
    Json spec;                 ///< complete (complete_spec), already checked
    fs::path run_folder;       ///< exists; checkpoints go to run_folder/checkpoints/step-NNNNNNNN
    fs::path cache;            ///< token shards and trained tokenizers, shared between runs
    fs::path resume_from;      ///< checkpoint folder to continue, or empty to begin
    std::int64_t stop_at = 0;  ///< save and stop when this step is reached; 0 = never
    /// The processes that train this run together; a port of its own belongs to each, of which rank 0's is asked.
    /// Null = this process alone.
    std::shared_ptr<World> world = nullptr;
    /// Steps with bad numbers, for tests: while it is made the weight of that name is so large that its layer
    /// overflows.
    std::map<std::int64_t, std::string> spoilt = {};
    /// Stands around what rows come from, for tests: a disk that is slow, say.
    std::function<std::unique_ptr<BatchSource>(std::unique_ptr<BatchSource>)> around = {};
};

/// Trains until the budget is spent, an order ends it, or it cannot go on. Throws nothing: whatever went wrong is in
/// the outcome. Message order: Progress (preparing), RunFacts once, then rows, events, samples, checkpoints as they
/// come. A MetricRow holds train/loss, train/grad_norm, train/lr, train/tokens_per_second, train/memory_bytes,
/// train/data_wait; where what is minimised has several parts train/PART, the mean of each before its weight
/// (LossPart); and of every player but the first train/PLAYER_loss, train/PLAYER_grad_norm and train/PLAYER_PART
/// (PlayerRole, Player::figure). On evaluation steps there is a further row of the same step with validation/loss,
/// validation/criterion where training minimises something else, validation/PART, validation/perplexity and
/// validation/bits_per_byte (language models), validation/accuracy, and of labelled data the metrics of its task, at
/// the end for the test part too (test/...). At looks into the layers layers/update_ratio/WEIGHT and
/// layers/grad_norm/WEIGHT follow (LayerWatch). A run that begins from a checkpoint also tells parent/loss, what the
/// checkpoint's own validation data costs now.
Outcome train(const TrainRequest& request, RunPort& port);

/// Where a run's last judgement of a labelled part is kept: "predictions-validation.jsonl" in its folder.
fs::path predictions_file(const fs::path& run_folder, Part part);

}  // namespace gw
