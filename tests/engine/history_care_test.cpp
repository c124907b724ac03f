#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <limits>

#include "scratch.h"
#include "store/run_record_file.h"
#include "store/store_backup.h"
#include "util/hash.h"
#include "util/text.h"
#include "workspace/live_run.h"
#include "workspace/record/backup.h"
#include "workspace/record/catch_up.h"
#include "workspace/record/orders.h"
#include "workspace/record/rebuild.h"
#include "workspace/record/run_journal_file.h"
#include "workspace/run_queue.h"
#include "workspace/studies/sequence_study.h"

namespace gw {
namespace {

class HistoryCareTest : public testing::Test {
  protected:
    Scratch scratch_;
    const fs::path root_ = scratch_ / "workspace", database_ = root_ / "groundwork.db";
    Workspace workspace_ = Workspace::open(root_).or_throw();
    RunRecord add(const std::string& name) {
        RunRecord run;
        run.id = make_uuid();
        run.name = name;
        run.status = "finished";
        run.created = now_utc();
        run.spec = Json::object();
        run.path = workspace_.run_folder(run.id).string();
        fs::create_directories(run.path);
        workspace_.store().or_throw().add_run(run).or_throw();
        return run;
    }
    void damage() const {
        std::fstream file(database_, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(4096);
        file << std::string(30000, 'x');
    }
};

TEST_F(HistoryCareTest, ACopyIsKeptOnceADayAndCanBePutBack) {
    add("one");
    EXPECT_TRUE(care_for_history(root_).or_throw());
    EXPECT_FALSE(care_for_history(root_).or_throw()) << "once a day";
    const auto all = history_backups(root_);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].day, now_utc().substr(0, 10));
    add("two");
    const auto aside = restore_backup(root_, all[0]);
    ASSERT_TRUE(aside) << to_text(aside.error());
    EXPECT_EQ(workspace_.store().or_throw().runs().or_throw().size(), 1U);
    EXPECT_EQ(Store::open(aside.value()).or_throw().runs().or_throw().size(), 2U) << "the former one is kept";
}

TEST_F(HistoryCareTest, FewAreKeptAndDamageTakesTheirPlaceNever) {
    add("one");
    fs::create_directories(root_ / "backups");
    for (const char* day : {"2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04"})
        std::ofstream(root_ / "backups" / (std::string("groundwork-") + day + ".db")) << "old";
    EXPECT_TRUE(care_for_history(root_).or_throw());
    ASSERT_EQ(history_backups(root_).size(), 3U);
    EXPECT_EQ(history_backups(root_).back().day, "2020-01-03");
    for (int i = 0; i < 200; ++i) add("run " + std::to_string(i));
    fs::remove(history_backups(root_).front().path);
    { SQLite::Database(database_.string(), SQLite::OPEN_READWRITE).exec("PRAGMA wal_checkpoint(TRUNCATE)"); }
    damage();
    const auto cared = care_for_history(root_);
    ASSERT_FALSE(cared);
    EXPECT_EQ(cared.error().code, Error::Code::bad_data) << to_text(cared.error());
    EXPECT_EQ(history_backups(root_).size(), 2U);
    EXPECT_FALSE(restore_backup(root_, history_backups(root_).front())) << "no database";
    ASSERT_TRUE(rebuild_history(root_));
    EXPECT_EQ(workspace_.store().or_throw().runs().or_throw().size(), 201U);
}

TEST_F(HistoryCareTest, ATableOrARowThatIsLostIsDamage) {
    add("one");
    add("two");
    EXPECT_FALSE(rebuild_history(root_)) << "nothing is wrong";
    const auto change = [&](const char* sql) {
        SQLite::Database(database_.string(), SQLite::OPEN_READWRITE).exec(sql);
    };
    change("UPDATE runs SET spec = '{' WHERE name = 'two'");
    EXPECT_EQ(workspace_.store().or_throw().runs().or_throw().size(), 1U);
    const auto again = rebuild_history(root_);
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_EQ(workspace_.store().or_throw().runs().or_throw().size(), 2U);
    change("PRAGMA foreign_keys = OFF; DROP TABLE metrics");
    const Status whole = check_database(database_);
    ASSERT_FALSE(whole);
    EXPECT_NE(to_text(whole.error()).find("table metrics is missing"), std::string::npos) << to_text(whole.error());
    ASSERT_TRUE(rebuild_history(root_));
    EXPECT_TRUE(check_database(database_));
    change("ALTER TABLE checkpoints DROP COLUMN bytes");
    const Status narrow = check_database(database_);
    ASSERT_FALSE(narrow);
    EXPECT_NE(to_text(narrow.error()).find("column bytes of the table checkpoints is missing"), std::string::npos)
        << to_text(narrow.error());
    ASSERT_TRUE(rebuild_history(root_));
    EXPECT_TRUE(check_database(database_));
}

TEST_F(HistoryCareTest, WhatNoRunCanHaveIsNotTakenFromItsFile) {
    const RunRecord run = add("one");
    Json file = record_json(run);
    EXPECT_TRUE(record_of_json(file, run.id));
    for (const auto& [key, value] : {std::pair<const char*, Json>{"steps", -5},
                                     {"status", "sleeping"},
                                     {"created", "yesterday"},
                                     {"created", "2026-13-41T12:00:00Z"},
                                     {"ended", "2026-01-31T12:34:56Z and more"},
                                     {"tokens", std::numeric_limits<std::int64_t>::max()},
                                     {"seconds", -1.5},
                                     {"seconds", "inf"}}) {
        Json damaged = file;
        damaged[key] = value;
        EXPECT_FALSE(record_of_json(damaged, run.id)) << damaged.dump();
    }
}

TEST_F(HistoryCareTest, ACopyIsMadeWhileOthersWrite) {
    const RunRecord run = add("one");
    std::vector<MetricInsert> rows;
    for (std::int64_t step = 0; step < 100000; ++step) rows.push_back({"m", 0, step, 1.0, 0});
    workspace_.store().or_throw().add_metrics(run.id, rows).or_throw();
    std::jthread writer([&](const std::stop_token& stop) {
        Store store = workspace_.store().or_throw();
        for (std::int64_t step = 0; !stop.stop_requested(); ++step)
            store.add_metrics(run.id, {{"n", 0, step, 1.0, 0}}).or_throw();
    });
    ASSERT_TRUE(care_for_history(root_).or_throw());
    writer.request_stop();
    writer.join();
    const fs::path copy = history_backups(root_).front().path;
    EXPECT_TRUE(check_database(copy));
    EXPECT_EQ(Store::open(copy).or_throw().series(run.id, "m").or_throw().size(), rows.size());
}

TEST_F(HistoryCareTest, WhatIsUnderWayCanBeStopped) {
    add("one");
    std::stop_source stop;
    stop.request_stop();
    const auto cared = care_for_history(root_, stop.get_token());
    ASSERT_FALSE(cared);
    EXPECT_EQ(cared.error().code, Error::Code::cancelled) << to_text(cared.error());
    EXPECT_TRUE(history_backups(root_).empty());
}

TEST_F(HistoryCareTest, EveryEntryOfAJournalComesBack) {
    const RunRecord run = add("one");
    const fs::path folder = run.path;
    const double infinity = std::numeric_limits<double>::infinity();
    const JournalRow row{1, 7, 700, 0.1, {{"train/loss", 1.0 / 3}, {"a", -infinity}, {"b", NAN}}, 12.5};
    const CheckpointRecord checkpoint{run.id,
                                      (folder / "checkpoints" / "step-00000007").string(),
                                      1,
                                      7,
                                      700,
                                      5000,
                                      2.0,
                                      true,
                                      "2026-01-31T12:00:00Z",
                                      "accuracy",
                                      infinity};
    const HistogramRecord histogram{run.id, "weights", "tokens", 1, 7, -1, 1, {1, 2, 3}};
    {
        RunJournalFile file(folder);
        ASSERT_TRUE(file.append({row, JournalCheckpoint{checkpoint, {(folder / "checkpoints" / "gone").string()}}}));
        ASSERT_TRUE(file.append({EventRecord{run.id, "note", "a\nb \xff", "t", 1, 7}, histogram}));
    }
    std::ofstream(folder / "journal.jsonl", std::ios::app) << "{\"is\":\"ev";  // cut short by a power cut
    ASSERT_TRUE(RunJournalFile(folder).append({SampleRecord{run.id, "p", "t", "now", 1, 7}}));
    std::vector<JournalEntry> read;
    const auto reading = read_journal(folder, run.id, [&](const JournalEntry& entry) {
        read.push_back(entry);
        return Status();
    });
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading.value().damaged, 1);
    ASSERT_EQ(read.size(), 5U);
    const auto& first = std::get<JournalRow>(read[0]);
    EXPECT_EQ(first.values[0].second, 1.0 / 3);
    EXPECT_EQ(first.values[1].second, -infinity);
    EXPECT_TRUE(std::isnan(first.values[2].second));
    EXPECT_EQ(first.time, 12.5);
    EXPECT_EQ(first.tokens, 700);
    const auto& saved = std::get<JournalCheckpoint>(read[1]);
    EXPECT_EQ(saved.record.path, checkpoint.path);
    EXPECT_EQ(saved.record.score, infinity);
    EXPECT_EQ(saved.removed.size(), 1U);
    EXPECT_EQ(std::get<EventRecord>(read[2]).text, "a\nb \xef\xbf\xbd");
    EXPECT_EQ(std::get<HistogramRecord>(read[3]).counts, histogram.counts);
    EXPECT_EQ(std::get<SampleRecord>(read[4]).text, "t");
    for (const char* hostile :
         {"", "[", "7", "{}", R"({"is":"row","segment":0,"step":1e999})",
          R"({"is":"checkpoint","segment":0,"step":1,"name":"../../x"})", R"({"is":"row","segment":-1,"step":1})"})
        EXPECT_FALSE(entry_of_line(hostile, run.id, folder)) << hostile;
    EXPECT_TRUE(entry_of_line(R"({"is":"row","segment":0,"step":1,"values":[1],"seconds":"x"})", run.id, folder));
}

