#include "store/store_backup.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <chrono>
#include <set>
#include <string>
#include <thread>

#include "store/migrations.h"
#include "store/store_impl.h"
#include "util/crash_point.h"
#include "util/hash.h"

namespace gw {

namespace {

constexpr int patience_ms = 10000;

Error given_up(const fs::path& database) {
    return {
        Error::Code::cancelled, "The reading of the run history was given up", "", {"database " + database.string()}};
}

/// Ends a statement that is under way once `stop` is asked for.
struct Interruptible {
    explicit Interruptible(SQLite::Database& db, const std::stop_token& token) : handle(db.getHandle()) {
        constexpr int instructions = 10000;  // between two looks: well below a millisecond
        stop = token;
        ::sqlite3_progress_handler(
            handle, instructions,
            [](void* self) { return static_cast<Interruptible*>(self)->stop.stop_requested() ? 1 : 0; }, this);
    }
    ~Interruptible() { ::sqlite3_progress_handler(handle, 0, nullptr, nullptr); }
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
    sqlite3* handle;
    std::stop_token stop;
};

/// In steps, so that the disk is not taken from whoever trains.
bool copy_pages(SQLite::Database& target, SQLite::Database& source, const std::stop_token& stop) {
    constexpr int pages = 256;
    constexpr std::chrono::milliseconds pause{5}, longest_wait{patience_ms};
    SQLite::Backup backup(target, source);
    for (auto waited = std::chrono::milliseconds(0); !stop.stop_requested();) {
        const int result = backup.executeStep(pages);
        if (result == SQLITE_DONE) return true;
        if (result != SQLITE_OK && (waited += pause) > longest_wait)
            throw SQLite::Exception("the backup had to wait too long", SQLITE_BUSY);
        std::this_thread::sleep_for(pause);
    }
    return false;
}

/// Every column of every table, as "table.column".
std::set<std::string> columns_of(SQLite::Database& db) {
    SQLite::Statement row(db,
                          "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                          " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'");
    std::set<std::string> out;
    while (row.executeStep()) out.insert(row.getColumn(0).getString());
    return out;
}

/// It is ours and, of this version, each table and column of a new one is there.
Status has_all_tables(SQLite::Database& db, const fs::path& path) {
    if (Status ours = is_run_history(db, path); !ours) return ours;
    if (db.execAndGet("PRAGMA user_version").getInt() != static_cast<int>(store_migrations().size())) return {};
    SQLite::Database fresh(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    if (Status made = migrate_store(fresh, path); !made) return made;
    const std::set<std::string> there = columns_of(db);
    for (const std::string& column : columns_of(fresh)) {
        if (there.contains(column)) continue;
        const std::string table = column.substr(0, column.find('.'));
        return Error{Error::Code::bad_data,
                     "The run history is damaged: the " +
                         (db.tableExists(table) ? "column " + column.substr(table.size() + 1) + " of the table " + table
                                                : "table " + table) +
                         " is missing",
                     "`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup",
                     {"database " + path.string()}};
    }
    return {};
}

}  // namespace

Status check_database(const fs::path& database, std::stop_token stop) {
    try {
        SQLite::Database db(database.string(), SQLite::OPEN_READONLY, patience_ms);
        const Interruptible interruptible(db, stop);
        SQLite::Statement check(db, "PRAGMA quick_check(1)");
        const std::string said = check.executeStep() ? check.getColumn(0).getString() : std::string();
        if (said == "ok") return has_all_tables(db, database);
        return Error{Error::Code::bad_data,
                     "The run history is damaged: " + well_formed_utf8(said.substr(0, 300)),
                     "`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup",
                     {"database " + database.string()}};
    } catch (const SQLite::Exception& problem) {
        if (problem.getErrorCode() == SQLITE_INTERRUPT) return given_up(database);
        return store_error(problem, database);
    }
}

Status back_up_database(const fs::path& database, const fs::path& copy, std::stop_token stop) {
    const fs::path aside = copy.string() + "." + make_uuid() + ".writing";
    Status status;
    try {
        SQLite::Database source(database.string(), SQLite::OPEN_READONLY, patience_ms);
        SQLite::Database target(aside.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        target.exec("PRAGMA synchronous = OFF");  // synced as a whole below
        // Within a transaction of its own the source stands still: a commit by somebody else would make the copying
        // begin anew, and it would never end while a run is trained.
        source.exec("BEGIN");
        (void)source.execAndGet("SELECT count(*) FROM sqlite_schema");
        if (!copy_pages(target, source, stop)) status = given_up(database);
    } catch (const SQLite::Exception& problem) {
        status = store_error(problem, database);
    }
    if (status) status = sync_file(aside);
    crash_point("backup before rename");
    if (status) status = rename_path(aside, copy);
    if (status) return sync_folder(copy.parent_path());
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) (void)remove_file(aside.string() + ending);
    return status;
}

}  // namespace gw
