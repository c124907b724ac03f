#pragma once
#include "model/backbone.h"
#include "optim/parameter_bank.h"
#include "spec/start.h"

namespace gw {

/// Which weights of a model are trained at a step, and how fast: a pure function of the step, so that a resume needs no
/// memory of it. Weights belong to layers by name: tables of tokens and positions are layer 0, "blocks.i" is layer i +
/// 1, the last norm goes with the last block, and the head is above them all. Where the head has no weights of its own,
/// gradual unfreezing begins with the last layer.
class Adaptation {
  public:
    /// From scratch: everything is trained. `steps` is the length of the run.
    Adaptation() = default;
    Adaptation(const CheckpointStart& start, const ParameterBank& bank, double steps);
    /// The optimizer began without a memory at that step (a fork to another kind): its bias corrections count from
    /// there.
    void forget_before(std::int64_t step) {
        fresh_from_ = step;
        open_ = -1;
    }
    /// Of the weight called `name` ("backbone.blocks.0..." or "head...") at the step after `step` others.
    ParameterBank::Pace pace(const std::string& name, std::int64_t step) const;
    /// Sets the bank's paces for that step; true when they are others than before.
    bool apply(ParameterBank& bank, std::int64_t step);

  private:
    std::int64_t layer_of(const std::string& name) const;
    std::int64_t first_step(std::int64_t layer) const;
    bool frozen(const std::string& name) const;
    std::optional<CheckpointStart> start_;
    std::int64_t layers_ = 0;      ///< number of the head's layer
    bool has_head_ = false;        ///< with weights of its own
    std::int64_t head_steps_ = 0;  ///< in which the head is alone
    std::int64_t fresh_from_ = 0;  ///< step at which the optimizer's memory begins
    std::int64_t open_ = -1;       ///< layers that are trained as the bank stands
};

/// How many steps of `steps` the head is trained alone.
std::int64_t head_steps(const CheckpointStart& start, double steps);

}  // namespace gw
