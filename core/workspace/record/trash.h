#pragma once
#include "workspace/workspace.h"

namespace gw {

/// What emptying the trash would free, or has freed.
struct TrashSize {
    int runs = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string>
        left;  ///< a sentence for each folder that was not deleted, since it is none of this workspace, or in use
};
Result<TrashSize> trash_size(const Workspace& workspace);

/// Takes the runs in the trash away for good: their rows first, so that no row ever points to files that are gone. Only
/// runs/UUID of the workspace is ever deleted; a run that is being trained stays.
Result<TrashSize> empty_trash(const Workspace& workspace);

}  // namespace gw
