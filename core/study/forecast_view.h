#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "data/series/series_forecast.h"
#include "schema/field.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

struct ForecastViewRequest {
    fs::path checkpoint;
    fs::path cache;
    std::string part = "validation";  ///< or "train", "test"
    std::int64_t windows = 4;         ///< at most, evenly spread over the part
    ProgressFn progress = {};
    std::stop_token stop = {};
};
/// Reads the data as the run read it. Errors: those of forecast_ends(); the data is gone or has changed; a part without
/// windows.
Result<ForecastView> view_forecasts(const ForecastViewRequest& request);

/// Whether runs of a spec forecast series.
bool forecasts_series(const Json& spec);

Json to_json(const SeriesForecast& one);

}  // namespace gw
