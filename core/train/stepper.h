#pragma once
#include "train/dropout_stream.h"
#include "train/layer_watch.h"
#include "train/prepared_run.h"
#include "train/standing.h"

namespace gw {

/// Makes optimizer steps: draws the batch, accumulates the gradients, clips, updates. All random choices are named by
/// the seed and the step, so there is nothing of them to save.
class Stepper {
  public:
    Stepper(const TrainingSettings& training, PreparedRun& ready);
    struct Taken {
        torch::Tensor loss_and_norm;  ///< [2] float32 on the device
        std::int64_t tokens = 0;      ///< trained on; padding is none
    };
    /// Makes the step after `at` with this rate. `clip` 0 = none. The watch is told when it wants to look.
    Taken step(const Standing& at, double lr, double clip, LayerWatch& watch);
    std::int64_t samples_per_step() const { return training_.micro_batch * training_.accumulation; }

  private:
    struct Drawn {
        std::vector<Batch> batches;
        std::int64_t counted = 0, tokens = 0;
    };
    Drawn draw(const Standing& at) const;

    const TrainingSettings training_;
    PreparedRun& ready_;
    const std::uint64_t seed_;
    DropoutStream dropout_;
};

}  // namespace gw
