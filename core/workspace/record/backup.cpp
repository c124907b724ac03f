#include "workspace/record/backup.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "store/store.h"
#include "store/store_backup.h"
#include "util/crash_point.h"
#include "util/io_error.h"
#include "util/text.h"
#include "workspace/record/run_lock.h"

namespace gw {

namespace {

constexpr const char* beginning = "groundwork-";
constexpr const char* ending = ".db";
constexpr std::size_t kept_backups = 3;

fs::path history_of(const fs::path& root) {
    return root / "groundwork.db";
}

fs::path backups_of(const fs::path& root) {
    return root / "backups";
}

/// What programs that were killed while they copied have left; a copy is made in minutes.
void sweep_backups(const fs::path& root) {
    std::vector<fs::path> left;
    std::error_code problem;
    for (fs::directory_iterator it(backups_of(root), problem), end; !problem && it != end; it.increment(problem))
        if (const std::string name = it->path().filename().string();
            name.starts_with(beginning) && name.find(".writing") != std::string::npos)
            left.push_back(it->path());
    for (const fs::path& one : left) {
        const auto written = fs::last_write_time(one, problem);
        if (!problem && fs::file_time_type::clock::now() - written > std::chrono::hours(1)) (void)remove_file(one);
    }
    const auto all = history_backups(root);
    for (std::size_t i = kept_backups; i < all.size(); ++i) (void)remove_file(all[i].path);
}

std::string today_utc() {
    constexpr std::size_t date = 10;  // "2026-01-31"
    return now_utc().substr(0, date);
}

}  // namespace

std::vector<HistoryBackup> history_backups(const fs::path& root) {
    std::vector<HistoryBackup> out;
    constexpr std::size_t day_length = 10;
    std::error_code problem;
    for (fs::directory_iterator it(backups_of(root), problem), end; !problem && it != end; it.increment(problem)) {
        const std::string name = it->path().filename().string();
        const std::size_t around = std::string_view(beginning).size() + std::string_view(ending).size();
        std::error_code unread;  // what is empty or no file is no copy
        if (name.size() == around + day_length && name.starts_with(beginning) && name.ends_with(ending) &&
            it->is_regular_file(unread) && it->file_size(unread) > 0)
            out.push_back({it->path(), name.substr(std::string_view(beginning).size(), day_length)});
    }
    // A clock that was wrong once has written days to come: they come last, and go first.
    const std::string today = today_utc();
    std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
        return std::pair(a.day <= today, a.day) > std::pair(b.day <= today, b.day);
    });
    return out;
}

bool is_cared_for(const fs::path& root) {
    const auto known = history_backups(root);
    return !known.empty() && known.front().day == today_utc();
}

Result<bool> care_for_history(const fs::path& root, std::stop_token stop) {
    const fs::path history = history_of(root);
    if (Status sound = check_database(history, stop); !sound) return sound.error();
    if (is_cared_for(root)) return false;
    const std::string today = today_utc();
    std::error_code problem;
    const std::uint64_t size = fs::file_size(history, problem);
    constexpr std::uint64_t spare = 256 << 20;  // for what is being trained
    if (problem || free_bytes(root) < 2 * size + spare) return false;
    if (Status made = make_folder(backups_of(root)); !made) return made.error();
    if (Status copied = back_up_database(history, backups_of(root) / (beginning + today + ending), stop); !copied)
        return copied.error();
    sweep_backups(root);
    if (auto store = Store::open(history); store)
        if (Status told = store.value().tell_old_folders(); !told) return told.error();
    return true;
}

Status nobody_trains(const fs::path& root) {
    std::error_code problem;
    for (fs::directory_iterator it(root / "runs", problem), end; !problem && it != end; it.increment(problem))
        if (RunLock::is_held(it->path()))
            return Error{Error::Code::bad_spec,
                         "A run of this workspace is being trained, and writes into its history",
                         "Stop it first, or wait for its end",
                         {"folder " + it->path().string()}};
    return {};
}

Result<fs::path> replace_history(const fs::path& root, const fs::path& made) {
    const fs::path history = history_of(root);
    fs::path aside;
    std::error_code problem;
    if (fs::exists(history, problem)) {
        std::string time = now_utc();
        std::erase(time, ':');
        aside = history.string() + ".set-aside-" + time;
        for (int again = 2; fs::exists(aside, problem); ++again)
            aside = history.string() + ".set-aside-" + time + "-" + std::to_string(again);
        // A second name for the former file, so that there is a history at every moment.
        fs::create_hard_link(history, aside, problem);
        if (problem) fs::copy_file(history, aside, problem);
        if (problem) return io_error("keep", aside, problem.value());
        const fs::path wal = history.string() + "-wal";
        if (fs::exists(wal, problem)) fs::copy_file(wal, aside.string() + "-wal", problem);
        if (problem) return io_error("keep", aside.string() + "-wal", problem.value());
        (void)sync_folder(root);
        // Changes of the former history must not be made up in the new one.
        for (const char* beside : {"-wal", "-shm"})
            if (Status removed = remove_file(history.string() + beside); !removed) return removed.error();
    }
    crash_point("history before replacing");
    if (Status synced = sync_file(made); !synced) return synced.error();
    if (Status put = rename_path(made, history); !put) return put.error();
    if (Status synced = sync_folder(root); !synced) return synced.error();
    return aside;
}

Result<fs::path> restore_backup(const fs::path& root, const HistoryBackup& backup) {
    if (Status idle = nobody_trains(root); !idle) return idle.error();
    if (Status sound = check_database(backup.path); !sound) return sound.error();
    const fs::path copy = root / "groundwork.db.restoring";
    if (Status copied = back_up_database(backup.path, copy); !copied) return copied.error();
    return replace_history(root, copy);
}

}  // namespace gw
