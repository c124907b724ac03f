#pragma once
#include <torch/types.h>

#include "model/backbone.h"

// Shape letters: B batch, L look-back, F columns, D width.
namespace gw {

/// What backbones offer that a forecast can be made of: one already, or features of each point in time.
inline constexpr const char* series_features = "features of a series";

/// Of rows that must be windows of series.
SeriesInput series_facts(const InputFacts& input);
/// Of a spec whose data may not have been read, for sizes: one column where none is known.
SeriesInput expected_series(const InputFacts& input);
/// What an objective needs to know of them.
SeriesShape shape_of(const SeriesInput& input, bool forecasts = false);
/// The past [B, L, F] of a batch, in deviations from the mean of the training part; floating.
torch::Tensor series_of(const Batch& batch);

}  // namespace gw
