#pragma once
#include <memory>

#include "optim/parameter_bank.h"

namespace gw {

/// Holds weights near where earlier tasks left them: adds to the gradients of the bank, and looks at what the training
/// does.
class Holding {
  public:
    virtual ~Holding() = default;
    /// After backward, before the update: the gradients are those of the task's loss alone.
    virtual void before_update(ParameterBank& bank) = 0;
    virtual void after_update(ParameterBank& bank) { (void)bank; }
    /// At the end of a task. `each_gradient(visit)` puts the gradient of the log-probability of one example after
    /// another into the bank.
    virtual void end_task(ParameterBank& bank,
                          const std::function<void(const std::function<void()>& visit)>& each_gradient) = 0;
};

/// Elastic weight consolidation: strength / 2 * sum over tasks of F (w - w*)^2, F the diagonal of the Fisher
/// information, estimated from true labels (Kirkpatrick et al. 2017, arXiv:1612.00796, equation 3).
std::unique_ptr<Holding> elastic_holding(const ParameterBank& bank, double strength);

/// Synaptic intelligence: strength * sum of importance (w - w*)^2, the importance of a weight being its share in the
/// fall of the loss over the square of its way (Zenke et al. 2017, arXiv:1703.04200, equations 4 and 5).
std::unique_ptr<Holding> synaptic_holding(const ParameterBank& bank, double strength);

}  // namespace gw
