#pragma once
#include "train/replay/step_replay.h"
#include "workspace/workspace.h"

namespace gw {

/// A step of a run of the history run forward and backward once more, from the newest whole checkpoint before it (the
/// one that the run had gone back to, where it had), or from the beginning where there is none. Errors besides those of
/// replay_step(): the run went back on the way to the step, and what it went on with is not known.
Result<StepReplay> replay_of_step(const Workspace& workspace, const std::string& run, std::int64_t step,
                                  const std::function<void(double)>& progress, std::stop_token stop);

/// Steps of a run of which it kept what is known, since their numbers were bad.
std::vector<std::int64_t> bad_steps_of(const fs::path& run_folder);

}  // namespace gw
