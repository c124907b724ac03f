#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/gradient_sink.h"
#include "model/row_cut.h"
#include "objective/objective.h"
#include "optim/parameter_bank.h"

namespace gw {

/// Runs the rows of a micro-batch forward and backward in slots, each in one thread and with gradients of its own, and
/// adds those up in the order of the slots. What comes out does not depend on the number of threads, a thread that
/// waits takes over the next slot, and threads meet once a micro-batch. On the CPU, for losses that add up over rows
/// and models that remember nothing of what goes through them.
class RowSlots {
  public:
    /// Whether the rows of a batch can go through the model so.
    static bool fit(Backbone& net, const Objective& objective, const Batch& batch);
    /// The groups of rows in which add() lets a batch through the model, slot by slot. `flops_a_token` as in Asked,
    /// `shares_work` as in Backbone.
    static std::vector<std::vector<RowRange>> groups(const Batch& batch, double flops_a_token,
                                                     const ParameterBank& bank, bool shares_work);
    /// The pass of such a group: dropout draws from a generator of its own, named by the seed and the group's first
    /// row.
    static Pass pass_of(const Pass& pass, std::uint64_t seed, const RowRange& group);

    /// The sums of a micro-batch as shares of their means over the step, off the graph.
    struct Shares {
        torch::Tensor loss;                                        ///< what is minimised
        std::vector<std::pair<std::string, torch::Tensor>> parts;  ///< of a loss of several
    };
    /// The turn of a player begins: its gradients are none, whatever the bank holds.
    void begin(ParameterBank& bank);
    struct Asked {
        std::size_t player = 0;
        StepCounts counts;         ///< of the whole step
        std::uint64_t seed = 0;    ///< names the random choices of the micro-batch
        double flops_a_token = 0;  ///< or a picture: of the model, forward and backward; 0 = not known
    };
    /// Adds the gradients of a batch that fit() to the slots.
    Shares add(Backbone& net, const Objective& objective, const Batch& batch, const Pass& pass, const Asked& asked);
    /// The slots' gradients become the bank's; gives their norm.
    torch::Tensor finish();

  private:
    struct Slot {
        torch::Tensor gradients;           ///< as long as the bank's
        std::vector<torch::Tensor> views;  ///< of each trained weight
        GradientSink sink;
        bool used = false;  ///< in this turn
    };
    struct Found;
    void run_group(Slot& slot, Backbone& net, const Objective& objective, const Batch& rows, const Pass& pass,
                   const Asked& asked, Found& found) const;
    void make_room(std::size_t slots);

    ParameterBank* bank_ = nullptr;
    std::int64_t layout_ = 0;
    std::vector<torch::Tensor> weights_;  ///< that are trained
    std::vector<Slot> slots_;             ///< the first one's gradients are the bank's
};

}  // namespace gw
