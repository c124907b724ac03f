#include "workspace/models/run_forecasts.h"

#include "workspace/models/model_choice.h"

namespace gw {

Result<ForecastView> forecasts_of_run(const Workspace& workspace, const RunRecord& run, const std::string& part,
                                      const ProgressFn& progress, std::stop_token stop) {
    const auto model = model_of_run(workspace, run);
    if (!model) return model.error();
    ForecastViewRequest request{model.value().checkpoint, workspace.cache(), part};
    request.progress = progress;
    request.stop = std::move(stop);
    return view_forecasts(request);
}

ForecastView forecasts_to_report(const Workspace& workspace, const RunRecord& run) {
    if (!forecasts_series(run.spec)) return {};
    const auto found = forecasts_of_run(workspace, run, "validation");
    if (found) return found.value();
    ForecastView none;
    none.why_none = "They cannot be shown: " + found.error().message;
    return none;
}

}  // namespace gw
