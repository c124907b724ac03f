#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "schema/field.h"

namespace gw {

/// Tells a training loss that runs away from one that is merely noisy, by ranks alone: nothing is assumed of how the
/// losses are spread, so that heavy tails, two humps (label noise) and micro-batches of one do not deceive it.
///
/// The reference is the stretch of 32 losses with the lowest median so far, and the first 6 losses. The run diverges
/// when at least 36 of the last 40 losses lie above 29 of the 32 (or all 40 above the first 6), and the median has
/// risen by more than half of what was learnt and more than a fifth of the reference's. Of losses from one
/// distribution, whatever it is, about one run in five thousand is taken for such.
class DivergenceGuard {
  public:
    struct Finding {
        double level = 0;                 ///< median of the last 40 losses
        double reference = 0;             ///< median of the best stretch before
        std::int64_t reference_step = 0;  ///< where that ended
    };
    /// Takes the finite loss of `step`. A finding is told when the loss has run away, again after 500 steps, 1,000,
    /// 2,000... of it, and anew when it had come back in between.
    std::optional<Finding> note(std::int64_t step, double loss);
    /// Everything that note() goes by, so that a resumed run judges as one that was never interrupted.
    Json state() const;
    /// What is no state of a guard is left out.
    void restore(const Json& state);

  private:
    struct Reference {
        double median = 0, high = 0;  ///< `high` lies above nearly all of the stretch
        std::int64_t step = 0;
    };
    std::optional<Finding> judged(const std::vector<double>& sorted) const;
    bool above(const Reference& reference, const std::vector<double>& sorted, std::size_t all_but) const;

    std::deque<double> recent_;  ///< the last losses, oldest first
    std::vector<double> first_;  ///< the first losses of all
    std::optional<Reference> best_;
    std::int64_t seen_ = 0, quiet_until_ = 0, pause_ = 0;
};

}  // namespace gw
