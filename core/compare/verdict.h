#pragma once
#include <optional>
#include <vector>

#include "schema/metric.h"
#include "util/phrase.h"
#include "util/spread.h"

namespace gw {

/// Whether a difference between two groups can be told from the noise between seeds: Welch's t test (Biometrika 34,
/// 1947) at 95 %. Where only one of the groups has several runs, its deviation stands for both; where neither has,
/// nothing can be said.
struct Verdict {
    enum class Kind { unknown, inside_noise, better, worse, differs };  ///< differs: of a metric that cannot be won
    Kind kind = Kind::unknown;
    double difference = 0;        ///< mean of the other minus mean of the baseline
    std::optional<double> noise;  ///< half of the 95 % interval around `difference`
    double degrees = 0;           ///< of freedom, after Welch and Satterthwaite
    Phrase phrase() const;
};
Verdict judge(const Spread& baseline, const Spread& other, Better better);

}  // namespace gw
