#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <stdexcept>

#include "core/crash.h"
#include "faults/test_disk.h"
#include "faults/tiny_run.h"
#include "scratch.h"
#include "util/crash_point.h"
#include "util/crash_points.h"
#include "util/descriptor.h"

// The machine of faults itself: what it refuses is refused, what it writes down happened, no crash point is forgotten.
namespace gw::test {
namespace {

TEST(FaultMachine, EveryCrashPointIsListed) {
    const std::set<std::string> listed(std::begin(crash_points), std::end(crash_points));
    EXPECT_EQ(listed.size(), std::size(crash_points)) << "one is listed twice";
    const std::regex call("crash_point\\(\"([^\"]+)\"\\)");
    std::set<std::string> called;
    for (const char* room : {"core", "app", "ui"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(GROUNDWORK_SOURCE) / room)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
            const std::string text = read_file(entry.path()).or_throw();
            for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it)
                called.insert((*it)[1].str());
        }
    EXPECT_EQ(called, listed) << "core/util/crash_points.h and the calls of crash_point() differ";
}

TEST(FaultMachine, SharesMakeUpAllCases) {
    constexpr long all = 50, parts = 8;
    std::set<long> tried;
    for (long part = 1; part <= parts; ++part) {
        const Cases some = cases_of(std::to_string(part) + "/" + std::to_string(parts));
        EXPECT_TRUE(some.all);
        for (long at = some.first; at <= all; at += some.parts) EXPECT_TRUE(tried.insert(at).second) << at;
    }
    EXPECT_EQ(tried.size(), static_cast<std::size_t>(all));
    EXPECT_TRUE(cases_of("all").all);
    EXPECT_EQ(cases_of("all").parts, 1);
    EXPECT_FALSE(cases_of("").all);
    for (const char* wrong : {"most", "0/3", "4/3", "1/", "/2", "1/2/3", "-1/2", "1.5/2"})
        EXPECT_THROW(cases_of(wrong), std::invalid_argument) << wrong;
}

TEST(FaultMachine, ACrashPointCountsItsPassings) {
    Scratch scratch;
    const auto passings_until_crash = [&](const std::string& at) {
        std::ofstream(scratch / "passed").close();
        const int code = run_until_crash(at, [&] {
            for (int i = 0; i < 4; ++i) {
                crash_point("here");
                crash_point("there");
                std::ofstream(scratch / "passed", std::ios::app) << ".";
            }
        });
        return std::pair(code, static_cast<int>(fs::file_size(scratch / "passed")));
    };
    EXPECT_EQ(passings_until_crash("here"), std::pair(137, 0));
    EXPECT_EQ(passings_until_crash("here:1"), std::pair(137, 0));
    EXPECT_EQ(passings_until_crash("here:3"), std::pair(137, 2));
    EXPECT_EQ(passings_until_crash("here:5"), std::pair(0, 4));
    EXPECT_EQ(passings_until_crash("elsewhere"), std::pair(0, 4));
}

TEST(FaultMachine, EveryCallOfASmallFileCanFail) {
    Scratch scratch;
    ASSERT_TRUE(write_file_atomic(scratch / "mark", "the old one"));
    for (const FaultPlan::Fault fault :
         {FaultPlan::Fault::no_space, FaultPlan::Fault::quota, FaultPlan::Fault::broken, FaultPlan::Fault::short_write})
        for (long at = 1;; ++at) {
            ASSERT_LT(at, 20);
            TestDisk disk(scratch.path());
            disk.plan().begin(fault, at, false);
            const Status written = write_file_atomic(scratch / "mark", "the new one");
            const bool failed = disk.plan().failed() > 0;
            disk.plan().heal();
            const std::string text = read_file(scratch / "mark").or_throw();
            SCOPED_TRACE(std::string(FaultPlan::text(fault)) + " at call " + std::to_string(at));
            EXPECT_EQ(!written, failed);
            EXPECT_TRUE(text == "the new one" || (failed && text == "the old one")) << text;
            EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1) << "a temporary file was left";
            if (!written) {
                EXPECT_THAT(to_text(written.error()), testing::HasSubstr(scratch.path().string()));
            }
            ASSERT_TRUE(write_file_atomic(scratch / "mark", "the old one"));
            if (!failed) {
                EXPECT_GT(at, 1);
                break;
            }
        }
}

