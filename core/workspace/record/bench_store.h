#pragma once
#include "study/bench.h"

namespace gw {

/// How fast a history takes the rows of a run, four figures each, through the lane that runs write by, and how much
/// room a point has on the disk with its pyramid. In a history of its own below `cache`, which is removed again.
Result<std::vector<BenchFigure>> bench_store(std::int64_t points, const fs::path& cache, const ProgressFn& progress,
                                             const std::stop_token& stop);

}  // namespace gw
