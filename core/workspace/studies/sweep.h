#pragma once
#include "workspace/workspace.h"

namespace gw {

/// Puts right what programs that ended without notice left in a workspace: marks their runs as interrupted, makes the
/// history's list of the checkpoints of these runs true again, and removes what they had half written, and the folders
/// of launches that were killed before their run had a row. Of a folder in which anything was ever kept nothing is
/// removed. Returns how many runs were marked.
Result<int> sweep_workspace(const fs::path& root, Store& store);

}  // namespace gw
