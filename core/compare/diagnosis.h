#pragma once
#include "store/store.h"
#include "util/phrase.h"

namespace gw {

/// What a run's record says of it, in words: what it told while it was trained (leaks, saves that failed, warnings,
/// alerts), then what its curves show: whether it still learns, whether it over- or underfits, how far the floor is.
struct Finding {
    enum class Tone { good, neutral, warning };
    Tone tone = Tone::neutral;
    Phrase what;        ///< what is seen, with its figures
    Phrase advice;      ///< what may be done; empty form when nothing is called for
    bool told = false;  ///< by the run itself; else it is read from the curves
};
std::vector<Finding> diagnose(const Store& store, const RunRecord& run);

/// What the events of a run tell (notices_of), the gravest first.
std::vector<Finding> told_findings(const std::vector<EventRecord>& events);

/// What curves say, for tests and live runs. `floor` is the least possible loss, where it is known. Where texts have
/// `leaked` into the training part, a validation loss near the training loss is no sign that the model has not
/// overfitted. The loss of `rivals`, players that learn from each other, follows no course.
std::vector<Finding> diagnose(const std::vector<Bucket>& training, const std::vector<Bucket>& validation,
                              std::optional<double> floor, bool leaked = false, bool rivals = false);

}  // namespace gw
