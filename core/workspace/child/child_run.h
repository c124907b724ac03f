#pragma once
#include "workspace/live_run.h"

namespace gw {

/// The program that is started to train a run: $GROUNDWORK_CLI, else groundwork-cli beside this program or in bin/.
fs::path child_program();

/// LiveRun::launch with HostKind::process. Waits until the process has made the run's row, which takes as long as a
/// program needs to start; call it where that may be.
Result<std::unique_ptr<LiveRun>> launch_in_child(const Workspace& workspace, const LaunchRequest& request);

}  // namespace gw