TEST_F(HistoryCareTest, WhatAJournalLacksIsTakenOverFromTheFormerHistory) {
    const RunRecord run = add("one");
    const auto row = [](std::int64_t step) { return JournalRow{0, step, step, 0.1, {{"train/loss", 1.0 / step}}, {}}; };
    const auto event = [&](std::int64_t step) { return EventRecord{run.id, "note", "said", now_utc(), 0, step}; };
    {
        Store store = workspace_.store().or_throw();
        for (std::int64_t step = 1; step <= 200; ++step) keep_entry(store, run.id, row(step)).or_throw();
        for (const std::int64_t step : {50, 90, 90}) keep_entry(store, run.id, event(step)).or_throw();
    }
    // A loss of power has left a hole in the journal, behind which it goes on.
    std::vector<JournalEntry> entries;
    for (std::int64_t step = 1; step <= 200; ++step)
        if (step < 40 || step > 80) entries.push_back(row(step));
    entries.push_back(event(90));
    entries.push_back(event(90));
    ASSERT_TRUE(RunJournalFile(run.path).append(entries));
    const Rebuilt made = rebuild_history(root_, {.replace = true}).or_throw();
    const Store store = workspace_.store().or_throw();
    const auto points = store.series(run.id, "train/loss").or_throw();
    ASSERT_EQ(points.size(), 200U);
    EXPECT_EQ(points[59].value, 1.0 / 60);
    std::int64_t drawn = 0;
    for (const Bucket& bucket : store.curve(run.id, "train/loss", {.at_most = 64}).or_throw()) drawn += bucket.points;
    EXPECT_EQ(drawn, 200) << "the levels know them too";
    EXPECT_EQ(store.events(run.id).or_throw().size(), 3U);
    ASSERT_EQ(made.notes.size(), 1U);
    EXPECT_NE(made.notes[0].find("42 entries that its journal lacks"), std::string::npos) << made.notes[0];
}

