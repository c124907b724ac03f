#pragma once
#include "workspace/workspace.h"

namespace gw {

/// What emptying the trash would free, or has freed.
struct TrashSize {
    int runs = 0;
    std::uint64_t bytes = 0;
};
Result<TrashSize> trash_size(const Workspace& workspace);

/// Takes the runs in the trash away for good: their rows first, so that no row ever points to files that are gone.
Result<TrashSize> empty_trash(const Workspace& workspace);

}  // namespace gw
