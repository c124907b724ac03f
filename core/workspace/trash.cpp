#include "workspace/trash.h"

namespace gw {

Result<TrashSize> trash_size(const Workspace& workspace) {
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto runs = store.value().runs({.trash = true});
    if (!runs) return runs.error();
    TrashSize size;
    for (const RunRecord& run : runs.value()) {
        ++size.runs;
        size.bytes += folder_bytes(run.path);
    }
    return size;
}

Result<TrashSize> empty_trash(const Workspace& workspace) {
    auto store = workspace.store();
    if (!store) return store.error();
    auto runs = store.value().runs({.trash = true});
    if (!runs) return runs.error();
    TrashSize size;
    for (const RunRecord& run : runs.value()) {
        const std::uint64_t bytes = folder_bytes(run.path);
        if (Status gone = store.value().remove_run(run.id); !gone) return gone.error();
        std::error_code problem;
        fs::remove_all(run.path, problem);
        ++size.runs;
        if (!problem) size.bytes += bytes;
    }
    return size;
}

}  // namespace gw
