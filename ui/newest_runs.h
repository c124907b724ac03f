#pragma once
#include <vector>

#include "workspace/workspace.h"

namespace gw::ui {

/// The runs that were made last, the newest first and at most `most`; none where the history cannot be read. Reads the
/// database: not for the window's thread.
std::vector<RunRecord> newestRuns(const Workspace& workspace, std::size_t most);
/// Id of the newest run that has begun; empty for none.
std::string newestRun(const Workspace& workspace);

}  // namespace gw::ui
