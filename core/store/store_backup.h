#pragma once
#include <stop_token>

#include "util/files.h"

namespace gw {

/// Reads a whole database and says what is damaged in it (PRAGMA quick_check): pages, rows, what ties them together;
/// not the values. Seconds for each gigabyte: call from a background thread. Errors: damaged (Code::bad_data), cannot
/// be opened or read; Code::cancelled by `stop`.
Status check_database(const fs::path& database, std::stop_token stop = {});

/// Copies the database as it is now to `copy`, over what is there, by SQLite's backup: whoever writes meanwhile need
/// not wait. Written aside and renamed, so that a copy is whole or not there. Errors as above.
Status back_up_database(const fs::path& database, const fs::path& copy, std::stop_token stop = {});

}  // namespace gw
