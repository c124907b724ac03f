#include "store/store.h"

#include <SQLiteCpp/Backup.h>

#include <cctype>

#include "store/migrations.h"
#include "store/store_impl.h"
#include "util/crash_point.h"
#include "util/io_error.h"
#include "util/name.h"
#include "util/temporary_folder.h"

namespace gw {

namespace {

// Longer than any batch of the writer takes, even on a slow disk.
constexpr int busy_timeout_ms = 10000;

struct Advice {
    const char *message, *hint;
};

Advice advice_for(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {"The disk is full, so the run history cannot be written", "Free some disk space"};
        case SQLITE_READONLY:
            return {"The run history cannot be written: the file or its folder is read-only",
                    "Change the permissions, or choose another workspace folder"};
        case SQLITE_CANTOPEN:
            return {"The run history cannot be opened or made",
                    "Check that the workspace folder exists and that you may write to it"};
        case SQLITE_NOTADB:
            return {"This file is not a database",
                    "`groundwork-cli rebuild` makes the history again from the folders of the runs; or choose another "
                    "workspace folder"};
        case SQLITE_CORRUPT:
            return {"The run history is damaged",
                    "`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup"};
        case SQLITE_ERROR:  // a table or a column is not there, or there twice
            return {"The run history is not as this program makes it",
                    "`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"The run history is locked by another program", "Close the other program, or try again"};
        case SQLITE_IOERR:
            return {"The disk reported an error while the run history was used", "Check the disk and its free space"};
        default:
            return {"The run history could not be read or written", ""};
    }
}

struct ReadOnly {
    std::optional<TemporaryFolder> held;  ///< where the database is a copy; goes after it
    SQLite::Database db;
};

/// A path in a URI of SQLite (https://www.sqlite.org/uri.html).
std::string uri_of(const fs::path& file) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out = "file:";
    for (const char c : file.string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '/' || c == '-' || c == '_' || c == '.')
            out += c;
        else
            out += std::string("%") + digits[byte >> 4] + digits[byte & 15];
    }
    return out;
}

/// SQLite reads a database in WAL mode only where it may make a file beside it, or finds one there. Where it may not, a
/// database that was closed in order is read as one that cannot change; of any other a copy is read, in which the last
/// changes are made up first.
ReadOnly open_read_only(const fs::path& file) {
    try {
        SQLite::Database db(file.string(), SQLite::OPEN_READONLY, busy_timeout_ms);
        (void)db.execAndGet("SELECT count(*) FROM sqlite_schema");
        return {{}, std::move(db)};
    } catch (const SQLite::Exception& problem) {
        // A full disk has no room for that file either.
        const int code = problem.getErrorCode() & 0xff;
        std::error_code missing;
        const bool no_room = code == SQLITE_FULL || code == SQLITE_IOERR;
        if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY && !no_room) || !fs::exists(file, missing)) throw;
    }
    std::error_code ignored;
    const fs::path wal = file.string() + "-wal";
    if (!fs::exists(wal, ignored) || fs::file_size(wal, ignored) == 0)
        return {
            {},
            SQLite::Database(uri_of(file) + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_URI, busy_timeout_ms)};
    const TemporaryFolder copy;
    std::error_code problem;
    fs::copy_file(file, copy.path() / "history.db", problem);
    if (!problem) fs::copy_file(wal, copy.path() / "history.db-wal", problem);
    if (problem) throw Failure(io_error("copy", file, problem.value()));
    return {copy, SQLite::Database((copy.path() / "history.db").string(), SQLite::OPEN_READWRITE, busy_timeout_ms)};
}

/// A copy of a history of an older version, brought up to date: who may not write where it lies can read it so.
ReadOnly up_to_date(ReadOnly older) {
    const TemporaryFolder copy;
    const fs::path file = copy.path() / "history.db";
    ReadOnly out{copy, SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busy_timeout_ms)};
    if (SQLite::Backup(out.db, older.db).executeStep(-1) != SQLITE_DONE)
        throw SQLite::Exception("the copying of an older history had to wait too long", SQLITE_BUSY);
    if (Status status = migrate_store(out.db, file); !status) throw Failure(status.error());
    return out;
}

/// Beside the database SQLite opens files of its own, whatever stands there: a pipe would be waited for.
Status are_files(const fs::path& database) {
    for (const char* beside : {"", "-journal", "-wal", "-shm"}) {
        const fs::path file = database.string() + beside;
        std::error_code ignored;
        if (const fs::file_status there = fs::status(file, ignored); fs::exists(there) && !fs::is_regular_file(there))
            return Error{Error::Code::bad_data,
                         "Something other than a file stands in the place of the run history",
                         "Move it away: `groundwork-cli rebuild` makes the history again from the folders of the runs",
                         {(*beside ? "file " : "database ") + file.string()}};
    }
    return {};
}

}  // namespace

