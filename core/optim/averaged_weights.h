#pragma once
#include <torch/types.h>

#include "optim/averaging.h"
#include "optim/parameter_bank.h"

namespace gw {

/// An average of a bank's weights beside it. The two change places while the model is looked at or saved, so that
/// whoever reads the model sees the average. Running statistics of normalisation stay those of the training.
class AveragedWeights {
  public:
    /// The average begins as the weights are. The bank must outlive it.
    AveragedWeights(ParameterBank& bank, std::unique_ptr<Averaging> rule);
    /// After the update that made `step` of the run; `fraction` as in Averaging::Stand.
    void follow(std::int64_t step, double fraction);
    /// The bank's weights and the average change places. Asks for no memory, so that it is not left in the middle.
    void exchange();
    /// The average is what the bank holds now.
    void begin_here();
    /// What lies beside the bank: the average, or while they have changed places the weights that are trained. As long
    /// as the bank's weights.
    torch::Tensor& aside() { return aside_; }
    std::int64_t taken() const { return taken_; }
    void set_taken(std::int64_t taken) { taken_ = taken; }

  private:
    ParameterBank& bank_;
    std::unique_ptr<Averaging> rule_;
    torch::Tensor aside_;
    torch::Tensor held_;  ///< a piece on its way
    std::int64_t taken_ = 0;
};

}  // namespace gw
