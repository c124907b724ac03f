#pragma once
#include <map>
#include <utility>

#include "adapt/checkpoint_model.h"
#include "data/series/series_forecast.h"

namespace gw {

/// Times as they are written, by file and row of it: those that are asked for are filled in.
using RowTimes = std::map<std::pair<std::string, std::int64_t>, std::string>;

/// Forecasts the rows behind the end of every file of a section "dataset" of series, from the last rows of each: all
/// rows are read, whatever `dataset.rows` says.
/// Errors: the model forecasts nothing, the data is none of series, has other columns in number or the model's in
/// another order, or fewer rows than the model looks back at.
Result<std::vector<SeriesForecast>> forecast_ends(const CheckpointModel& model, const Json& dataset,
                                                  const ProgressFn& progress, std::stop_token stop,
                                                  RowTimes* times = nullptr);

/// What the model says of each row of a batch of windows (array::series, and array::future where it is known); where
/// they come from is left open.
std::vector<SeriesForecast> forecasts_of(const CheckpointModel& model, const HostBatch& windows);

}  // namespace gw
