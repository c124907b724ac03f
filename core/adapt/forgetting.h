#pragma once
#include "adapt/checkpoint_model.h"
#include "adapt/scoring.h"

namespace gw {

/// What a run forgets of what its checkpoint could: the checkpoint's objective and head on the checkpoint's validation
/// data, with the features of the run's backbone as it changes.
class ForgettingProbe {
  public:
    /// `run` must outlive it. Errors: the checkpoint's data is gone or has changed.
    static Result<ForgettingProbe> make(const CheckpointModel& checkpoint, const Model& run, const fs::path& cache,
                                        const ProgressFn& progress, std::stop_token stop);
    /// Scored = 0 when stopped.
    Score score(const Model& run, const ScoreOptions& options, const std::function<void(double)>& progress,
                std::stop_token stop) const;

  private:
    PreparedData data_;
    std::unique_ptr<Objective> objective_;
};

}  // namespace gw
