#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "core/crash.h"
#include "scratch.h"
#include "store/migrations.h"
#include "store/store.h"

namespace gw {
namespace {

constexpr std::array<Migration, 2> two{{{"CREATE TABLE notes(text TEXT); INSERT INTO notes VALUES('kept');"},
                                        {"ALTER TABLE notes ADD COLUMN stars INTEGER DEFAULT 3;"}}};
const Migrations older{two.data(), 1}, newer{two};

SQLite::Database database(const fs::path& path) {
    return {path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
}

int schema_of(const fs::path& path) {
    return database(path).execAndGet("PRAGMA user_version").getInt();
}

TEST(Migration, KeepsTheRowsAndABackup) {
    Scratch scratch;
    const fs::path path = scratch / "x.db";
    {
        auto db = database(path);
        ASSERT_TRUE(migrate_store(db, path, older));
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1)
        << "nothing to back up when the database is made";
    {
        auto db = database(path);
        ASSERT_TRUE(migrate_store(db, path, newer));
        EXPECT_EQ(db.execAndGet("SELECT text || stars FROM notes").getString(), "kept3");
        ASSERT_TRUE(migrate_store(db, path, newer));
    }
    EXPECT_EQ(schema_of(path), 2);
    EXPECT_EQ(schema_of(scratch / "x.db.before-v2"), 1);
    EXPECT_EQ(database(scratch / "x.db.before-v2").execAndGet("SELECT text FROM notes").getString(), "kept");
}

TEST(Migration, ADeathInTheMiddleLeavesTheOlderSchema) {
    Scratch scratch;
    const fs::path path = scratch / "x.db";
    {
        auto db = database(path);
        ASSERT_TRUE(migrate_store(db, path, older));
    }
    ASSERT_EQ(run_until_crash("store migrating",
                              [&] {
                                  auto db = database(path);
                                  (void)migrate_store(db, path, newer);
                              }),
              137);
    auto db = database(path);
    EXPECT_EQ(schema_of(path), 1);
    ASSERT_TRUE(migrate_store(db, path, newer));
    EXPECT_EQ(db.execAndGet("SELECT text || stars FROM notes").getString(), "kept3");
}

TEST(Migration, ABrokenStepTakesEverythingBack) {
    Scratch scratch;
    const fs::path path = scratch / "x.db";
    auto db = database(path);
    ASSERT_TRUE(migrate_store(db, path, older));
    constexpr std::array<Migration, 3> broken{{two[0], two[1], {"CREATE TABLE notes(again TEXT);"}}};
    EXPECT_THROW((void)migrate_store(db, path, broken), SQLite::Exception);
    EXPECT_EQ(schema_of(path), 1);
}

TEST(Migration, RefusesANewerSchemaAndLeavesTheFileAlone) {
    Scratch scratch;
    const fs::path path = scratch / "groundwork.db";
    (void)Store::open(path).or_throw();
    database(path).exec("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99;");
    const std::string before = read_file(path).value();
    for (const auto mode : {Store::Mode::read_write, Store::Mode::read_only}) {
        const auto store = Store::open(path, mode);
        ASSERT_FALSE(store);
        EXPECT_NE(store.error().message.find("newer version"), std::string::npos) << store.error().message;
        EXPECT_NE(store.error().message.find("99"), std::string::npos);
        EXPECT_FALSE(store.error().hint.empty());
    }
    EXPECT_EQ(read_file(path).value(), before);
}

TEST(Migration, RefusesADatabaseOfAnotherProgram) {
    Scratch scratch;
    const fs::path path = scratch / "groundwork.db";
    database(path).exec("CREATE TABLE recipes(cake TEXT)");
    const std::string before = read_file(path).value();
    const auto store = Store::open(path);
    ASSERT_FALSE(store);
    EXPECT_NE(store.error().message.find("another program"), std::string::npos);
    EXPECT_EQ(read_file(path).value(), before);
}

TEST(StoreErrors, AFileThatIsNoDatabase) {
    Scratch scratch;
    const std::string text(5000, 'x');
    write_file_atomic(scratch / "groundwork.db", text).or_throw();
    const auto store = Store::open(scratch / "groundwork.db");
    ASSERT_FALSE(store);
    EXPECT_NE(store.error().message.find("not a database"), std::string::npos) << store.error().message;
    EXPECT_EQ(read_file(scratch / "groundwork.db").value(), text);
}

TEST(StoreErrors, ADamagedDatabaseIsAnErrorAndNoCrash) {
    Scratch scratch;
    const fs::path path = scratch / "groundwork.db";
    {
        Store store = Store::open(path).or_throw();
        store.begin().or_throw();
        for (int i = 0; i < 500; ++i) {
            RunRecord run;
            run.id = make_uuid();
            run.name = "run";
            run.spec = Json::object();
            store.add_run(run).or_throw();
        }
        store.commit().or_throw();
    }
    const std::string whole = read_file(path).value();
    ASSERT_GT(whole.size(), 50000u);
    int errors = 0;
    for (std::size_t at = 4096; at + 4096 <= whole.size(); at += 4096) {
        std::string bytes = whole;
        bytes.replace(at, 4096, 4096, '\x5a');
        write_file_atomic(path, bytes).or_throw();
        fs::remove(path.string() + "-wal");
        fs::remove(path.string() + "-shm");
        const auto store = Store::open(path);
        const auto runs = store ? store.value().runs() : Result<std::vector<RunRecord>>(store.error());
        if (runs) continue;
        ++errors;
        EXPECT_FALSE(runs.error().message.empty());
    }
    EXPECT_GT(errors, 0);
}

TEST(StoreErrors, PlacesThatCannotBeWritten) {
    Scratch scratch;
    write_file_atomic(scratch / "file", "x").or_throw();
    const auto below_file = Store::open(scratch / "file" / "groundwork.db");
    ASSERT_FALSE(below_file);
    EXPECT_NE(below_file.error().message.find("file"), std::string::npos);
    fs::create_directory(scratch / "groundwork.db");
    const auto folder = Store::open(scratch / "groundwork.db");
    ASSERT_FALSE(folder);
    EXPECT_FALSE(folder.error().hint.empty());
    ASSERT_EQ(::mkfifo((scratch / "pipe.db").c_str(), 0600), 0);
    for (const auto mode : {Store::Mode::read_write, Store::Mode::read_only})  // neither waits for a writer
        EXPECT_NE(Store::open(scratch / "pipe.db", mode).error().message.find("other than a file"), std::string::npos);
    EXPECT_FALSE(Store::open(scratch / "none.db", Store::Mode::read_only));
    if (::geteuid() == 0) GTEST_SKIP() << "the superuser may write everywhere, so permissions cannot be tried";
    fs::create_directory(scratch / "locked");
    fs::permissions(scratch / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_FALSE(Store::open(scratch / "locked" / "groundwork.db"));
}

}  // namespace
}  // namespace gw
