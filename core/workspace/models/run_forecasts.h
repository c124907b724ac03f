#pragma once
#include "study/forecast_view.h"
#include "workspace/workspace.h"

namespace gw {

/// What the weights that a run stands for say of windows of a part of its data, and of what comes behind it.
Result<ForecastView> forecasts_of_run(const Workspace& workspace, const RunRecord& run, const std::string& part,
                                      const ProgressFn& progress = {}, std::stop_token stop = {});

/// The same of the validation part, for the run's report: empty of a run that forecasts no series; where it cannot be
/// said, why.
ForecastView forecasts_to_report(const Workspace& workspace, const RunRecord& run);

}  // namespace gw
