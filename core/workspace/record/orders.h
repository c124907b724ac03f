#pragma once
#include <limits>
#include <vector>

#include "schema/field.h"
#include "workspace/workspace.h"

namespace gw {

/// Letters to a run that another program trains: {"order": "pause" | "resume" | "save" | "sample" | "stop" | "knobs",
/// "save": bool, "knobs": {...}}. They lie as files in the run's folder until that program reads them, which it does
/// several times a second.
Status send_order(const Workspace& workspace, const std::string& run, const Json& order);

/// Takes the letters that lie in a run's folder, the oldest first, of those that were sent before `before` (seconds
/// since the epoch); what is no letter is thrown away.
std::vector<Json> take_orders(const fs::path& run_folder, double before = std::numeric_limits<double>::infinity());

}  // namespace gw
