#include "workspace/trash.h"

namespace gw {

namespace {

/// Takes a run's row away if it lies in the trash and is not being trained; false of any other.
Result<bool> remove_row(Store& store, const std::string& id) {
    if (Status begun = store.begin(); !begun) return begun.error();
    const auto now = store.run(id);
    Status status = now ? Status() : Status(now.error());
    const bool idle = now && !now.value().trashed.empty() && !is_busy(now.value().status);
    if (status && idle) status = store.remove_run(id);
    if (status)
        status = store.commit();
    else
        store.rollback();
    if (!status) return status.error();
    return idle;
}

}  // namespace

Result<TrashSize> trash_size(const Workspace& workspace) {
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto runs = store.value().runs({.trash = true});
    if (!runs) return runs.error();
    TrashSize size;
    for (const RunRecord& run : runs.value()) {
        ++size.runs;
        if (const auto folder = workspace.own_folder(run)) size.bytes += folder_bytes(folder.value());
    }
    return size;
}

Result<TrashSize> empty_trash(const Workspace& workspace) {
    auto store = workspace.store();
    if (!store) return store.error();
    if (auto swept = store.value().sweep_orphans(); !swept) return swept.error();
    auto runs = store.value().runs({.trash = true});
    if (!runs) return runs.error();
    TrashSize size;
    for (const RunRecord& run : runs.value()) {
        const auto folder = workspace.own_folder(run);
        const std::uint64_t bytes = folder ? folder_bytes(folder.value()) : 0;
        // Asked at the last moment: it may have been taken up again since it was thrown away.
        const auto removed = remove_row(store.value(), run.id);
        if (!removed) return removed.error();
        if (!removed.value()) {
            size.left.push_back("\"" + run.name + "\" is being trained or was taken out of the trash, and stays");
            continue;
        }
        ++size.runs;
        if (!folder) {
            size.left.push_back(folder.error().message + ": it was left as it is");
            continue;
        }
        std::error_code problem;
        fs::remove_all(folder.value(), problem);
        if (!problem)
            size.bytes += bytes;
        else
            size.left.push_back(folder.value().string() + " could not be deleted: " + problem.message());
    }
    return size;
}

}  // namespace gw
