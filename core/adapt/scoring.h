#pragma once
#include "adapt/model_state.h"
#include "adapt/score.h"
#include "data/prepare.h"
#include "eval/world.h"

namespace gw {

struct ScoreOptions {
    std::int64_t tokens = 0;  ///< at most about so many; 0 = all
    double overlap = 0;       ///< of windows of a stream
    std::int64_t rows = 16;   ///< a batch at most; fewer where Model::units_at_once holds no more
    World* world = nullptr;   ///< whose processes share the look; null = this one alone
};

/// Scores a part of the data with the weights as they are; `objective` may be another one than the model's own. The
/// same weights and data, and as many tokens with the same overlap, always give the same numbers: to rounding whatever
/// the rows of a batch.
Score score_part(const Model& model, const Objective& objective, const PreparedData& data, Part part,
                 const ScoreOptions& options, const std::function<void(double fraction)>& progress,
                 std::stop_token stop);

}  // namespace gw