TEST_F(HistoryCareTest, OddLettersAreNoOrders) {
    const fs::path folder = workspace_.run_folder(make_uuid()), orders = folder / "orders";
    fs::create_directories(orders / "a-folder.json");
    std::ofstream(orders / "1.json") << "{\"order\":1}";
    std::ofstream(orders / "2.json") << "[1]";
    std::ofstream(orders / "3.json") << std::string(300000, '[');
    std::ofstream(orders / "4.json") << std::string(2 << 20, ' ') << "{\"order\":\"stop\"}";
    std::ofstream(orders / "5.json") << "{\"order\":\"pause\"}";
    fs::create_symlink("/dev/zero", orders / "6.json");
    const auto letters = take_orders(folder);
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters[1].at("order"), "pause");
    EXPECT_TRUE(take_orders(folder).empty());
    // What was written since a run was taken up is meant for it.
    std::ofstream(orders / "1000000-old.json") << "{\"order\":\"stop\"}";
    std::ofstream(orders / "3000000-new.json") << "{\"order\":\"pause\"}";
    ASSERT_EQ(take_orders(folder, 2.0).size(), 1U);
    EXPECT_EQ(take_orders(folder).at(0).at("order"), "pause");
}

TEST_F(HistoryCareTest, WhatLiesBehindALinkIsNoLetterBox) {
    const RunRecord run = add("one");
    const fs::path theirs = scratch_ / "documents";
    fs::create_directories(theirs);
    for (const char* name : {"thesis.odt", "data.json", "old.writing-1"}) {
        std::ofstream(theirs / name) << "{\"order\":\"stop\"}";
        fs::last_write_time(theirs / name, fs::file_time_type::clock::now() - std::chrono::hours(24));
    }
    fs::create_directory_symlink(theirs, fs::path(run.path) / "orders");
    EXPECT_TRUE(take_orders(run.path).empty());
    EXPECT_EQ(std::distance(fs::directory_iterator(theirs), fs::directory_iterator()), 3);
}

