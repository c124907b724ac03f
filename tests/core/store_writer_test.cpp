#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "scratch.h"
#include "store/writer.h"
#include "util/text.h"

namespace gw {
namespace {

using namespace std::chrono_literals;

class StoreWriterTest : public testing::Test {
  protected:
    Scratch scratch_;
    const fs::path file_ = scratch_ / "groundwork.db";
    std::string run_ = make_uuid();
    void SetUp() override {
        RunRecord run;
        run.id = run_;
        run.name = "run";
        run.spec = Json::object();
        Store::open(file_).or_throw().add_run(run).or_throw();
    }
    StoreWriter::Write point(std::int64_t step, std::string run = {}) {
        if (run.empty()) run = run_;
        return [=](Store& store) { return store.add_metrics(run, {{"m", 0, step, 1.0, 0}}); };
    }
    std::size_t points() { return Store::open(file_).or_throw().series(run_, "m").value().size(); }
};

TEST_F(StoreWriterTest, WritesEverythingInOrderAndInFewTransactions) {
    std::atomic<int> batches = 0;
    StoreWriter writer(Store::open(file_).or_throw(), {.capacity = 100, .each_batch = [&](Store&) {
                                                           ++batches;
                                                           return Status{};
                                                       }});
    for (int i = 0; i < 1000; ++i) writer.push(point(i));
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 1000u);
    EXPECT_GE(batches, 1000 / 100);
    EXPECT_LT(batches, 100);
}

TEST_F(StoreWriterTest, HasAHeartbeatWhenNothingIsWritten) {
    std::atomic<int> beats = 0;
    StoreWriter writer(Store::open(file_).or_throw(), {.interval = 1ms, .heartbeat = 5ms, .each_batch = [&](Store&) {
                                                           ++beats;
                                                           return Status{};
                                                       }});
    for (int i = 0; i < 1000 && beats < 3; ++i) std::this_thread::sleep_for(5ms);
    EXPECT_GE(beats, 3);
}

TEST_F(StoreWriterTest, KeepsRowsWhileTheDatabaseCannotBeWritten) {
    std::atomic<bool> full = true;
    std::atomic<int> errors = 0;
    StoreWriter writer(Store::open(file_).or_throw(),
                       {.capacity = 10,
                        .interval = 1ms,
                        .each_batch = [&](Store&) -> Status {
                            if (full) return Error{Error::Code::io, "The disk is full", "", {}};
                            return {};
                        },
                        .on_error = [&](const Error&) { ++errors; }});
    writer.push(point(0));
    for (int i = 0; i < 1000 && errors == 0; ++i) std::this_thread::sleep_for(5ms);
    for (int i = 1; i < 100; ++i) writer.push(point(i));  // more than the capacity: must not block
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(points(), 0u);
    EXPECT_EQ(errors, 1) << "told once, not at every attempt";
    full = false;
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 100u);
}

TEST_F(StoreWriterTest, ClosingSaysWhatWasLost) {
    StoreWriter writer(Store::open(file_).or_throw(),
                       {.interval = 1ms, .patience = 50ms, .each_batch = [&](Store&) -> Status {
                            return Error{Error::Code::io, "The disk is full", "", {}};
                        }});
    writer.push(point(0));
    EXPECT_FALSE(writer.flush());
    const Status status = writer.close();
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message.find("1 writes"), std::string::npos) << status.error().message;
}

TEST_F(StoreWriterTest, AWriteThatCannotSucceedDoesNotHoldUpTheOthers) {
    std::atomic<int> errors = 0;
    StoreWriter writer(Store::open(file_).or_throw(), {.interval = 1ms, .on_error = [&](const Error&) { ++errors; }});
    for (int i = 0; i < 10; ++i) writer.push(point(i, i % 5 == 2 ? "no such run" : ""));
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 8u);
    EXPECT_EQ(errors, 2);
}

