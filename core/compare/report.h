#pragma once
#include "compare/comparison.h"
#include "compare/forecast_plots.h"

namespace gw {

/// One run or a comparison as one HTML page that needs nothing else: curves, figures, findings, settings, environment,
/// samples, and what it forecasts, where that is handed over. It opens without a network and prints.
Result<std::string> run_report(const Store& store, const RunRecord& run, const ForecastView& forecasts = {});
Result<std::string> comparison_report(const Store& store, const ComparisonWish& wish);

}  // namespace gw
