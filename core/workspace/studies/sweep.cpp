#include "workspace/studies/sweep.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "artifact/run_files.h"
#include "util/named_file.h"
#include "workspace/record/catch_up.h"
#include "workspace/record/checkpoint_rows.h"
#include "workspace/record/run_lock.h"

namespace gw {

namespace {

/// Whether a run's folder holds nothing but what a launch makes before the run has a row: its spec, an empty log.
bool never_began(const fs::path& folder) {
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        const std::string name = it->path().filename().string();
        std::error_code ignored;
        const bool empty = it->is_regular_file(ignored) && it->file_size(ignored) == 0;
        if (name != run_files::spec && name != run_files::lock && !is_half_written(it->path()) &&
            !(name == run_files::log && empty))
            return false;
    }
    return !problem;
}

bool older_than(const fs::path& folder, std::chrono::minutes age) {
    std::error_code problem;
    const auto changed = fs::last_write_time(folder, problem);
    return !problem && fs::file_time_type::clock::now() - changed > age;
}

/// When a folder was last made or removed among the runs; 0 where that cannot be told.
std::int64_t changed_at(const fs::path& runs) {
    std::error_code problem;
    const auto changed = fs::last_write_time(runs, problem);
    return problem ? 0 : static_cast<std::int64_t>(changed.time_since_epoch().count());
}

constexpr const char* swept_mark = ".swept";  // in the workspace: how its runs/ stood when nothing was left to sweep

/// Folders of runs that never got a row. Who is about to make one holds its lock, or (while runs are being queued) made
/// the folder a moment ago.
void remove_killed_launches(const fs::path& runs, Store& store) {
    // Every program that opens the workspace comes here, and a history of thousands of runs is not listed in no time.
    const fs::path mark = runs.parent_path() / swept_mark;
    const std::int64_t changed = changed_at(runs);
    const std::string now = std::to_string(changed) + "\n";
    if (const auto then = read_file(mark); changed != 0 && then && then.value() == now) return;
    const auto known = store.run_ids(false), trashed = store.run_ids(true);
    if (!known || !trashed) return;
    std::unordered_set<std::string> ids(known.value().begin(), known.value().end());
    ids.insert(trashed.value().begin(), trashed.value().end());
    std::vector<fs::path> strangers;
    std::error_code problem;
    for (fs::directory_iterator it(runs, problem), end; !problem && it != end; it.increment(problem)) {
        std::error_code ignored;
        if (!ids.contains(it->path().filename().string()) && fs::is_directory(it->symlink_status(ignored)))
            strangers.push_back(it->path());
    }
    bool all = !problem;
    for (const fs::path& folder : strangers) {
        if (!never_began(folder)) continue;
        all = false;  // as long as it is there, and next time since it went
        const bool tells = RunLock::state(folder) == RunLock::State::free;
        if (!older_than(folder, std::chrono::minutes(tells ? 1 : 60))) continue;
        const auto lock = RunLock::take(folder);
        if (lock && lock.value().works() && !store.run(folder.filename().string()) && never_began(folder))
            (void)remove_tree(folder);
    }
    // A change at this very moment may not show in the time of a coarse clock.
    if (all && changed != 0 && older_than(runs, std::chrono::minutes(1))) (void)write_file_atomic(mark, now);
}

/// In a transaction of its own.
Status catch_up(Store& store, RunRecord& run) {
    if (Status begun = store.begin(); !begun) return begun;
    const auto added = catch_up_with_journal(store, run);
    Status status = added ? Status() : Status(added.error());
    if (status && added.value() > 0) status = store.update_run(run);
    if (status) return store.commit();
    store.rollback();
    return status;
}

}  // namespace

Result<int> sweep_workspace(const fs::path& root, Store& store) {
    auto swept = store.sweep_orphans(RunLock::is_trained);
    if (!swept) return swept;
    if (Status told = store.tell_behind(); !told) return told.error();
    remove_killed_launches(root / "runs", store);
    if (swept.value() == 0) return swept;
    const auto runs = store.runs();
    if (!runs) return runs.error();
    for (RunRecord run : runs.value()) {
        if (run.status != "interrupted") continue;
        // Whoever takes the run up at this moment does all this.
        const auto lock = RunLock::take(run.path);
        if (!lock || !lock.value().works()) continue;
        clean_run_leftovers(run.path);
        if (Status known = reconcile_checkpoints(store, run); !known) return known.error();
        if (Status known = catch_up(store, run); !known) return known.error();
    }
    return swept;
}

}  // namespace gw
