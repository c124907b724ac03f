#pragma once
#include "cli/cli.h"
#include "cli/progress.h"

namespace gw::cli {

/// Launches a run and shows its progress until it has ended; its row as it is then.
RunRecord train_to_the_end(const Workspace& workspace, const LaunchRequest& request, Outcome& outcome,
                           const Among& among = {}, HostChoice host = HostChoice::thread);

/// The same, and tells the result.
void carry_out(Cli& cli, const Workspace& workspace, const LaunchRequest& request, bool json,
               HostChoice host = HostChoice::thread);

}  // namespace gw::cli
