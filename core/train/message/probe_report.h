#pragma once
#include <cstdint>
#include <stop_token>
#include <string>

#include "schema/field.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// What frozen features say of labels.
struct ProbeScores {
    std::string metric;          ///< "accuracy", or "r2" of numbers
    double knn = 0, linear = 0;  ///< by that metric, on held-out examples
    double log_evidence = 0;     ///< LogME, on the training examples
};

/// Whether a checkpoint's features are worth beginning from, told in seconds and before anything is trained.
struct ProbeReport {
    ProbeScores trained, untrained;  ///< of the checkpoint, and of the same backbone with random weights
    double baseline = 0;             ///< of who does not look at the text
    double noise = 0;                ///< two standard errors of a difference between two of these scores
    std::int64_t train_examples = 0, judged_examples = 0;
    double seconds = 0;
    enum class Verdict { helps, little, harms } verdict = Verdict::little;
    std::string words;  ///< the verdict for a person
};

struct ProbeRequest {
    fs::path checkpoint;
    Json dataset, split;           ///< sections of a spec; the dataset must be labelled
    std::int64_t examples = 2000;  ///< at most so many are learnt from, and judged
    fs::path cache;
    ProgressFn progress;
    std::stop_token stop;
};

/// kNN, linear probe and LogME (You et al. 2021, arXiv:2102.11005) of the frozen features of a checkpoint on labelled
/// data.
Result<ProbeReport> probe_checkpoint(const ProbeRequest& request);

}  // namespace gw
