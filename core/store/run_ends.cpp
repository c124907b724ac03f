#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>

#include "store/removed.h"
#include "store/store_impl.h"
#include "util/crash_point.h"
#include "util/text.h"

// The part of Store that marks runs whose program has ended, and takes runs away for good.
namespace gw {

namespace {

/// Seconds since the epoch at which a process of this machine began; nothing where that cannot be told.
std::optional<double> start_of_process(std::int64_t process) {
    std::string line, boot;
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat"), machine("/proc/stat");
    if (!std::getline(stat, line) || line.rfind(')') == std::string::npos) return std::nullopt;
    // The program's name, in brackets, may hold blanks; the time is field 22, 20 after it (proc(5)).
    std::istringstream fields(line.substr(line.rfind(')') + 1));
    std::string field;
    for (int i = 0; i < 20; ++i) fields >> field;
    while (std::getline(machine, boot))
        if (boot.starts_with("btime "))
            return std::stod(boot.substr(6)) + std::stod(field) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return std::nullopt;
}

/// Whether the program that wrote this heartbeat has ended. A process with its number that began later is another one.
bool is_gone(std::int64_t process, std::int64_t heartbeat) {
    if (process <= 0) return true;
    if (::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) return true;
    constexpr double clock_slack = 5;  // the kernel's and the wall clock drift apart a little
    const auto start = start_of_process(process);
    return start && *start > static_cast<double>(heartbeat) + clock_slack;
}

/// Why a run is interrupted: "The program ended without notice at step 1,200, last sign 2026-01-31 12:34 UTC".
std::string lost_at(std::int64_t step, std::int64_t heartbeat) {
    const std::string sign = utc_text(heartbeat);  // 2026-01-31T12:34:56Z
    constexpr std::size_t date = 10, minutes = 16;
    const std::string shown =
        sign.size() < minutes ? sign : sign.substr(0, date) + " " + sign.substr(date + 1, minutes - date - 1) + " UTC";
    const std::string where = step > 0 ? "at step " + grouped(step) : "before its first step";
    return "The program ended without notice " + where + ", last sign " + shown;
}

/// Rows of one table that are deleted in one transaction: some milliseconds, in which no trainer has to wait long.
constexpr std::int64_t rows_in_a_slice = 20000;

bool delete_slice(Store::Impl& store, const std::string& table, const std::string& order, std::int64_t run) {
    // Without rowid the primary key stands in for it.
    Query(store,
          "DELETE FROM " + table + " WHERE run = ?1 AND (" + order + ") IN (SELECT " + order + " FROM " + table +
              " WHERE run = ?1 LIMIT " + std::to_string(rows_in_a_slice) + ")",
          run)
        .run();
    return ::sqlite3_changes(store.db.getHandle()) > 0;
}

}  // namespace

Status Store::remove_run(const std::string& id) {
    return impl_->written([&] { Query(*impl_, "DELETE FROM runs WHERE key = ?", impl_->key_of(id)).run(); });
}

Result<bool> Store::begin_discarding(const std::string& id) {
    bool idle = false;
    Status status = impl_->written([&] {
        Query now(*impl_, "SELECT key, trashed <> '', status FROM runs WHERE id = ?", id);
        idle = now.next() && now.integer(1) != 0 && !is_busy(now.text(2));
        if (!idle) return;
        const std::int64_t key = now.integer(0);
        Query(*impl_, "UPDATE runs SET status = ? WHERE key = ?", removed_status, key).run();
        impl_->touch(key, /*tell=*/false);
    });
    if (!status) return status.error();
    crash_point("store discarding");
    return idle;
}

Result<std::vector<std::string>> Store::half_discarded() const {
    return impl_->guarded([&] {
        std::vector<std::string> out;
        Query row(*impl_, "SELECT id FROM runs WHERE status = ?", removed_status);
        while (row.next()) out.push_back(row.text(0));
        return out;
    });
}

Status Store::finish_discarding(const std::string& id) {
    std::int64_t key = 0;
    const Status found = impl_->guarded([&] {
        Query row(*impl_, "SELECT key FROM runs WHERE id = ? AND status = ?", id, removed_status);
        if (row.next()) key = row.integer(0);
    });
    return found && key != 0 ? impl_->delete_rows(key) : found;
}

Status Store::Impl::delete_rows(std::int64_t key) {
    for (const auto& [table, order] :
         {std::pair("metrics", "metric, segment, step"), std::pair("clock", "segment, step"),
          std::pair("pyramid", "rowid"), std::pair("histograms", "key"), std::pair("samples", "key"),
          std::pair("events", "key")})
        for (bool more = true; more;)
            // By name: clang 14 does not capture structured bindings.
            if (Status status =
                    written([&, table = table, order = order] { more = delete_slice(*this, table, order, key); });
                !status)
                return status;
    return written([&] { Query(*this, "DELETE FROM runs WHERE key = ?", key).run(); });
}

Result<int> Store::sweep_orphans(const Trained& trained) {
    struct Open {
        std::string id;
        std::int64_t process, heartbeat, steps;
    };
    std::vector<Open> gone;
    const Status read = impl_->guarded([&] {
        Query open(*impl_,
                   "SELECT id, process, heartbeat, steps FROM runs WHERE status IN ('preparing', 'running', 'paused', "
                   "'stopping')");
        while (open.next()) {
            const Open one{open.text(0), open.integer(1), open.integer(2), open.integer(3)};
            const std::optional<bool> known = trained ? trained(impl_->folder_of(one.id)) : std::nullopt;
            if (known ? !*known : is_gone(one.process, one.heartbeat)) gone.push_back(one);
        }
    });
    if (!read) return read.error();
    if (gone.empty()) return 0;  // nothing is written where nothing has changed
    int swept = 0;
    const Status status = impl_->written([&] {
        for (const Open& one : gone) {
            // Unless somebody has taken it up again since it was looked at.
            Query(*impl_,
                  "UPDATE runs SET status='interrupted', cause=?, ended=?, dismissed=0 WHERE id=? AND process=? AND "
                  "heartbeat=? AND status IN ('preparing', 'running', 'paused', 'stopping')",
                  lost_at(one.steps, one.heartbeat), utc_text(one.heartbeat), one.id, one.process, one.heartbeat)
                .run();
            if (::sqlite3_changes(impl_->db.getHandle()) == 0) continue;
            ++swept;
            impl_->touch(impl_->key_of(one.id));
        }
    });
    if (!status) return status.error();
    return swept;
}

}  // namespace gw
