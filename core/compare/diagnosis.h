#pragma once
#include "store/store.h"
#include "util/phrase.h"

namespace gw {

/// What the curves of a run say, in words: whether it still learns, whether it over- or underfits, how far the floor is.
struct Finding {
    enum class Tone { good, neutral, warning };
    Tone tone = Tone::neutral;
    Phrase what;    ///< what is seen, with its figures
    Phrase advice;  ///< what may be done; empty form when nothing is called for
};
std::vector<Finding> diagnose(const Store& store, const RunRecord& run);

/// The same from curves, for tests and live runs. `floor` is the least possible loss, where it is known.
std::vector<Finding> diagnose(const std::vector<Bucket>& training, const std::vector<Bucket>& validation, std::optional<double> floor);

}  // namespace gw
