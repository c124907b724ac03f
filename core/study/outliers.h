#pragma once
#include "study/embedding.h"

namespace gw {

/// How much thinner each row's surroundings are than those of its neighbours: about 1 among its like, more for one that
/// stands apart. The local outlier factor of Breunig et al. 2000 (doi:10.1145/335191.335388, definition 7) by so many
/// nearest `neighbours` and Euclidean distance; where rows are equal to all of their neighbours it is 1.
struct Outliers {
    std::int64_t neighbours = 0;
    std::vector<double> factors;     ///< of each row
    std::vector<std::size_t> order;  ///< of the rows, the largest factor first
    /// From this on a row is told to stand apart.
    static constexpr double apart = 1.5;
    std::int64_t count() const;
};

/// `neighbours`: 0 = 20, or all others where there are fewer. Errors: more than the other rows; stopped.
Result<Outliers> outliers_of(const Embedding& embedding, std::int64_t neighbours = 0, const ProgressFn& progress = {},
                             std::stop_token stop = {});

}  // namespace gw
