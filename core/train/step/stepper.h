#pragma once
#include <map>

#include "train/guard/layer_watch.h"
#include "train/message/standing.h"
#include "train/message/step_reports.h"
#include "train/prepared_run.h"
#include "train/step/dropout_stream.h"
#include "train/step/lanes.h"
#include "train/step/row_slots.h"
#include "train/step/step_look.h"
#include "train/step/world.h"

namespace gw {

/// Makes optimizer steps: draws the batch, and lets each player in its turn accumulate its gradients, clip, and update
/// its weights. All random choices are named by the seed and the step, so there is nothing of them to save.
///
/// The rows of a step lie one after another in the order of the data, whoever draws them: micro-batch m of rank r is
/// the (m * size + r)-th of the step. Processes that train together therefore make the step that one alone would make
/// with as many times the accumulation, but for dropout, which each draws for itself.
class Stepper {
  public:
    Stepper(const TrainingSettings& training, PreparedRun& ready, World& world);
    /// Of one step.
    struct Wish {
        double expected_steps = 0;    ///< of the run, for the schedules
        double rate_scale = 1;        ///< of every player's rate
        double clip = 0;              ///< 0 = none
        double most_loss = HUGE_VAL;  ///< a loss above it is a spike: the first player's update is left out
    };
    struct Taken {
        StepFigures figures;
        std::int64_t tokens = 0;  ///< trained on, by all processes; padding is none
    };
    /// Makes the step after `at`. The watch is told when it wants to look. An update whose loss or gradient is not
    /// finite, with any of the processes, is left out with all of them: decided on the device, without waiting for it.
    Taken step(const Standing& at, const Wish& wish, LayerWatch& watch);
    /// Runs the step after `at` forward and backward with the weights as they are, and makes no update; the optimizers
    /// and what the model remembers (running statistics) are left as they were. Waits for the device.
    StepLook look(const Standing& at);
    /// Where the rows that this process draws for the step after `at` stand in the training part.
    std::vector<std::int64_t> places(const Standing& at) const;
    /// In these steps a weight is made so large that its layer overflows, and is put back before the update: a way for
    /// tests to have bad numbers.
    void spoil(std::map<std::int64_t, std::string> weights) { spoilt_ = std::move(weights); }
    /// Whether a step that was not brought to its end has changed weights already: it cannot be made again.
    bool is_updating() const { return updating_; }
    std::int64_t samples_per_step() const { return training_.micro_batch * training_.accumulation * world_.size(); }

  private:
    struct Drawn {
        std::vector<Batch> batches;
        StepCounts counts;
        std::int64_t tokens = 0;
        double waited = 0;  ///< seconds until all rows were there
    };
    /// Over the micro-batches of a step, off the graph.
    struct Summed {
        torch::Tensor loss;
        std::vector<std::pair<std::string, torch::Tensor>> parts;  ///< of a loss of several
        torch::Tensor norm;                                        ///< of the gradients, where it is known by then
        void add(torch::Tensor share, const std::vector<std::pair<std::string, torch::Tensor>>& more);
    };
    Drawn draw(const Standing& at) const;
    std::uint64_t dropout_seed(const Standing& at) const;
    std::uint64_t mask_seed(const Standing& at, std::uint64_t micro, std::uint64_t player, std::int64_t again) const;
    std::uint64_t noise_seed(const Standing& at, std::uint64_t player, std::int64_t again) const;
    Pass begin(const Standing& at);
    bool in_slots(const Drawn& drawn) const;
    Summed by_slots(std::size_t number, std::int64_t again, const Drawn& drawn, const Standing& at, LayerWatch& watch,
                    const Pass& pass);
    Summed at_once(std::size_t number, const Drawn& drawn, const Standing& at, LayerWatch& watch, Pass& pass);
    void add_up(Drawn& drawn, bool full) const;
    torch::Tensor all_finite(torch::Tensor here) const;
    void look_at_turn(std::size_t number, const Drawn& drawn, const Pass& pass, const Standing& at, StepLook& out);
    void turn(std::size_t number, std::int64_t again, const Drawn& drawn, const Standing& at, const Wish& wish,
              LayerWatch& watch, Pass& pass, StepFigures& figures);

    const TrainingSettings training_;
    PreparedRun& ready_;
    World& world_;
    const std::uint64_t seed_;
    DropoutStream dropout_;
    std::vector<RowSlots> slots_;  ///< of each player
    std::optional<Lanes> lanes_;   ///< of a model that carries a state from step to step
    bool updating_ = false;
    std::map<std::int64_t, std::string> spoilt_;  ///< step and weight
};

}  // namespace gw
