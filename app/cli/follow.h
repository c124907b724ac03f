#pragma once
#include "workspace/live_run.h"

namespace gw::cli {

/// Shows a run's progress until it has ended. The first Ctrl+C (or SIGTERM) saves and stops, the second stops without
/// saving.
Outcome follow(LiveRun& run);

}  // namespace gw::cli
