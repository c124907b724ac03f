#pragma once
#include <torch/types.h>

#include <functional>
#include <optional>
#include <stop_token>

#include "adapt/model_state.h"
#include "data/images/picture_copy.h"

namespace gw {

/// `count` rows that a model draws out of nothing, as Objective::drawn has them, on the CPU, no more at once than
/// training holds; the first of them are the same whatever `count` is. Undefined of a model that draws none, and when
/// stopped.
torch::Tensor draw_many(const Model& model, std::int64_t count, std::uint64_t seed,
                        const std::function<void(double)>& progress, const std::stop_token& stop);

/// The same of a row of each class in `classes_N` (int64), by a model of which by_class() is one; `guidance` as there.
torch::Tensor draw_many_of(const Model& model, const torch::Tensor& classes_N, std::optional<double> guidance,
                           std::uint64_t seed, const std::function<void(double)>& progress,
                           const std::stop_token& stop);

/// A picture of uint8 [C, H, W] on the CPU.
PictureCopy picture_of_bytes(const torch::Tensor& bytes_CHW);

}  // namespace gw