Error store_error(const SQLite::Exception& problem, const fs::path& path) {
    const Advice advice = advice_for(problem.getErrorCode());
    const int code = problem.getErrorCode() & 0xff;
    const bool callers = code == SQLITE_CONSTRAINT || code == SQLITE_MISUSE;
    const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
    return Error{callers   ? Error::Code::internal
                 : damaged ? Error::Code::bad_data
                           : Error::Code::io,
                 std::string(advice.message) + " (" + problem.what() + ")",
                 advice.hint,
                 {"database " + path.string()}};
}

std::string Store::Impl::stored(const std::string& file) const {
    const fs::path relative = fs::path(file).lexically_relative(path.parent_path());
    return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

fs::path Store::Impl::folder_of(const std::string& id) const {
    std::string name = id.substr(0, 100);
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') c = '_';
    return path.parent_path() / "runs" / (name.empty() ? "_" : name);
}

std::int64_t Store::Impl::key_of(const std::string& id) {
    Query query(*this, "SELECT key FROM runs WHERE id = ?", id);
    if (!query.next())
        throw Failure(Error{
            Error::Code::internal, "There is no run " + id + " in the history", "", {"database " + path.string()}});
    return query.integer(0);
}

void Store::Impl::touch(std::int64_t key, bool tell) {
    Query(*this,
          "UPDATE runs SET revision = 1 + (SELECT revision FROM runs ORDER BY revision DESC LIMIT 1) WHERE key = ?",
          key)
        .run();
    if (tell) told.insert(key);
}

void Store::Impl::check_name(const std::string& what, const std::string& name) {
    if (const auto fault = name_fault(name))
        throw Failure(
            Error{Error::Code::bad_spec,
                  "This name of a " + what + " " + *fault + ": \"" + well_formed_utf8(name.substr(0, 100)) + "\"",
                  "Choose another name: one line of text in UTF-8",
                  {}});
}

void Store::Impl::roll_back() {
    // SQLite may have taken the transaction back already (full disk); then this does nothing.
    db.tryExec("ROLLBACK");
    tails.clear();
    told.clear();
}

SQLite::Statement& Query::prepared(Store::Impl& store, const std::string& sql) {
    auto found = store.statements.find(sql);
    if (found == store.statements.end()) found = store.statements.emplace(sql, SQLite::Statement(store.db, sql)).first;
    found->second.tryReset();
    return found->second;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const fs::path& path, Mode mode) {
    const fs::path file = fs::absolute(path).lexically_normal();
    if (Status files = are_files(file); !files) return files.error();
    try {
        if (mode == Mode::read_write) {
            if (Status status = make_folder(file.parent_path()); !status) return status.error();
            SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busy_timeout_ms);
            if (Status status = check_store_version(db, file); !status) return status.error();
            // A reader never waits for the writer; what was committed outlasts a crash of the program and a power cut:
            // checkpoints are on the disk before the next step, and rows must not be behind them.
            db.exec("PRAGMA journal_mode = WAL");
            db.exec("PRAGMA synchronous = FULL");
            db.exec("PRAGMA foreign_keys = ON");
            if (Status status = migrate_store(db, file); !status) return status.error();
            // No row of ours comes near; beyond, the next revision would be no whole number any more.
            constexpr const char* too_late = " FROM runs WHERE revision > 4503599627370496";  // 2^52
            if (db.execAndGet(std::string("SELECT EXISTS(SELECT 1") + too_late + ")").getInt() != 0)
                db.exec("UPDATE runs SET revision = key WHERE revision > 4503599627370496");
            return Store(std::make_unique<Impl>(std::move(db), file));
        }
        ReadOnly opened = open_read_only(file);
        if (Status status = check_store_version(opened.db, file); !status) return status.error();
        if (Status ours = is_run_history(opened.db, file); !ours) return ours.error();
        if (opened.db.execAndGet("PRAGMA user_version").getInt() < static_cast<int>(store_migrations().size()))
            opened = up_to_date(std::move(opened));
        return Store(std::make_unique<Impl>(std::move(opened.db), file, std::move(opened.held)));
    } catch (const SQLite::Exception& problem) {
        return store_error(problem, file);
    } catch (const Failure& failure) {
        return failure.error();
    }
}

std::int64_t Store::version() const {
    const auto read = impl_->guarded([&] {
        Query query(*impl_, "PRAGMA data_version");  // counts the commits of all other connections
        return query.next() ? query.integer(0) : 0;
    });
    // Where it cannot be read any other number makes the caller read again, and meet the error there.
    return ((read ? read.value() : -1) << 32) + ::sqlite3_total_changes(impl_->db.getHandle());
}

Status Store::begin() {
    return impl_->guarded([&] { impl_->db.exec("BEGIN IMMEDIATE"); });
}

Status Store::commit() {
    crash_point("store before commit");
    Status status = impl_->guarded([&] { impl_->db.exec("COMMIT"); });
    if (!status) {
        rollback();
        return status;
    }
    return impl_->guarded([&] { impl_->tell_folders(); });
}

void Store::rollback() {
    impl_->roll_back();
}

}  // namespace gw
