#pragma once
#include "util/descriptor.h"
#include "workspace/workspace.h"

namespace gw {

/// The whole work of a process that trains one run for another program, from the greeting on `first` to the end of the
/// run: trains in a thread and writes the record itself, so that nothing of it depends on whoever watches; tells all
/// who are connected what happens, and obeys them. Others connect by the socket in the run's folder. When nobody is
/// connected any more it trains on or saves and stops, as the request says. SIGTERM saves and stops, a second one stops
/// without saving. Returns whether a run was trained at all.
bool train_as_child(const Workspace& workspace, Descriptor first);

}  // namespace gw
