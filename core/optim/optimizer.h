#pragma once
#include <torch/types.h>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "optim/parameter_bank.h"
#include "schema/kind.h"

namespace gw {

/// What one update is made with. The tensors lie on the bank's device, so that a GPU is never waited for.
struct Update {
    double lr = 0;
    torch::Tensor gradient_scale;  ///< scalar float32: gradients are multiplied by it first (clipping)
    torch::Tensor finite;  ///< scalar bool: where false, weights, state and the count of updates stay as they are
};

/// Turns gradients into a change of the weights, all that is trained at once in the bank's flat memory.
class Optimizer {
  public:
    virtual ~Optimizer() = default;
    /// One update; the gradients are used up. Passes over memory where the bank lies on the CPU, else
    /// step_by_tensors().
    virtual void step(const Update& update) = 0;
    /// The same update by operations on whole tensors, wherever the bank lies: what a device runs, to rounding.
    virtual void step_by_tensors(const Update& update) = 0;
    /// Flat tensors as long as the bank's gradients, by name ("first_moment"); filled in place on a resume. What joins
    /// the training later begins at zero, what is frozen again is forgotten.
    virtual std::vector<std::pair<std::string, torch::Tensor>> state() = 0;
    /// Updates made so far, for bias corrections: those that were not finite are none. Waits for a device.
    virtual std::int64_t updates() const = 0;
    virtual void set_updates(std::int64_t updates) = 0;
};

struct OptimizerKind : Kind<std::unique_ptr<Optimizer>, ParameterBank&> {
    int state_tensors = 0;  ///< values of state a parameter, for the memory estimate
};

/// All optimizer kinds, in the order people see them. Each has a field `lr`, the peak learning rate.
std::span<const OptimizerKind> optimizers();

}  // namespace gw
