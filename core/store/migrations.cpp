#include "store/migrations.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <vector>

#include "store/pyramid_rows.h"
#include "util/crash_point.h"
#include "util/hash.h"

namespace gw {

namespace {

// Never change one that was released: add the next.
constexpr std::array<Migration, 3> all_migrations{{
    {R"sql(
CREATE TABLE runs(
    key INTEGER PRIMARY KEY,          -- short form of id for the rows that point here
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,
    created TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT NOT NULL,
    parent TEXT NOT NULL,
    spec TEXT NOT NULL,               -- JSON
    facts TEXT NOT NULL,              -- JSON
    path TEXT NOT NULL,
    segment INTEGER NOT NULL,
    steps INTEGER NOT NULL,
    total_steps INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    seconds REAL NOT NULL,
    tokens_per_second REAL,
    train_loss REAL,
    validation_loss REAL,
    best_validation_loss REAL,
    perplexity REAL,
    bits_per_byte REAL,
    heartbeat INTEGER NOT NULL,
    process INTEGER NOT NULL);
CREATE INDEX runs_by_time ON runs(created, key);
CREATE INDEX runs_by_name ON runs(name);

CREATE TABLE metric_names(
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE);

-- A value that is not finite is NULL with flag 1 (NaN), 2 (+infinity) or 3 (-infinity).
CREATE TABLE metrics(
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    metric INTEGER NOT NULL REFERENCES metric_names(key),
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    value REAL,
    flag INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY(run, metric, segment, step)) WITHOUT ROWID;

CREATE TABLE checkpoints(
    key INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    path TEXT NOT NULL UNIQUE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    validation_loss REAL,
    best INTEGER NOT NULL,
    created TEXT NOT NULL);
CREATE INDEX checkpoints_by_run ON checkpoints(run);

CREATE TABLE events(
    key INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    created TEXT NOT NULL);
CREATE INDEX events_by_run ON events(run);

CREATE TABLE samples(
    key INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    text TEXT NOT NULL,
    created TEXT NOT NULL);
CREATE INDEX samples_by_run ON samples(run);
)sql"},
    {R"sql(
ALTER TABLE runs ADD COLUMN notes TEXT NOT NULL DEFAULT '';        -- Markdown
-- since when it lies in the trash (UTC); empty = it does not
ALTER TABLE runs ADD COLUMN trashed TEXT NOT NULL DEFAULT '';
-- interrupted, and nobody wants to be asked about it any more
ALTER TABLE runs ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN fork_step INTEGER NOT NULL DEFAULT 0;  -- step of the parent that it began with
ALTER TABLE runs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;   -- grows with every change of any run
CREATE INDEX runs_by_revision ON runs(revision);

CREATE TABLE tags(
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY(run, tag)) WITHOUT ROWID;

-- The curves in buckets of 8, 64, 512... points (level 1, 2, 3...), written with the points;
-- core/store/pyramid.h says what a bucket holds.
CREATE TABLE pyramid(
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    metric INTEGER NOT NULL REFERENCES metric_names(key),
    segment INTEGER NOT NULL,
    level INTEGER NOT NULL,
    chunk INTEGER NOT NULL,           -- stretches of 64 buckets, from 0
    first_step INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    buckets INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY(run, metric, segment, level, chunk));
CREATE INDEX pyramid_by_step ON pyramid(run, metric, segment, level, first_step, last_step, buckets);

-- Where the wall clock stood, now and then: a run's seconds leave pauses out.
CREATE TABLE clock(
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    time REAL NOT NULL,               -- since the epoch
    PRIMARY KEY(run, segment, step)) WITHOUT ROWID;

CREATE TABLE histograms(
    key INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs(key) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    kind TEXT NOT NULL,               -- weights, gradients, activations
    name TEXT NOT NULL,               -- of the tensor
    low REAL NOT NULL,
    high REAL NOT NULL,
    counts TEXT NOT NULL);            -- JSON array, equal bins from low to high
CREATE INDEX histograms_by_run ON histograms(run, step);

-- What people keep: filters of the table, comparisons, the queue's settings. The body is JSON.
CREATE TABLE saved(
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY(kind, name)) WITHOUT ROWID;

CREATE TABLE queue(
    run INTEGER PRIMARY KEY REFERENCES runs(key) ON DELETE CASCADE,
    position REAL NOT NULL);
)sql",
     build_missing_pyramids},
    {R"sql(
-- What a run is judged by (its main metric stands in its facts), on the validation part: the last value and
-- the best one.
ALTER TABLE runs ADD COLUMN score REAL;
ALTER TABLE runs ADD COLUMN best_score REAL;
-- The same of the weights in a checkpoint; metric is empty where nothing was judged.
ALTER TABLE checkpoints ADD COLUMN metric TEXT NOT NULL DEFAULT '';
ALTER TABLE checkpoints ADD COLUMN score REAL;
)sql",
     {}},
}};