TEST_F(HistoryCareTest, AHistoryThatWasLeftBehindCatchesUpWithTheJournal) {
    RunRecord run = add("one");
    const auto row = [](std::int64_t step, const char* metric) {
        return JournalRow{0, step, step * 10, 0.1, {{metric, 1.0 / static_cast<double>(step)}}, {}};
    };
    const auto event = [&](std::int64_t step) { return EventRecord{run.id, "note", "said", now_utc(), 0, step}; };
    const HistogramRecord histogram{run.id, "weights", "tokens", 0, 150, -1, 1, {1, 2, 3}};
    std::vector<JournalEntry> entries;
    for (std::int64_t step = 1; step <= 200; ++step) {
        entries.emplace_back(row(step, "train/loss"));
        if (step % 50 == 0) entries.emplace_back(row(step, "validation/loss"));
        if (step == 100 || step == 150) entries.emplace_back(event(step));
    }
    entries.emplace_back(histogram);
    ASSERT_TRUE(RunJournalFile(run.path).append(entries));
    Store store = workspace_.store().or_throw();
    // Of the step at which the history stopped it has the training's figures and not the evaluation's.
    for (std::int64_t step = 1; step <= 100; ++step) keep_entry(store, run.id, row(step, "train/loss")).or_throw();
    keep_entry(store, run.id, row(50, "validation/loss")).or_throw();
    keep_entry(store, run.id, event(100)).or_throw();
    run.steps = 100;
    EXPECT_EQ(catch_up_with_journal(store, run).or_throw(), 100 + 3 + 1 + 1);
    EXPECT_EQ(run.steps, 200);
    EXPECT_EQ(run.tokens, 2000);
    EXPECT_EQ(store.series(run.id, "train/loss").or_throw().size(), 200U);
    EXPECT_EQ(store.series(run.id, "validation/loss").or_throw().size(), 4U);
    EXPECT_EQ(store.events(run.id).or_throw().size(), 2U);
    EXPECT_EQ(store.histograms(run.id, 150).or_throw().size(), 1U);
    EXPECT_EQ(store.last_step(run.id, "train/loss", 0).or_throw(), 200);
    EXPECT_EQ(store.last_step(run.id, "train/loss", 1).or_throw(), -1);
    EXPECT_EQ(catch_up_with_journal(store, run).or_throw(), 0) << "once";
    ++run.segment;
    EXPECT_EQ(catch_up_with_journal(store, run).or_throw(), 0) << "nothing is told of this segment yet";
}

TEST_F(HistoryCareTest, AHistoryFromABackupTakesLaterSegmentsFromTheJournal) {
    RunRecord run = add("one");
    const auto row = [](std::int64_t segment, std::int64_t step) {
        return JournalRow{segment, step, step * 10, 0.1, {{"train/loss", 1.0 / static_cast<double>(step)}}, {}};
    };
    std::vector<JournalEntry> entries;
    for (std::int64_t step = 1; step <= 30; ++step) entries.emplace_back(row((step - 1) / 10, step));
    entries.emplace_back(EventRecord{run.id, "note", "said", now_utc(), 1, 15});
    ASSERT_TRUE(RunJournalFile(run.path).append(entries));
    Store store = workspace_.store().or_throw();
    for (std::int64_t step = 1; step <= 10; ++step) keep_entry(store, run.id, row(0, step)).or_throw();
    run.steps = 10;
    EXPECT_EQ(catch_up_with_journal(store, run).or_throw(), 20 + 1);
    EXPECT_EQ(run.segment, 2) << "the next one is told apart from all in the journal";
    EXPECT_EQ(run.steps, 30);
    EXPECT_EQ(store.last_step(run.id, "train/loss", 1).or_throw(), 20);
    EXPECT_EQ(catch_up_with_journal(store, run).or_throw(), 0) << "once";
}

