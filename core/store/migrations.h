#pragma once
#include <SQLiteCpp/Database.h>

#include <span>

#include "util/files.h"

namespace gw {

/// Marks a database file as this program's ("GWDB" in ASCII), so that one of another program is never written to.
inline constexpr int store_application_id = 0x47574442;

/// What brings a database from version N to N + 1: SQL, and work that SQL cannot do after it.
struct Migration {
    const char* sql;
    void (*then)(SQLite::Database& db) = nullptr;
};

/// All of them in order; the number of the newest is kept in the database as user_version.
using Migrations = std::span<const Migration>;
Migrations store_migrations();

/// Brings an open database to the newest schema: a copy named `<file>.before-v<N>` first unless it is empty, then one
/// transaction. A database of a newer version, or of another program, is an error and stays as it was. Throws
/// SQLite::Exception.
Status migrate_store(SQLite::Database& db, const fs::path& path, Migrations migrations = store_migrations());

/// Refuses a database that was never made a run history, an empty one too (Error::Code::bad_data). Throws
/// SQLite::Exception.
Status is_run_history(SQLite::Database& db, const fs::path& path);

/// Refuses a database that is newer than `migrations` or another program's; writes nothing. Throws SQLite::Exception.
Status check_store_version(SQLite::Database& db, const fs::path& path, Migrations migrations = store_migrations());

}  // namespace gw