int number_of(SQLite::Database& db, const char* pragma) {
    return db.execAndGet(pragma).getInt();
}

bool is_empty(SQLite::Database& db) {
    return number_of(db, "SELECT count(*) FROM sqlite_schema") == 0;
}

Status back_up(SQLite::Database& db, const fs::path& path, int version) {
    const fs::path copy = path.string() + ".before-v" + std::to_string(version);
    // Two programs may come to this at one time: each writes a copy of its own, and either will do.
    const fs::path aside = copy.string() + "." + make_uuid() + ".writing";
    std::error_code problem;
    try {
        SQLite::Database target(aside.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        if (SQLite::Backup(target, db).executeStep(-1) != SQLITE_DONE)
            throw SQLite::Exception("the backup before the migration had to wait too long", SQLITE_BUSY);
    } catch (...) {
        fs::remove(aside, problem);
        throw;
    }
    Status status = sync_file(aside);
    if (status) status = rename_path(aside, copy);
    if (status) return sync_folder(copy.parent_path());
    fs::remove(aside, problem);
    return status;
}

/// What a program that was killed while it copied has left.
void sweep_half_copies(const fs::path& path) {
    std::error_code problem;
    const std::string beginning = path.filename().string() + ".before-v";
    std::vector<fs::path> left;
    for (fs::directory_iterator it(path.parent_path(), problem), end; !problem && it != end; it.increment(problem))
        if (const std::string name = it->path().filename().string();
            name.starts_with(beginning) && name.ends_with(".writing"))
            left.push_back(it->path());
    for (const fs::path& one : left) {
        // Another program may be at it now: a copy is written in minutes.
        const auto written = fs::last_write_time(one, problem);
        if (!problem && fs::file_time_type::clock::now() - written > std::chrono::hours(1)) fs::remove(one, problem);
    }
}

}  // namespace

Migrations store_migrations() {
    return all_migrations;
}

Status is_run_history(SQLite::Database& db, const fs::path& path) {
    if (number_of(db, "PRAGMA application_id") == store_application_id) return {};
    return Error{Error::Code::bad_data,
                 "This database holds no run history",
                 "`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup",
                 {"database " + path.string()}};
}

Status check_store_version(SQLite::Database& db, const fs::path& path, Migrations migrations) {
    const std::string where = "database " + path.string();
    const int newest = static_cast<int>(migrations.size());
    if (is_empty(db)) return {};
    if (number_of(db, "PRAGMA application_id") != store_application_id)
        return Error{Error::Code::io,
                     "This SQLite database was made by another program",
                     "Choose another workspace folder, or move that file away",
                     {where}};
    const int version = number_of(db, "PRAGMA user_version");
    if (version < 1)  // it is written in one transaction with the first table
        return Error{Error::Code::bad_data,
                     "This database is damaged: it says that its schema is " + std::to_string(version),
                     "`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup",
                     {where}};
    if (version > newest)
        return Error{Error::Code::io,
                     "This database was written by a newer version of Groundwork (schema " + std::to_string(version) +
                         "; this program reads up to " + std::to_string(newest) + ")",
                     "Update this program, or choose another workspace folder",
                     {where}};
    return {};
}

Status migrate_store(SQLite::Database& db, const fs::path& path, Migrations migrations) {
    if (Status status = check_store_version(db, path, migrations); !status) return status;
    const int newest = static_cast<int>(migrations.size());
    if (number_of(db, "PRAGMA user_version") == newest) return {};
    sweep_half_copies(path);
    if (!is_empty(db))
        if (Status status = back_up(db, path, newest); !status) return status;
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    // Asked again inside: another program may have migrated meanwhile.
    for (int version = number_of(db, "PRAGMA user_version"); version < newest; ++version) {
        const Migration& next = migrations[static_cast<std::size_t>(version)];
        db.exec(next.sql);
        if (next.then) next.then(db);
        crash_point("store migrating");
    }
    db.exec("PRAGMA application_id = " + std::to_string(store_application_id));
    db.exec("PRAGMA user_version = " + std::to_string(newest));
    transaction.commit();
    return {};
}

}  // namespace gw
