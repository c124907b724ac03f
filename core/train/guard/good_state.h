#pragma once
#include <optional>
#include <vector>

#include "train/message/standing.h"
#include "train/prepared_run.h"

namespace gw {

/// A copy in host memory of all that an update changes: the weights, their average and the optimizers' state of every
/// player, what the model remembers besides (running statistics), and what holds weights near those of earlier tasks.
/// As long as these together.
class GoodState {
  public:
    /// Takes the state after `at`; waits for a device. Weights that are not finite are no good state: then the one of
    /// before stays.
    void keep(PreparedRun& ready, const Standing& at);
    /// Puts the state back, to the bit. What is trained is again what was trained then.
    void give_back(PreparedRun& ready) const;
    bool empty() const { return !at_; }
    const Standing& at() const { return *at_; }

  private:
    struct Of {
        torch::Tensor weights;
        std::vector<torch::Tensor> optimizer;  ///< in the order of Optimizer::state()
        std::int64_t updates = 0;
        torch::Tensor average;  ///< undefined where there is none
        std::int64_t averaged = 0;
    };
    std::optional<Standing> at_;
    std::vector<Of> players_;
    std::vector<torch::Tensor> remembered_;  ///< in the order of remembered_by()
};

}  // namespace gw
