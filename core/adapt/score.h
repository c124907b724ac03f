#pragma once
#include <map>
#include <string>

#include "eval/predictions.h"

namespace gw {

/// What a model's quality on one part of its data is.
struct Score {
    double loss = 0;  ///< plain measure (Measures::losses_N), mean over what was scored: tokens, examples, or words
    std::int64_t scored = 0;  ///< 0 = stopped before the end, or there is nothing to score
    std::map<std::string, double>
        metrics;               ///< by name, with "loss" among them; "criterion" where training minimises something else
    double nats_per_byte = 0;  ///< of a language model
    Predictions predictions;   ///< of an objective with labels
    double seconds = 0;        ///< that the scoring took
};

}  // namespace gw
