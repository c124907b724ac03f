#pragma once
#include <functional>
#include <memory>

#include "optim/parameter_bank.h"

namespace gw {

/// Keeps what earlier tasks of a sequence need while another is learnt: adds to the gradients of the bank, and looks at
/// what the training does. All that it remembers stands in state(), so that checkpoints hold it: for a resume in the
/// middle of a task, and for the task after it.
class Holding {
  public:
    using EachGradient = std::function<void(const std::function<void()>& visit)>;
    virtual ~Holding() = default;
    /// Before the first step of a task, with the weights that it begins from and what the task before left in state().
    virtual void begin_task(ParameterBank& bank) { (void)bank; }
    /// After backward, before the norm of the gradients is taken. May run passes of its own.
    virtual void before_update(ParameterBank& bank) = 0;
    virtual void after_update(ParameterBank& bank) { (void)bank; }
    /// At the end of a task; the same again where the end is made again after a resume. `each_gradient(visit)` puts the
    /// gradient of the loss of one example after another into the bank; what it throws leaves the task as not ended.
    virtual void end_task(ParameterBank& bank, const EachGradient& each_gradient) { (void)bank, (void)each_gradient; }
    /// What it remembers, by name; views that stay valid and change as training goes on. Of weights those of the
    /// backbone, where each task has a head of its own.
    virtual Parameters state(const ParameterBank& bank) { return (void)bank, Parameters(); }
    /// Whether state() is that of a task that was brought to its end.
    virtual bool ended() const { return true; }
};

/// Elastic weight consolidation: strength / 2 * sum over tasks of F (w - w*)^2, F the diagonal of the Fisher
/// information, estimated from true labels (Kirkpatrick et al. 2017, arXiv:1612.00796, equation 3).
/// `with_head`: the head's weights too, which all tasks share.
std::unique_ptr<Holding> elastic_holding(const ParameterBank& bank, double strength, bool with_head = false);

/// Synaptic intelligence: strength * sum of importance (w - w*)^2, the importance of a weight being its share in the
/// fall of the loss over the square of its way (Zenke et al. 2017, arXiv:1703.04200, equations 4 and 5).
std::unique_ptr<Holding> synaptic_holding(const ParameterBank& bank, double strength, bool with_head = false);

/// By the name of SequenceTaskSettings::hold; null for "none".
std::unique_ptr<Holding> holding_named(const std::string& name, const ParameterBank& bank, double strength,
                                       bool with_head = false);

/// One after another; what each sees are the gradients with what those before it added.
std::unique_ptr<Holding> together(std::unique_ptr<Holding> first, std::unique_ptr<Holding> second);

}  // namespace gw