TEST_F(StoreWriterTest, AFlushReturnsWhenAllIsCommitted) {
    // Rows that nobody waits for would lie there for a minute.
    StoreWriter writer(Store::open(file_).or_throw(), {.interval = 60000ms});
    for (std::size_t i = 1; i <= 20; ++i) {
        writer.push(point(static_cast<std::int64_t>(i)));
        ASSERT_TRUE(writer.flush());
        ASSERT_EQ(points(), i);
    }
    EXPECT_TRUE(writer.flush()) << "nothing to do";
    ASSERT_TRUE(writer.close());
    EXPECT_TRUE(writer.flush()) << "after the end";
}

TEST_F(StoreWriterTest, AHistoryThatCouldNotBeWrittenIsNotWaitedForSoLongAgain) {
    EXPECT_EQ(StoreWriter::Options().patience_again, 5s);
    std::atomic<bool> held = true;
    StoreWriter writer(
        Store::open(file_).or_throw(),
        {.interval = 1ms, .patience = 2000ms, .patience_again = 20ms, .each_batch = [&](Store&) -> Status {
             return held ? Status(Error{Error::Code::io, "locked", "", {}}) : Status();
         }});
    const auto refused_after = [&] {
        const auto begun = std::chrono::steady_clock::now();
        EXPECT_FALSE(writer.flush());
        return std::chrono::steady_clock::now() - begun;
    };
    writer.push(point(0));
    EXPECT_GE(refused_after(), 2000ms);
    for (int again = 0; again < 2; ++again) EXPECT_LT(refused_after(), 2000ms) << "and not the whole patience";
    held = false;
    // It is tried ever more seldom, up to every few seconds: the writes themselves wait on.
    for (int i = 0; i < 1000 && !writer.flush(); ++i) std::this_thread::sleep_for(10ms);
    held = true;
    writer.push(point(1));
    EXPECT_GE(refused_after(), 2000ms) << "one that was written is waited for again";
    held = false;
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 2U);
}

TEST_F(StoreWriterTest, ClosingGoesOnTryingWhileTheDatabaseIsBusy) {
    std::atomic<int> attempts = 0;
    StoreWriter writer(Store::open(file_).or_throw(),
                       {.capacity = 10, .interval = 1ms, .each_batch = [&](Store&) {
                            // Another program holds it for a while.
                            return ++attempts < 5 ? Status(Error{Error::Code::io, "locked", "", {}}) : Status();
                        }});
    for (int i = 0; i < 35; ++i) writer.push(point(i));
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 35U);
    EXPECT_GE(attempts, 5 + 3) << "no transaction of more than ten writes";
}

TEST_F(StoreWriterTest, AnExceptionCostsOneWriteAlone) {
    std::atomic<int> errors = 0, batches = 0;
    StoreWriter writer(Store::open(file_).or_throw(), {.interval = 1ms,
                                                       .before_batch =
                                                           [&] {
                                                               ++batches;
                                                               throw std::runtime_error("not of the history");
                                                           },
                                                       .on_error = [&](const Error&) { ++errors; }});
    writer.push(point(1));
    writer.push([](Store&) -> Status { throw std::runtime_error("foreign"); });
    writer.push(point(2));
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 2U);
    EXPECT_EQ(errors, 1);
    EXPECT_GE(batches, 1);
}

TEST_F(StoreWriterTest, CommitsThatReachTheDiskAreFastEnough) {
    Store store = Store::open(file_).or_throw();
    constexpr int commits = 300;
    const double began = now_seconds();
    for (int i = 0; i < commits; ++i) ASSERT_TRUE(store.add_metrics(run_, {{"m", 0, i, 1.0, 0}}));
    const double each = (now_seconds() - began) / commits;
    RecordProperty("microseconds_each_commit", static_cast<int>(each * 1e6));
    EXPECT_EQ(points(), static_cast<std::size_t>(commits));
    EXPECT_LT(each, 0.05) << "five a second are made while a run is trained";
}

TEST_F(StoreWriterTest, WaitsForAnotherProgramThatLocksTheDatabase) {
    StoreWriter writer(Store::open(file_).or_throw(), {.interval = 1ms});
    {
        Store other = Store::open(file_).or_throw();
        ASSERT_TRUE(other.begin());
        writer.push(point(0));
        std::this_thread::sleep_for(50ms);
        ASSERT_TRUE(other.commit());
    }
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(points(), 1u);
}

}  // namespace
}  // namespace gw
