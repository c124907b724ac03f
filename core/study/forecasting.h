#pragma once
#include "adapt/checkpoint_model.h"

namespace gw {

/// What comes behind the end of one series.
struct SeriesForecast {
    std::string file;
    std::int64_t last_row = 0;         ///< of the file, from 1: the first row of the forecast follows it
    std::vector<std::string> columns;  ///< of the data
    std::vector<double> values;        ///< [horizon, columns], in the data's own units
};

/// Forecasts the rows behind the end of every file of a section "dataset" of series, from the last rows of each: all
/// rows are read, whatever `dataset.rows` says.
/// Errors: the model forecasts nothing, the data is none of series, has other columns in number or the model's in
/// another order, or fewer rows than the model looks back at.
Result<std::vector<SeriesForecast>> forecast_ends(const CheckpointModel& model, const Json& dataset,
                                                  const ProgressFn& progress, std::stop_token stop);

}  // namespace gw
