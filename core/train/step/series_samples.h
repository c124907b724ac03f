#pragma once
#include "adapt/model_state.h"
#include "data/prepare.h"
#include "train/message/messages.h"

namespace gw {

/// A window as a small drawing of text: the past, what is said and what came, a line each for the first columns.
/// `row` of array::series and array::future, and of Objective::forecast's answer.
std::string window_drawing(const SeriesInput& input, const Batch& batch, const torch::Tensor& said_BHF,
                           std::int64_t row);

/// Forecasts of a few validation windows, drawn so.
std::vector<SampleText> series_samples(const Model& model, const PreparedData& data, std::int64_t step);

}  // namespace gw
