#pragma once
#include <deque>
#include <optional>

#include "schema/field.h"

namespace gw {

/// Says from which loss on a step is a spike: `deviations` robust deviations above the median of the last 64 losses, a
/// deviation being 1.4826 times the median distance from the median (the standard deviation where they are normal;
/// Hampel 1974). What is taken for a spike counts among the losses after it: where the level has changed for good, the
/// limit follows within 32 steps.
class SpikeDetector {
  public:
    explicit SpikeDetector(double deviations) : deviations_(deviations) {}
    /// Greatest loss of the next step that is no spike; nothing before 32 losses, or with 0 deviations.
    std::optional<double> limit() const;
    /// Takes the finite loss of a step.
    void note(double loss);
    Json state() const;
    /// What is no state of a detector is left out.
    void restore(const Json& state);

  private:
    double deviations_;
    std::deque<double> recent_;  ///< oldest first
};

}  // namespace gw
