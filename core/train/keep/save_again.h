#pragma once
#include "train/run_in_progress.h"

namespace gw {

/// Where the checkpoint of this step could not be written and the port holds the run until there is room, saves it
/// again when the port asks for it. Returns when it is saved, at a stop without saving, and where the port waits for
/// nothing.
void save_when_there_is_room(RunInProgress& run);

}  // namespace gw
