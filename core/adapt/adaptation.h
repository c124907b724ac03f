#pragma once
#include <map>

#include "model/backbone.h"
#include "optim/parameter_bank.h"
#include "spec/start.h"

namespace gw {

/// Which weights of a model are trained at a step, and how fast: a pure function of the step, so that a resume needs no
/// memory of it. Which layer a weight of the backbone lies in says its kind (BackboneKind::place); the head is above
/// them all. Where the head has no weights of its own, gradual unfreezing begins with the last layer.
class Adaptation {
  public:
    using Place = std::function<LayerPlace(const std::string& parameter)>;
    /// From scratch: everything is trained.
    Adaptation() = default;
    /// `place` is that of the backbone's kind; `steps` is the length of the run.
    Adaptation(const CheckpointStart& start, const ParameterBank& bank, const Place& place, double steps);
    /// The optimizer began without a memory at that step (a fork to another kind): its bias corrections count from
    /// there.
    void forget_before(std::int64_t step) {
        fresh_from_ = step;
        open_ = -1;
    }
    /// Of the bank's weight called `name` ("backbone.blocks.0..." or "head...") at the step after `step` others.
    ParameterBank::Pace pace(const std::string& name, std::int64_t step) const;
    /// Where the schedule stands at the step after `step` others, of `steps` in all as they are expected now.
    ScheduleStand schedule(std::int64_t step, double steps) const {
        return start_ ? schedule_stand(*start_, head_steps_, step, steps)
                      : ScheduleStand{static_cast<double>(step), steps, std::nullopt};
    }
    /// Sets the bank's paces for that step; true when they are others than before.
    bool apply(ParameterBank& bank, std::int64_t step);

  private:
    /// What is asked of a weight at every step.
    struct Stand {
        std::int64_t layer = 0;
        bool adapter = false, norm_or_bias = false, frozen = false;
    };
    std::int64_t first_step(std::int64_t layer) const;
    std::optional<CheckpointStart> start_;
    std::map<std::string, Stand> stands_;  ///< by name in the bank
    std::int64_t layers_ = 0;              ///< number of the head's layer
    bool has_head_ = false;                ///< with weights of its own
    std::int64_t head_steps_ = 0;          ///< in which the head is alone
    std::int64_t fresh_from_ = 0;          ///< step at which the optimizer's memory begins
    std::int64_t open_ = -1;               ///< layers that are trained as the bank stands
};

}  // namespace gw
