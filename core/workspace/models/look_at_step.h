#pragma once
#include "study/step_view.h"
#include "workspace/workspace.h"

namespace gw {

/// What a run of the history was fed at a step, scored with the weights of its whole checkpoint nearest to that step.
Result<StepView> look_at_step(const Workspace& workspace, const std::string& run, std::int64_t step,
                              const ProgressFn& progress, std::stop_token stop);

}  // namespace gw
