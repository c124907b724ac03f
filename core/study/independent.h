#pragma once
#include "study/plane.h"

namespace gw {

/// Directions along which rows are as independent of one another as they can be made.
struct IndependentComponents {
    std::vector<std::vector<double>> along;  ///< of each component, which has mean 0 and variance 1: a value a row
    std::vector<double> apart;               ///< how far each is from a bell curve, falling; of no unit
    bool settled = false;                    ///< whether the search came to rest
};

/// Independent component analysis by FastICA with ln cosh, all components at once (Hyvarinen 1999,
/// doi:10.1109/72.761722, sections III to VI), on the first `count` principal components in variance 1; 0 = as many as
/// keep 99 % of the variance, 20 at most. The signs are those with which the skewness is positive. Errors: fewer than 2
/// components vary; stopped.
Result<IndependentComponents> independent_components(const Embedding& embedding, std::int64_t count = 0,
                                                     const ProgressFn& progress = {}, std::stop_token stop = {});

/// The two of them that are the least like a bell curve.
Result<Plane> independent_plane(const Embedding& embedding, const ProgressFn& progress = {}, std::stop_token stop = {});

}  // namespace gw
