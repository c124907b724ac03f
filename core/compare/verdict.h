#pragma once
#include <optional>
#include <vector>

#include "util/phrase.h"

namespace gw {

/// Mean and spread of one figure over runs that differ only in their seed.
struct Spread {
    std::size_t count = 0;
    double mean = 0;
    double deviation = 0;  ///< sample standard deviation (divisor count - 1); 0 for a single run
};
Spread spread_of(const std::vector<double>& values);

/// Whether a difference between two groups can be told from the noise between seeds: Welch's t test (Biometrika 34, 1947) at 95 %.
/// Where only one of the groups has several runs, its deviation stands for both; where neither has, nothing can be said.
struct Verdict {
    enum class Kind { unknown, inside_noise, better, worse };
    Kind kind = Kind::unknown;
    double difference = 0;       ///< mean of the other minus mean of the baseline
    std::optional<double> noise; ///< half of the 95 % interval around `difference`
    double degrees = 0;          ///< of freedom, after Welch and Satterthwaite
    Phrase phrase() const;
};
Verdict judge(const Spread& baseline, const Spread& other, bool higher_is_better);

}  // namespace gw
