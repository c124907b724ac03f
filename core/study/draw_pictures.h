#pragma once
#include <torch/types.h>

#include "adapt/checkpoint_model.h"

namespace gw {

/// What is said of a model that draws no pictures out of nothing.
Error draws_nothing();

/// `count` pictures that a model draws out of nothing, uint8 [count, C, H, W] on the CPU; the same seed draws the same,
/// whatever `count` is. Errors: a model that draws none; stopped. Throws what the engine throws.
Result<torch::Tensor> draw_pictures(const CheckpointModel& model, std::int64_t count, std::uint64_t seed,
                                    const ProgressFn& progress, const std::stop_token& stop);

}  // namespace gw
