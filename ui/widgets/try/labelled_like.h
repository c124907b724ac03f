#pragma once
#include "workspace/workspace.h"

namespace gw::ui {

/// The section "dataset" that a checkpoint was trained on; empty where it cannot be read.
Json datasetOfCheckpoint(const Workspace& workspace, const std::string& checkpoint);

/// What a section "dataset" must say of labelled files to go on with from a checkpoint that was trained on `own`:
/// pictures, or labelled text. Without files it is `own` where that is of pictures.
Json labelledLike(const Json& own, const std::vector<std::string>& files);

}  // namespace gw::ui
