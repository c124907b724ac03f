#pragma once
#include <optional>

#include "util/phrase.h"

namespace gw {

/// Three clocks at one moment, in seconds: one that stands still while the machine sleeps, one that does not, and that
/// of the wall, which a person may set.
struct ClockReading {
    double awake = 0, since_boot = 0, wall = 0;
    static ClockReading now();
};

/// Notices that the machine slept, or that its clock was set: durations of a run go by a clock that does neither, but
/// dates in the history do.
class ClockWatch {
  public:
    /// What happened since the last call, for the record; nothing at the first.
    std::optional<Phrase> note(const ClockReading& now);

  private:
    std::optional<ClockReading> last_;
};

}  // namespace gw
