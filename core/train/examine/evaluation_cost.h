#pragma once
#include <optional>

#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

/// Held against the time of a stretch: what its evaluations took. Nothing is evaluated less often for it, since what a
/// run finds must not depend on how fast its machine is; a person is told what to change.
class EvaluationCost {
  public:
    /// An evaluation took `took` seconds, by the end of which the stretch had lasted `lasted`.
    void note(double took, double lasted) {
        took_ += took;
        lasted_ = lasted;
    }
    /// Of evaluations on the way, every so many steps; once a stretch.
    std::optional<Phrase> often(std::int64_t every) {
        if (said_ || !too_much()) return std::nullopt;
        said_ = true;
        return Phrase{say::evaluations_cost, {share_text(), grouped(every)}};
    }
    /// Of the whole part at the end, which took `last` seconds.
    std::optional<Phrase> at_end(double last) const {
        constexpr double most_of_it = 0.5;
        if (!too_much() || last < most_of_it * took_) return std::nullopt;
        return Phrase{say::last_evaluation_cost, {share_text(), significant(last, 3)}};
    }

  private:
    bool too_much() const {
        constexpr double most = 1.0 / 3, least = 10;  // of the time; seconds that a person notices
        return took_ >= least && took_ > most * lasted_;
    }
    std::string share_text() const {
        constexpr double percent = 100;
        return significant(percent * std::min(1.0, took_ / lasted_), 2) + " %";
    }
    double took_ = 0, lasted_ = 0;
    bool said_ = false;
};

}  // namespace gw
