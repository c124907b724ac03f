#pragma once
#include <torch/types.h>

#include <vector>

#include "objective/objective.h"

namespace gw {

/// Draws of mean 0 and variance 1, float32 on the CPU, one after another in row-major order.
torch::Tensor normal_values(const std::vector<std::int64_t>& shape, Rng& rng);
/// [B, width], each row from a generator of its own.
torch::Tensor normal_rows(const HostBatch& rows, const RowSeeds& seeds, std::int64_t width);

}  // namespace gw