TEST_F(HistoryCareTest, ACopyOfADayToComeOrAnEmptyOneIsNone) {
    add("one");
    EXPECT_TRUE(care_for_history(root_).or_throw());
    const fs::path copy = history_backups(root_).front().path;
    fs::rename(copy, root_ / "backups" / "groundwork-2999-01-01.db");
    EXPECT_TRUE(care_for_history(root_).or_throw()) << "a clock was wrong once";
    EXPECT_EQ(history_backups(root_).front().day, now_utc().substr(0, 10));
    std::ofstream(history_backups(root_).front().path, std::ios::trunc).close();
    EXPECT_EQ(history_backups(root_).size(), 1U);
    EXPECT_TRUE(care_for_history(root_).or_throw()) << "an empty file takes no copy's place";
    EXPECT_EQ(Store::open(history_backups(root_).front().path).or_throw().runs().or_throw().size(), 1U);
    const fs::path foreign = scratch_ / "foreign.db";
    SQLite::Database(foreign.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE cakes(name)");
    EXPECT_FALSE(restore_backup(root_, {foreign, "2026-01-01"}));
}

TEST_F(HistoryCareTest, ARunThatWasTrainedIsNotTakenForOneThatWaits) {
    const RunRecord run = add("one");
    fs::create_directories(fs::path(run.path) / "checkpoints" / "step-00000010");
    // As after a backup from before its training was put back.
    SQLite::Database(database_.string(), SQLite::OPEN_READWRITE).exec("UPDATE runs SET status = 'queued'");
    workspace_.store().or_throw().enqueue(run.id).or_throw();
    EXPECT_EQ(trained_beyond_history(root_), 1);
    const Status removed = RunQueue(workspace_).remove(run.id);
    ASSERT_FALSE(removed);
    EXPECT_NE(removed.error().hint.find("rebuild"), std::string::npos) << to_text(removed.error());
    EXPECT_TRUE(fs::exists(fs::path(run.path) / "checkpoints" / "step-00000010"));
    LaunchRequest request;
    request.queued_run = run.id;
    const auto launched = LiveRun::launch(workspace_, request, HostKind::inline_);
    ASSERT_FALSE(launched);
    EXPECT_EQ(launched.error().message, removed.error().message);
}

TEST_F(HistoryCareTest, OnlyADamagedHistoryOfOursIsReplacedUnasked) {
    add("one");
    for (const char* change : {"PRAGMA user_version = 99", "PRAGMA application_id = 77"}) {
        { SQLite::Database(database_.string(), SQLite::OPEN_READWRITE).exec(change); }
        const auto refused = rebuild_history(root_);
        ASSERT_FALSE(refused) << change;
        EXPECT_EQ(refused.error().code, Error::Code::io) << to_text(refused.error());
        EXPECT_FALSE(history_is_lost(root_));
        SQLite::Database(database_.string(), SQLite::OPEN_READWRITE)
            .exec("PRAGMA user_version = 3; PRAGMA application_id = " + std::to_string(0x47574442));
    }
    // That of an older version is read as it is: it is not damaged, and has the names that people gave.
    fs::remove_all(fs::path(workspace_.store().or_throw().run("one").or_throw().path));
    SQLite::Database(database_.string(), SQLite::OPEN_READWRITE)
        .exec(
            "ALTER TABLE runs DROP COLUMN score; ALTER TABLE runs DROP COLUMN best_score;"
            "ALTER TABLE checkpoints DROP COLUMN metric; ALTER TABLE checkpoints DROP COLUMN score;"
            "PRAGMA user_version = 2");
    const auto refused = rebuild_history(root_);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("not damaged"), std::string::npos) << refused.error().message;
    EXPECT_EQ(Store::open(database_, Store::Mode::read_only).or_throw().runs().or_throw().at(0).name, "one");
    EXPECT_EQ(SQLite::Database(database_.string()).execAndGet("PRAGMA user_version").getInt(), 2) << "read alone";
    std::ofstream(database_, std::ios::trunc).close();
    EXPECT_FALSE(Store::open(database_, Store::Mode::read_only)) << "an empty file is no history without runs";
}

