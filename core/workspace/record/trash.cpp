#include "workspace/record/trash.h"

#include "util/crash_point.h"
#include "workspace/record/run_lock.h"

namespace gw {

namespace {

/// What a program that ended in the middle of this has left: the folder, then the rows.
Status finish_discarded(const Workspace& workspace, Store& store) {
    const auto half = store.half_discarded();
    if (!half) return half.error();
    for (const std::string& id : half.value()) {
        RunRecord run;
        run.id = run.name = id;
        run.path = workspace.run_folder(id).string();
        if (const auto folder = workspace.own_folder(run)) (void)remove_tree(folder.value());
        if (Status done = store.finish_discarding(id); !done) return done;
    }
    return {};
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
    if (auto swept = store.value().sweep_orphans(RunLock::is_trained); !swept) return swept.error();
    if (Status done = finish_discarded(workspace, store.value()); !done) return done.error();
    auto runs = store.value().runs({.trash = true});
    if (!runs) return runs.error();
    TrashSize size;
    for (const RunRecord& run : runs.value()) {
        const auto folder = workspace.own_folder(run);
        const std::uint64_t bytes = folder ? folder_bytes(folder.value()) : 0;
        // Asked at the last moment: it may have been taken up again since it was thrown away.
        if (folder && RunLock::is_held(folder.value())) {
            size.left.push_back("\"" + run.name + "\" is being trained, and stays");
            continue;
        }
        const auto removed = store.value().begin_discarding(run.id);
        if (!removed) return removed.error();
        if (!removed.value()) {
            size.left.push_back("\"" + run.name + "\" is being trained or was taken out of the trash, and stays");
            continue;
        }
        ++size.runs;
        crash_point("trash before folder");
        if (!folder)
            size.left.push_back(folder.error().message + ": it was left as it is");
        else if (const Status gone = remove_tree(folder.value()))
            size.bytes += bytes;
        else
            size.left.push_back(gone.error().message);
        if (Status done = store.value().finish_discarding(run.id); !done) return done.error();
    }
    return size;
}

}  // namespace gw
