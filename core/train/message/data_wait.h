#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

/// How long the loop of a stretch waited for rows, held against the time that its steps took.
class DataWait {
  public:
    /// Of `steps` that together took `seconds`, of which they waited `waited`.
    void note(std::int64_t steps, double waited, double seconds) {
        constexpr double memory = 0.9;  // of a step, as Speed
        const double kept = std::pow(memory, static_cast<double>(steps));
        lately_waited_ = kept * lately_waited_ + waited;
        lately_ = kept * lately_ + seconds;
        waited_ += waited;
        seconds_ += seconds;
    }
    /// Of about the last ten steps.
    double share() const { return share_of(lately_waited_, lately_); }
    double seconds() const { return waited_; }  ///< waited in the whole stretch
    /// What a person is told at the end of a stretch: nothing where hardly anything would be gained.
    std::optional<Phrase> said() const {
        constexpr double least_share = 0.005, least_seconds = 0.1, percent = 100;
        const double share = share_of(waited_, seconds_);
        if (share <= least_share || waited_ < least_seconds) return std::nullopt;
        return Phrase{say::waited_for_data, {significant(waited_, 3), significant(percent * share, 3) + " %"}};
    }

  private:
    static double share_of(double waited, double seconds) { return seconds > 0 ? std::min(1.0, waited / seconds) : 0; }
    double lately_waited_ = 0, lately_ = 0, waited_ = 0, seconds_ = 0;
};

}  // namespace gw
