#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "store/pyramid_rows.h"
#include "store/store.h"
#include "util/temporary_folder.h"
#include "util/text.h"

// Shared by the files that make up Store; nothing else includes it.
namespace gw {

/// What an SQLite error means for a person. Code::internal is an error of the caller (a broken constraint),
/// Code::bad_data a database that is damaged or none, Code::io everything that may be better later or elsewhere (full,
/// busy, read-only).
Error store_error(const SQLite::Exception& problem, const fs::path& path);

struct Store::Impl {
    std::optional<TemporaryFolder> held;  ///< a copy that is read in the place of the database; goes after it
    SQLite::Database db;
    fs::path path;
    std::map<std::string, SQLite::Statement> statements;  ///< prepared once each, by their text
    std::map<CurveKey, PyramidTail> tails;  ///< of the curves being written; forgotten when a transaction is taken back

    Impl(SQLite::Database database, fs::path file, std::optional<TemporaryFolder> copy = {})
        : held(std::move(copy)), db(std::move(database)), path(std::move(file)) {}

    std::set<std::int64_t> told;  ///< keys of runs whose run.json is behind, once this transaction is committed

    /// The folder of a run: runs/ID beside the database, whatever that says.
    fs::path folder_of(const std::string& id) const;
    /// A path below the workspace as the database keeps it.
    std::string stored(const std::string& file) const;
    /// Key of the run called `id`; throws Failure when there is none.
    std::int64_t key_of(const std::string& id);
    /// Gives a run the next revision: call with every change of its row or its tags. With `tell` its run.json is
    /// written anew after the commit; where only figures changed, which its journal has too, that is spared.
    void touch(std::int64_t key, bool tell = true);
    /// The run of a key; nothing where there is none, or a damaged one.
    std::optional<RunRecord> record_with(std::int64_t key);
    /// Writes run.json of the runs in `told`. What cannot be written is warned of and no error: the rows are committed.
    void tell_folders();
    bool tell_folder(std::int64_t key);  ///< false where the row has changed meanwhile
    void roll_back();
    /// Deletes all rows of a run in slices, its own at the end.
    Status delete_rows(std::int64_t key);
    /// Throws Failure where `name` cannot be the name of `what` ("run", "tag").
    static void check_name(const std::string& what, const std::string& name);

    /// Runs `work`, turning SQLite's exceptions into an Error.
    template <class Work>
    auto guarded(Work work) -> Result<decltype(work())> {
        try {
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const SQLite::Exception& problem) {
            return store_error(problem, path);
        } catch (const Failure& failure) {
            return failure.error();
        } catch (const std::bad_alloc&) {
            return Error{Error::Code::out_of_memory, "Ran out of memory while the run history was used", "", {}};
        } catch (const std::exception& problem) {
            return Error{Error::Code::internal, problem.what(), "", {"database " + path.string()}};
        }
    }

    /// The same within a transaction: that of begin(), or one of its own.
    template <class Work>
    Status written(Work work) {
        return guarded([&] {
            // Outside of begin() the connection is in autocommit mode and each call makes its own transaction.
            const bool own = ::sqlite3_get_autocommit(db.getHandle()) != 0;
            if (own) db.exec("BEGIN IMMEDIATE");
            try {
                work();
                if (own) db.exec("COMMIT");
            } catch (...) {
                if (own) roll_back();
                throw;
            }
            if (own) tell_folders();
        });
    }
};

/// One use of a prepared statement; resets it at the end, so that no read transaction stays open.
class Query {
  public:
    template <class... Values>
    Query(Store::Impl& store, const std::string& sql, const Values&... values) : statement_(prepared(store, sql)) {
        int index = 0;
        (bind(++index, values), ...);
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() { statement_.tryReset(); }
    bool next() { return statement_.executeStep(); }
    void run() { statement_.exec(); }
    /// A byte that is not UTF-8 becomes U+FFFD: whatever was written into a database, what comes out of it is text.
    std::string text(int column) { return well_formed_utf8(statement_.getColumn(column).getString()); }
    /// As it was written: paths, and what is no text at all.
    std::string bytes(int column) { return statement_.getColumn(column).getString(); }
    std::int64_t integer(int column) { return statement_.getColumn(column).getInt64(); }
    std::optional<std::int64_t> maybe_integer(int column) {
        const SQLite::Column value = statement_.getColumn(column);
        return value.isNull() ? std::nullopt : std::optional(value.getInt64());
    }
    /// Whether it is a number or NULL: SQLite keeps a text in a column of numbers, too, and gives 0 for it.
    bool is_number(int column) {
        const SQLite::Column value = statement_.getColumn(column);
        return value.isInteger() || value.isFloat() || value.isNull();
    }
    double real(int column) { return statement_.getColumn(column).getDouble(); }
    std::optional<double> maybe_real(int column) {
        const SQLite::Column value = statement_.getColumn(column);
        return value.isNull() ? std::nullopt : std::optional(value.getDouble());
    }

  private:
    static SQLite::Statement& prepared(Store::Impl& store, const std::string& sql);
    void bind(int index, const std::string& value) { statement_.bind(index, value); }
    void bind(int index, const char* value) { statement_.bind(index, value); }
    void bind(int index, std::int64_t value) { statement_.bind(index, value); }
    void bind(int index, bool value) { statement_.bind(index, value ? 1 : 0); }
    void bind(int index, double value) { statement_.bind(index, value); }
    /// SQLite makes NULL of NaN.
    void bind(int index, const std::optional<double>& value) {
        statement_.bind(index, value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    SQLite::Statement& statement_;
};

}  // namespace gw