TEST(FaultMachine, AFolderGoesAsFarAsItCan) {
    Scratch scratch;
    const auto fill = [&] {
        make_folder(scratch / "tree" / "in").or_throw();
        for (const char* name : {"a", "b", "in/c"}) write_file_atomic(scratch / "tree" / name, name).or_throw();
    };
    write_file_atomic(scratch / "outside", "stays").or_throw();
    fill();
    fs::create_symlink(scratch.path(), scratch / "tree" / "link");
    ASSERT_TRUE(remove_tree(scratch / "tree"));
    EXPECT_FALSE(fs::exists(scratch / "tree"));
    EXPECT_TRUE(fs::exists(scratch / "outside")) << "a link is removed and not followed";
    EXPECT_TRUE(remove_tree(scratch / "tree")) << "nothing is there";
    fill();
    TestDisk disk(scratch.path());
    disk.plan().begin(FaultPlan::Fault::broken, 1, false);
    const Status removed = remove_tree(scratch / "tree");
    ASSERT_FALSE(removed);
    EXPECT_THAT(removed.error().message, testing::HasSubstr("tree"));
    EXPECT_TRUE(remove_tree(scratch / "tree"));
}

/// A database of one table, written through whatever VFS is the usual one.
class Rows {
  public:
    explicit Rows(const fs::path& path, const std::string& synchronous = "FULL") {
        EXPECT_EQ(::sqlite3_open(path.c_str(), &db_), SQLITE_OK);
        said("PRAGMA journal_mode = WAL");
        said(("PRAGMA synchronous = " + synchronous).c_str());
        said("CREATE TABLE IF NOT EXISTS rows(value)");
    }
    ~Rows() { ::sqlite3_close(db_); }
    int add(int value) {
        return ::sqlite3_exec(db_, ("INSERT INTO rows VALUES(" + std::to_string(value) + ")").c_str(), nullptr, nullptr,
                              nullptr);
    }
    std::string said(const char* question) {
        std::string out;
        const auto keep = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) += values[0] ? values[0] : "";
            return 0;
        };
        return ::sqlite3_exec(db_, question, keep, &out, nullptr) == SQLITE_OK ? out : ::sqlite3_errmsg(db_);
    }

  private:
    sqlite3* db_ = nullptr;
};

TEST(FaultMachine, ADatabaseIsRefusedItsCallsToo) {
    Scratch scratch;
    TestDisk disk(scratch.path());
    Rows rows(scratch / "rows.db");
    ASSERT_EQ(rows.add(1), SQLITE_OK);
    disk.plan().begin(FaultPlan::Fault::no_space, 1, false);
    EXPECT_EQ(rows.add(2), SQLITE_FULL);
    EXPECT_EQ(rows.add(3), SQLITE_OK);
    disk.plan().begin(FaultPlan::Fault::short_write, 1, false);
    EXPECT_EQ(rows.add(4), SQLITE_FULL);
    disk.plan().begin(FaultPlan::Fault::broken, 1, true);
    EXPECT_EQ(rows.add(5), SQLITE_IOERR);
    disk.plan().heal();
    EXPECT_EQ(rows.said("SELECT group_concat(value) FROM rows"), "1,3");
    EXPECT_EQ(rows.said("PRAGMA integrity_check"), "ok");
}

TEST(FaultMachine, WhatADatabaseCommittedOutlastsTheLossOfPower) {
    Scratch scratch, replay;
    TestDisk disk(scratch.path());
    disk.record();
    std::vector<std::size_t> committed;
    {
        Rows rows(scratch / "rows.db");
        for (int value = 1; value <= 5; ++value) {
            ASSERT_EQ(rows.add(value), SQLITE_OK);
            committed.push_back(disk.recorded().size());
        }
        rows.said("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::set<int> counts;
    int number = 0;
    for (std::size_t done = 0; done <= disk.recorded().size(); ++done)
        for (const DiskRecord::Unsynced unsynced : DiskRecord::all_unsynced) {
            SCOPED_TRACE("after " + std::to_string(done) + ": " + std::string(DiskRecord::text(unsynced)));
            const fs::path at = replay / std::to_string(++number);
            disk.recorded().put(done, unsynced, at);
            Rows rows(at / "rows.db");
            ASSERT_EQ(rows.said("PRAGMA integrity_check"), "ok");
            const int count = std::stoi(rows.said("SELECT count(*) FROM rows"));
            const auto promised = std::upper_bound(committed.begin(), committed.end(), done) - committed.begin();
            ASSERT_GE(count, promised);
            counts.insert(count);
        }
    EXPECT_EQ(counts, (std::set<int>{0, 1, 2, 3, 4, 5}));
}

TEST(FaultMachine, ADatabaseThatSyncsTooLittleIsFoundOut) {
    Scratch scratch, replay;
    TestDisk disk(scratch.path());
    disk.record();
    Rows rows(scratch / "rows.db", "NORMAL");
    ASSERT_EQ(rows.add(1), SQLITE_OK);
    disk.recorded().put(disk.recorded().size(), DiskRecord::Unsynced::lost, replay / "disk");
    EXPECT_NE(Rows(replay / "disk" / "rows.db").said("SELECT value FROM rows"), "1");
}

}  // namespace
}  // namespace gw::test