TEST_F(HistoryCareTest, NoNewHistoryTakesThePlaceOfOneThatHasGone) {
    add("one");
    fs::rename(database_, scratch_ / "elsewhere.db");
    for (const Store::Mode mode : {Store::Mode::read_write, Store::Mode::read_only}) {
        const auto store = workspace_.store(mode);
        ASSERT_FALSE(store);
        EXPECT_NE(store.error().message.find("gone"), std::string::npos) << to_text(store.error());
    }
    EXPECT_FALSE(fs::exists(database_));
    fs::rename(root_, scratch_ / "away");
    EXPECT_NE(workspace_.store().error().message.find("folder of this workspace is gone"), std::string::npos);
    EXPECT_FALSE(fs::exists(root_));
    fs::rename(scratch_ / "away", root_);
    fs::rename(scratch_ / "elsewhere.db", database_);
    EXPECT_TRUE(workspace_.store());
}

TEST_F(HistoryCareTest, ARebuildIsGivenUpInTheMiddleOfARun) {
    const RunRecord run = add("one");
    std::vector<JournalEntry> entries;
    for (std::int64_t step = 1; step <= 5000; ++step)
        entries.emplace_back(JournalRow{0, step, step, 0.1, {{"train/loss", 1.0}}, {}});
    ASSERT_TRUE(RunJournalFile(run.path).append(entries));
    int questions = 0;
    const auto given_up =
        rebuild_history(root_, {.replace = true, .progress = [&](int, int) { return ++questions < 3; }});
    ASSERT_FALSE(given_up);
    EXPECT_EQ(given_up.error().code, Error::Code::cancelled);
    EXPECT_EQ(questions, 3);
    EXPECT_EQ(workspace_.store().or_throw().runs().or_throw().size(), 1U);
    for (const auto& entry : fs::directory_iterator(root_))
        EXPECT_FALSE(entry.path().filename().string().starts_with("rebuilding")) << entry.path();
}

TEST_F(HistoryCareTest, PipesAndLinksInAWorkspaceAreLeftAlone) {
    const RunRecord run = add("one");
    const fs::path theirs = scratch_ / "precious";
    std::ofstream(theirs) << "precious";
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
    fs::remove(root_ / ".swept");
    fs::create_symlink(theirs, root_ / ".swept");
    fs::last_write_time(root_ / "runs", long_ago);
    ASSERT_TRUE(Workspace::open(root_));
    EXPECT_EQ(read_file(theirs).or_throw(), "precious");
    fs::remove(root_ / ".swept");
    const auto pipe = [](const fs::path& place) { ASSERT_EQ(::mkfifo(place.c_str(), 0600), 0) << place; };
    pipe(root_ / ".swept");
    ASSERT_TRUE(Workspace::open(root_));
    pipe(fs::path(run.path) / "log.txt");
    pipe(fs::path(run.path) / "journal.jsonl");
    EXPECT_TRUE(rebuild_history(root_, {.replace = true}));
    fs::remove(database_.string() + "-journal");
    pipe(database_.string() + "-journal");
    EXPECT_FALSE(Workspace::open(root_));
}

TEST_F(HistoryCareTest, FoldersOfEarlierVersionsAreToldWhatTheyAre) {
    const RunRecord run = add("one");
    ASSERT_TRUE(fs::remove(fs::path(run.path) / "run.json"));
    ASSERT_TRUE(care_for_history(root_).or_throw());
    EXPECT_TRUE(fs::exists(fs::path(run.path) / "run.json"));
}

TEST(StoredStudies, DamageShowsNothingAndThrowsNothing) {
    for (const char* body :
         {R"({"results": [{"tasks": ["a", "b"], "by_head": [[0.5]], "by_neighbours": [[0.5, 0.5]]}]})",
          R"({"results": [{"tasks": ["a"], "by_head": [[0.5]], "by_neighbours": []}]})", R"({"results": 7})",
          R"({"name": "x", "tasks": [1]})", R"({"results": [[1]]})", "{}",
          R"({"runs": [{"task": -1, "by_head": [0.5]}, {"task": 9223372036854775807}]})"}) {
        const SequenceStudy study = sequence_study_of(Json::parse(body));
        EXPECT_TRUE(study.results.empty()) << body;
        EXPECT_TRUE(study.steps.empty()) << body;
        EXPECT_TRUE(strategy_rows(study).empty()) << body;
    }
    EXPECT_EQ(sequence_study_of(Json::parse(R"({"name": "x", "tasks": [1]})")).name, "x");
}

}  // namespace
}  // namespace gw
