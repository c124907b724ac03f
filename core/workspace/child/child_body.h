#pragma once
#include "util/descriptor.h"
#include "workspace/live_run.h"

namespace gw {

/// The whole work of a process that trains one run for another program, from the greeting on `first` to the end of the
/// run: trains in a thread and writes the record itself, so that nothing of it depends on whoever watches; tells all
/// who are connected what happens, and obeys them. Others connect by the socket in the run's folder. When nobody is
/// connected any more it trains on or saves and stops, as the request says. SIGTERM saves and stops, a second one stops
/// without saving. Returns whether a run was trained at all.
bool train_as_child(const Workspace& workspace, Descriptor first);

/// What follows the greeting: tells `first`, which is greeted with this, and all who connect to the socket in `folder`
/// what happens to a run, and obeys them until it has ended. `train_alone`: it trains on when nobody is connected, else
/// it saves and stops.
void serve_run(std::unique_ptr<LiveRun> run, const fs::path& folder, bool train_alone, Descriptor first);

}  // namespace gw
