#pragma once
#include "data/prepare.h"
#include "study/baselines/baseline.h"

namespace gw {

/// The rows of two tables as vectors: what is learnt from, of the training part, and what is judged, of `part`. Of
/// texts: each token, and each pair of neighbours that stands in two learnt texts at least, by its count. Of pictures,
/// tables and windows: each value.
PlainData plain_data(const PreparedData& data, const ExampleTable& learnt, Part part, const ExampleTable& judged);

}  // namespace gw
