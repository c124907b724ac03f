#include "store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <optional>
#include <thread>

#include "core/crash.h"
#include "scratch.h"
#include "util/text.h"

namespace gw {
namespace {

RunRecord make_run(const std::string& name, const fs::path& root) {
    RunRecord run;
    run.id = make_uuid();
    run.name = name;
    run.created = now_utc();
    run.spec = {{"schema", 1}, {"backbone", {{"kind", "transformer"}, {"width", 128}}}};
    run.path = (root / "runs" / run.id).string();
    run.validation_loss = 1.5;
    return run;
}

class StoreTest : public testing::Test {
  protected:
    Scratch scratch_;
    const fs::path file_ = scratch_ / "groundwork.db";
    Store open() { return Store::open(file_).or_throw(); }
    RunRecord added(Store& store, const std::string& name = "run") {
        RunRecord run = make_run(name, scratch_.path());
        store.add_run(run).or_throw();
        return run;
    }
};

TEST_F(StoreTest, KeepsEveryFieldOfARun) {
    Store store = open();
    RunRecord run = added(store, "first");
    run.status = "failed";
    run.cause = "the loss is not a number";
    run.facts = {{"parameters", 1234567}};
    run.steps = 42;
    run.tokens = std::int64_t{1} << 40;
    run.seconds = 1.25;
    run.best_validation_loss = 1.0;
    run.heartbeat = 17;
    run.process = 99;
    ASSERT_TRUE(store.update_run(run));
    const RunRecord read = store.run(run.id).value();
    EXPECT_EQ(read.status, "failed");
    EXPECT_EQ(read.cause, run.cause);
    EXPECT_EQ(read.spec.dump(), run.spec.dump()) << "the order of keys counts";
    EXPECT_EQ(read.facts, run.facts);
    EXPECT_EQ(read.path, run.path);
    EXPECT_EQ(read.steps, 42);
    EXPECT_EQ(read.tokens, run.tokens);
    EXPECT_EQ(read.seconds, 1.25);
    EXPECT_EQ(read.validation_loss, 1.5);
    EXPECT_EQ(read.best_validation_loss, 1.0);
    EXPECT_FALSE(read.train_loss.has_value());
    EXPECT_EQ(read.heartbeat, 17);
    EXPECT_EQ(read.process, 99);
}

TEST_F(StoreTest, AnUpdateDoesNotUndoARename) {
    Store store = open();
    RunRecord run = added(store, "old");
    ASSERT_TRUE(open().rename_run(run.id, "new"));
    ASSERT_TRUE(store.update_run(run));
    EXPECT_EQ(store.run(run.id).value().name, "new");
}

TEST_F(StoreTest, FindsRunsByIdBeginningAndName) {
    Store store = open();
    RunRecord old = make_run("twin", scratch_.path()), young = make_run("twin", scratch_.path());
    old.id = "aaaa0000" + old.id.substr(8);
    young.id = "aaaa1111" + young.id.substr(8);
    old.created = "2026-01-01T00:00:00Z";
    young.created = "2026-01-02T00:00:00Z";
    ASSERT_TRUE(store.add_run(young));
    ASSERT_TRUE(store.add_run(old));
    EXPECT_EQ(store.run(old.id).value().id, old.id);
    EXPECT_EQ(store.run("aaaa0").value().id, old.id);
    EXPECT_EQ(store.run("twin").value().id, young.id) << "the newest of that name";
    EXPECT_EQ(store.runs().value().front().id, young.id);
    const auto ambiguous = store.run("aaaa");
    ASSERT_FALSE(ambiguous);
    EXPECT_NE(ambiguous.error().message.find("More than one"), std::string::npos);
    const auto misspelt = store.run("twni");
    ASSERT_FALSE(misspelt);
    EXPECT_NE(misspelt.error().hint.find("twin"), std::string::npos);
    EXPECT_FALSE(store.run(""));
    EXPECT_FALSE(store.run("%"));
}

TEST_F(StoreTest, KeepsMetricsThatAreNotFinite) {
    Store store = open();
    const RunRecord run = added(store);
    ASSERT_TRUE(store.add_metrics(run.id, {{"train/loss", 1, 1, INFINITY, 0.3},
                                           {"train/loss", 0, 2, NAN, 0.2},
                                           {"train/loss", 0, 1, 2.5, 0.1},
                                           {"train/lr", 0, 1, 1e-3, 0.1},
                                           {"train/loss", 1, 2, -INFINITY, 0.4}}));
    const auto points = store.series(run.id, "train/loss").value();
    ASSERT_EQ(points.size(), 4u);
    EXPECT_EQ(points[0].value, 2.5);
    EXPECT_EQ(points[0].seconds, 0.1);
    EXPECT_TRUE(std::isnan(points[1].value));
    EXPECT_EQ(points[2].segment, 1);
    EXPECT_EQ(points[2].value, INFINITY);
    EXPECT_EQ(points[3].value, -INFINITY);
    EXPECT_EQ(store.metrics(run.id).value(), (std::vector<std::string>{"train/loss", "train/lr"}));
    EXPECT_TRUE(store.series(run.id, "none").value().empty());
    EXPECT_TRUE(store.metrics("none").value().empty());
}

TEST_F(StoreTest, OutlinesASeriesByMeans) {
    Store store = open();
    const RunRecord run = added(store);
    std::vector<MetricInsert> rows;
    for (int i = 0; i < 100; ++i) rows.push_back({"m", 0, i, static_cast<double>(i), 0});
    rows.push_back({"m", 0, 100, NAN, 0});
    ASSERT_TRUE(store.add_metrics(run.id, rows));
    EXPECT_EQ(store.outline(run.id, "m", 4).value(), (std::vector<double>{12, 37, 62, 87}));
    EXPECT_EQ(store.outline(run.id, "m", 1000).value().size(), 100u);
    EXPECT_EQ(store.outline(run.id, "m", 0).value().size(), 0u);
    EXPECT_EQ(store.outline(run.id, "none", 4).value().size(), 0u);
}

TEST_F(StoreTest, KeepsCheckpointsEventsAndSamples) {
    Store store = open();
    const RunRecord run = added(store);
    const std::string first = run.path + "/checkpoints/step-1", second = run.path + "/checkpoints/step-2";
    ASSERT_TRUE(store.add_checkpoint({run.id, first, 0, 1, 100, 5000, 2.0, true, now_utc()}));
    ASSERT_TRUE(store.add_checkpoint({run.id, second, 0, 2, 200, 5000, 1.0, true, now_utc()}));
    auto checkpoints = store.checkpoints(run.id).value();
    ASSERT_EQ(checkpoints.size(), 2u);
    EXPECT_EQ(checkpoints[0].path, second);
    EXPECT_TRUE(checkpoints[0].best);
    EXPECT_FALSE(checkpoints[1].best) << "only one is the best";
    EXPECT_EQ(checkpoints[1].bytes, 5000u);
    ASSERT_TRUE(store.add_checkpoint({run.id, first, 1, 1, 100, 6000, std::nullopt, false, now_utc()}));
    checkpoints = store.checkpoints(run.id).value();
    ASSERT_EQ(checkpoints.size(), 2u);
    EXPECT_EQ(checkpoints[0].path, first) << "written again after a rewind";
    ASSERT_TRUE(store.remove_checkpoint(first));
    EXPECT_EQ(store.checkpoints(run.id).value().size(), 1u);

    ASSERT_TRUE(store.add_event({run.id, "warning", "text", now_utc(), 0, 7}));
    ASSERT_TRUE(store.add_sample({run.id, "Once", " upon", now_utc(), 0, 7}));
    EXPECT_EQ(store.events(run.id).value().at(0).kind, "warning");
    EXPECT_EQ(store.samples(run.id).value().at(0).text, " upon");
    EXPECT_FALSE(store.add_event({"none", "warning", "text", now_utc(), 0, 7}));
}

TEST_F(StoreTest, SurvivesMovingTheWorkspace) {
    RunRecord run;
    {
        Store store = open();
        run = added(store);
        ASSERT_TRUE(
            store.add_checkpoint({run.id, run.path + "/checkpoints/step-1", 0, 1, 100, 5000, 2.0, true, now_utc()}));
    }
    Scratch other;
    fs::rename(file_, other / "groundwork.db");
    Store moved = Store::open(other / "groundwork.db").or_throw();
    EXPECT_EQ(moved.run(run.id).value().path, (other / "runs" / run.id).string());
    EXPECT_EQ(moved.checkpoints(run.id).value().at(0).path, (other / "runs" / run.id / "checkpoints/step-1").string());
}

TEST_F(StoreTest, ReadersSeeOnlyCommittedRowsAndNoticeThem) {
    Store writer = open();
    Store reader = Store::open(file_, Store::Mode::read_only).or_throw();
    const auto before = reader.version();
    EXPECT_EQ(reader.version(), before);
    ASSERT_TRUE(writer.begin());
    const RunRecord run = added(writer);
    EXPECT_TRUE(reader.runs().value().empty());
    EXPECT_EQ(reader.version(), before);
    ASSERT_TRUE(writer.commit());
    EXPECT_EQ(reader.runs().value().size(), 1u);
    EXPECT_NE(reader.version(), before);
    EXPECT_FALSE(reader.rename_run(run.id, "x")) << "read-only";
    ASSERT_TRUE(writer.begin());
    ASSERT_TRUE(writer.rename_run(run.id, "taken back"));
    writer.rollback();
    EXPECT_EQ(reader.runs().value().front().name, "run");
}

TEST_F(StoreTest, ReadsWhileAnotherThreadWrites) {
    Store writer = open();
    const RunRecord run = added(writer);
    constexpr int batches = 50, rows = 20;
    std::thread thread([&] {
        for (int b = 0; b < batches; ++b) {
            std::vector<MetricInsert> points;
            for (int i = 0; i < rows; ++i) points.push_back({"m", 0, b * rows + i, 1.0, 0});
            ASSERT_TRUE(writer.add_metrics(run.id, points));
        }
    });
    Store reader = open();
    std::size_t seen = 0;
    while (seen < batches * rows) {
        const auto points = reader.series(run.id, "m");
        ASSERT_TRUE(points) << to_text(points.error());
        ASSERT_GE(points.value().size(), seen);
        ASSERT_EQ(points.value().size() % rows, 0u) << "half a transaction was seen";
        seen = points.value().size();
    }
    thread.join();
}

TEST_F(StoreTest, TwoWritersTakeTurns) {
    Store setup = open();
    const RunRecord run = added(setup);
    auto work = [&](int segment) {
        Store store = open();
        for (int i = 0; i < 100; ++i)
            ASSERT_TRUE(store.add_metrics(run.id, {{"m" + std::to_string(i % 3), segment, i, 1.0, 0}}));
    };
    std::thread one(work, 0), two(work, 1);
    one.join();
    two.join();
    std::size_t points = 0;
    for (const std::string& name : setup.metrics(run.id).value()) points += setup.series(run.id, name).value().size();
    EXPECT_EQ(points, 200u);
}

TEST_F(StoreTest, ListsTenThousandRuns) {
    Store store = open();
    ASSERT_TRUE(store.begin());
    for (int i = 0; i < 10000; ++i) added(store, "run " + std::to_string(i));
    ASSERT_TRUE(store.commit());
    const auto runs = store.runs();
    ASSERT_TRUE(runs);
    EXPECT_EQ(runs.value().size(), 10000u);
    EXPECT_EQ(runs.value().front().name, "run 9999");
}

TEST_F(StoreTest, ADeathInsideATransactionLosesOnlyThat) {
    Store::open(file_).or_throw();
    const int code = run_until_crash("store before commit", [&] {
        Store store = open();
        added(store, "committed");
        store.begin().or_throw();
        added(store, "lost");
        store.commit().or_throw();
    });
    ASSERT_EQ(code, 137);
    const auto runs = open().runs();
    ASSERT_TRUE(runs) << to_text(runs.error());
    ASSERT_EQ(runs.value().size(), 1u);
    EXPECT_EQ(runs.value().front().name, "committed");
}

TEST_F(StoreTest, SweepsRunsWhoseProgramIsGone) {
    Store store = open();
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    const auto now = static_cast<std::int64_t>(now_seconds());
    auto with = [&](const char* name, const char* status, std::int64_t process, std::int64_t heartbeat) {
        RunRecord run = make_run(name, scratch_.path());
        run.status = status;
        run.process = process;
        run.heartbeat = heartbeat;
        store.add_run(run).or_throw();
    };
    with("gone", "running", child, now);
    with("living", "paused", ::getpid(), now);
    with("number used again", "running", ::getpid(), 1000);
    with("ended", "finished", child, now);
    EXPECT_EQ(store.sweep_orphans().value(), 2);
    EXPECT_EQ(store.run("gone").value().status, "interrupted");
    EXPECT_FALSE(store.run("gone").value().cause.empty());
    EXPECT_EQ(store.run("number used again").value().status, "interrupted");
    EXPECT_EQ(store.run("living").value().status, "paused");
    EXPECT_EQ(store.run("ended").value().status, "finished");
    EXPECT_EQ(store.sweep_orphans().value(), 0);
}

TEST_F(StoreTest, WhoTrainsARunIsAskedOfItsLock) {
    Store store = open();
    RunRecord run = make_run("elsewhere", scratch_.path());
    run.status = "running";
    run.process = 0;  // of another host: its number says nothing here
    store.add_run(run).or_throw();
    fs::path asked;
    const auto held = [&](std::optional<bool> answer) {
        return [&asked, answer](const fs::path& folder) { return asked = folder, answer; };
    };
    EXPECT_EQ(store.sweep_orphans(held(true)).value(), 0);
    EXPECT_EQ(asked, fs::path(run.path));
    EXPECT_EQ(store.run("elsewhere").value().status, "running");
    EXPECT_EQ(store.sweep_orphans(held(false)).value(), 1);
    EXPECT_EQ(store.run("elsewhere").value().status, "interrupted");
    run.process = ::getpid();
    run.heartbeat = static_cast<std::int64_t>(now_seconds());
    store.update_run(run).or_throw();
    EXPECT_EQ(store.sweep_orphans(held(std::nullopt)).value(), 0) << "then the process decides";
}

}  // namespace
}  // namespace gw
