#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "scratch.h"
#include "store/run_record_file.h"
#include "store/store.h"
#include "util/text.h"

namespace gw {
namespace {

class PeopleTest : public testing::Test {
  protected:
    std::string add(const std::string& name, const std::string& status = "finished") {
        RunRecord run;
        run.id = make_uuid();
        run.name = name;
        run.status = status;
        run.created = now_utc();
        run.spec = Json::object();
        store_.add_run(run).or_throw();
        return run.id;
    }
    Scratch scratch_;
    Store store_ = Store::open(scratch_ / "groundwork.db").or_throw();
};

TEST_F(PeopleTest, TagsKeepQuotesAndEmoji) {
    const std::string id = add("run");
    ASSERT_TRUE(store_.set_tags(id, {"it's \"good\"", "🚀", " good ", "good", "  "}));
    EXPECT_EQ(store_.run(id).value().tags, (std::vector<std::string>{"good", "it's \"good\"", "🚀"}));
    ASSERT_TRUE(store_.set_tags(id, {}));
    EXPECT_TRUE(store_.run(id).value().tags.empty());
}

TEST_F(PeopleTest, ARunOnItsWayKeepsWhatPeopleWrote) {
    const std::string id = add("run", "running");
    RunRecord stale = store_.run(id).value();
    ASSERT_TRUE(store_.set_notes(id, "# looks fine"));
    ASSERT_TRUE(store_.set_tags(id, {"good"}));
    stale.steps = 7;
    ASSERT_TRUE(store_.update_run(stale));
    const RunRecord now = store_.run(id).value();
    EXPECT_EQ(now.notes, "# looks fine");
    EXPECT_EQ(now.tags, std::vector<std::string>{"good"});
    EXPECT_EQ(now.steps, 7);
}

TEST_F(PeopleTest, TheTrashHidesARunUntilItIsRestored) {
    const std::string id = add("run");
    ASSERT_TRUE(store_.set_trashed(id, true));
    EXPECT_TRUE(store_.runs().value().empty());
    EXPECT_EQ(store_.runs({.trash = true}).value().size(), 1u);
    EXPECT_EQ(store_.run_ids(true).value(), std::vector<std::string>{id});
    ASSERT_TRUE(store_.set_trashed(id, false));
    EXPECT_EQ(store_.runs().value().size(), 1u);
}

TEST_F(PeopleTest, ARunThatIsTrainedIsNotThrownAway) {
    const Status status = store_.set_trashed(add("busy", "running"), true);
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().hint.find("Stop"), std::string::npos);
}

TEST_F(PeopleTest, RemovingARunTakesItsRowsAndNoOthers) {
    const std::string gone = add("gone"), kept = add("kept");
    for (const std::string& id : {gone, kept}) {
        ASSERT_TRUE(store_.add_metrics(id, {{"train/loss", 0, 1, 2.0, 0.1}}));
        ASSERT_TRUE(store_.set_tags(id, {"x"}));
    }
    ASSERT_TRUE(store_.remove_run(gone));
    EXPECT_FALSE(store_.run(gone));
    EXPECT_EQ(store_.curve(kept, "train/loss").value().size(), 1u);
    EXPECT_TRUE(store_.curve(gone, "train/loss").value().empty());
}

TEST_F(PeopleTest, OnlyWhatChangedIsReadAgain) {
    const std::string first = add("first"), second = add("second");
    std::int64_t seen = 0;
    for (const RunRecord& run : store_.runs().value()) seen = std::max(seen, run.revision);
    EXPECT_TRUE(store_.runs({.since = seen}).value().empty());
    ASSERT_TRUE(store_.set_tags(first, {"new"}));
    const auto changed = store_.runs({.since = seen}).value();
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_EQ(changed.front().id, first);
    EXPECT_NE(store_.run(first).value().number, store_.run(second).value().number);
}

TEST_F(PeopleTest, TheQueueKeepsItsOrder) {
    const std::string a = add("a", "queued"), b = add("b", "queued"), c = add("c", "queued");
    for (const std::string& id : {a, b, c}) ASSERT_TRUE(store_.enqueue(id));
    auto names = [&] {
        std::string out;
        for (const RunRecord& run : store_.queue().value()) out += run.name;
        return out;
    };
    EXPECT_EQ(names(), "abc");
    ASSERT_TRUE(store_.move_in_queue(c, 0));
    EXPECT_EQ(names(), "cab");
    ASSERT_TRUE(store_.move_in_queue(c, 99));
    EXPECT_EQ(names(), "abc");
    ASSERT_TRUE(store_.dequeue(b));
    EXPECT_EQ(names(), "acb") << "what is said to wait waits";
    RunRecord begun = store_.run(b).or_throw();
    begun.status = "preparing";
    ASSERT_TRUE(store_.update_run(begun));
    EXPECT_EQ(names(), "ac");
}

TEST_F(PeopleTest, SavedThingsAreKeptByKindAndName) {
    ASSERT_TRUE(store_.set_saved({"filter", "good ones", {{"text", "tag:good"}}, ""}));
    ASSERT_TRUE(store_.set_saved({"filter", "good ones", {{"text", "tag:better"}}, ""}));
    ASSERT_TRUE(store_.set_saved({"comparison", "good ones", {{"runs", Json::array()}}, ""}));
    const auto filters = store_.saved("filter").value();
    ASSERT_EQ(filters.size(), 1u);
    EXPECT_EQ(filters.front().body["text"], "tag:better");
    ASSERT_TRUE(store_.remove_saved("filter", "good ones"));
    EXPECT_TRUE(store_.saved("filter").value().empty());
    EXPECT_EQ(store_.saved("comparison").value().size(), 1u);
}

TEST_F(PeopleTest, HistogramsAndClockComeBack) {
    const std::string id = add("run");
    ASSERT_TRUE(store_.add_histogram({id, "weights", "head.weight", 0, 10, -1.0, 1.0, {1, 2, 3}}));
    ASSERT_TRUE(store_.add_clock(id, {0, 10, 1.5, 1e9}));
    const auto histograms = store_.histograms(id, 10).value();
    ASSERT_EQ(histograms.size(), 1u);
    EXPECT_EQ(histograms.front().counts, (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(store_.histogram_steps(id).value(), std::vector<std::int64_t>{10});
    EXPECT_EQ(store_.clock(id).value().front().time, 1e9);
}

TEST_F(PeopleTest, NamesAreLinesOfText) {
    const std::string id = add("run");
    for (const char* bad : {"caf\xe9", "two\nlines", " ", "\x1b[31m"}) {
        EXPECT_FALSE(store_.rename_run(id, bad)) << bad;
        RunRecord run;
        run.id = make_uuid();
        run.name = bad;
        run.spec = Json::object();
        EXPECT_FALSE(store_.add_run(run)) << bad;
        EXPECT_FALSE(store_.set_saved({"comparison", bad, Json::object(), ""})) << bad;
        if (*bad != ' ') {
            EXPECT_FALSE(store_.set_tags(id, {"good", bad})) << bad;
        }
    }
    EXPECT_FALSE(store_.set_notes(id, "caf\xe9"));
    EXPECT_TRUE(store_.set_notes(id, "two\nlines"));
    EXPECT_EQ(store_.run(id).value().name, "run");
    EXPECT_TRUE(store_.run(id).value().tags.empty());
    EXPECT_EQ(store_.runs().value().size(), 1u);
}

TEST_F(PeopleTest, OddBytesAndDamagedRowsCostNothingElse) {
    const std::string whole = add("whole"), odd = add("odd"), broken = add("broken");
    store_.set_tags(odd, {"x"}).or_throw();
    SQLite::Database db((scratch_ / "groundwork.db").string(), SQLite::OPEN_READWRITE);
    db.exec("UPDATE runs SET name = CAST(x'636166e9' AS TEXT), notes = CAST(x'e9' AS TEXT) WHERE id = '" + odd + "'");
    db.exec("UPDATE tags SET tag = CAST(x'e9' AS TEXT)");
    const std::string deep(300000, '[');
    const std::string damages[] = {"facts = '{'",
                                   "facts = '[1]'",
                                   "spec = '[]'",
                                   "spec = 'x'",
                                   "spec = '{\"training\": [1]}'",
                                   "spec = '{\"objective\": 5}'",
                                   "spec = '{\"objective\": {\"kind\": 7}}'",
                                   "spec = '{\"training\": {\"budget\": \"all\"}}'",
                                   "spec = '{\"a\": " + deep + "'",
                                   "segment = 9223372036854775807",
                                   "steps = -5",
                                   "tokens = 'many'",
                                   "train_loss = 'low'",
                                   "seconds = 9e999",
                                   "created = 'yesterday'",
                                   "status = 'sleeping'"};
    const std::string sound =
        "spec = '{}', facts = '{}', segment = 0, steps = 0, tokens = 0, train_loss = NULL, seconds = 0, "
        "created = '2026-01-31T12:34:56Z', status = 'finished'";
    for (const std::string& damage : damages) {
        db.exec("UPDATE runs SET " + sound + " WHERE id = '" + broken + "'");
        EXPECT_EQ(store_.runs().value().size(), 3u);
        db.exec("UPDATE runs SET " + damage + " WHERE id = '" + broken + "'");
        const auto runs = store_.runs().value();
        ASSERT_EQ(runs.size(), 2u) << damage.substr(0, 100);
        for (const RunRecord& run : runs) {
            const Json people = {{"name", run.name}, {"tags", run.tags}, {"notes", run.notes}};
            EXPECT_NO_THROW((void)people.dump());
        }
        EXPECT_FALSE(store_.run(broken)) << damage.substr(0, 100);
        EXPECT_EQ(store_.run(whole).value().name, "whole");
    }
    EXPECT_EQ(store_.run(odd).value().name, "caf\xef\xbf\xbd");
    db.exec("PRAGMA user_version = -3");
    EXPECT_FALSE(Store::open(scratch_ / "groundwork.db"));
    EXPECT_FALSE(Store::open(scratch_ / "groundwork.db", Store::Mode::read_only));
}

TEST_F(PeopleTest, FactsOfAnotherTypeAreMissing) {
    const std::string id = add("run");
    SQLite::Database db((scratch_ / "groundwork.db").string(), SQLite::OPEN_READWRITE);
    db.exec(
        "UPDATE runs SET facts = '{\"device\": 1, \"parameters\": \"x\", \"classes\": [1], \"unit\": null, "
        "\"vocabulary\": 7}'");
    const RunRecord run = store_.run(id).or_throw();
    EXPECT_EQ(run.facts, (Json{{"vocabulary", 7}}));
    EXPECT_EQ(run.facts.value("device", std::string("-")), "-");
}

TEST_F(PeopleTest, NumbersAtTheirLimitsAreReadAndCountedOn) {
    const std::string id = add("run");
    SQLite::Database db((scratch_ / "groundwork.db").string(), SQLite::OPEN_READWRITE);
    db.exec("UPDATE runs SET revision = 9223372036854775807");
    Store again = Store::open(scratch_ / "groundwork.db").or_throw();
    const std::int64_t before = again.run(id).or_throw().revision;
    ASSERT_TRUE(again.set_tags(id, {"x"}));
    EXPECT_GT(again.run(id).or_throw().revision, before);
    EXPECT_EQ(again.runs({.since = before}).or_throw().size(), 1U);
    const auto limit = std::numeric_limits<std::int64_t>::max();
    ASSERT_TRUE(again.add_metrics(id, {{"m", 0, 1, 1.0, 0}, {"m", 0, limit, 2.0, 0}, {"m", 1, -limit - 1, 3.0, 0}}));
    EXPECT_TRUE(again.curve(id, "m"));
    db.exec("UPDATE pyramid SET level = 1000000000");
    EXPECT_TRUE(again.curve(id, "m"));
    db.exec("UPDATE pyramid SET level = 1, chunk = 9223372036854775807, data = x'00'");
    Store third = Store::open(scratch_ / "groundwork.db").or_throw();
    EXPECT_TRUE(third.add_metrics(id, {{"m", 1, 2, 3.0, 0}}));
    EXPECT_TRUE(third.curve(id, "m"));
}

TEST_F(PeopleTest, TheFolderOfARunSaysWhatItsRowSays) {
    const std::string id = add("run");
    const fs::path folder = scratch_ / "runs" / id;
    fs::create_directories(folder);
    ASSERT_TRUE(store_.set_tags(id, {"x"}));
    ASSERT_TRUE(store_.set_notes(id, "two\nlines"));
    ASSERT_TRUE(store_.rename_run(id, "renamed"));
    auto read = [&] { return record_of_json(Json::parse(read_file(folder / "run.json").or_throw()), id).value(); };
    EXPECT_EQ(read().name, "renamed");
    EXPECT_EQ(read().notes, "two\nlines");
    EXPECT_EQ(read().tags, std::vector<std::string>{"x"});
    // Figures stand in the journal: they would cost a file for each step.
    fs::remove(folder / "run.json");
    RunRecord run = store_.run(id).or_throw();
    run.steps = 7;
    run.train_loss = std::numeric_limits<double>::quiet_NaN();
    ASSERT_TRUE(store_.update_run(run));
    EXPECT_FALSE(fs::exists(folder / "run.json"));
    run.status = "stopped";
    ASSERT_TRUE(store_.update_run(run));
    EXPECT_EQ(read().status, "stopped");
    EXPECT_EQ(read().steps, 7);
    EXPECT_FALSE(read().train_loss) << "as the row itself, a figure that is no number is none";
    // A program that is killed between the row and the file leaves both a file that is behind and one half written.
    const std::string half = ".run.json.writing-0123abcd";
    for (const char* name : {half.c_str(), "run.json"})
        write_file_atomic(folder / name, record_json(RunRecord{.id = id, .status = "running"}).dump() + "\n")
            .or_throw();
    for (int other = 0; other < 7; ++other) add("other " + std::to_string(other));
    store_.tell_behind().or_throw();
    EXPECT_EQ(read().status, "stopped");
    EXPECT_FALSE(fs::exists(folder / half));
    // What is taken back is not told.
    store_.begin().or_throw();
    ASSERT_TRUE(store_.rename_run(id, "taken back"));
    store_.rollback();
    EXPECT_EQ(read().name, "renamed");
    EXPECT_FALSE(record_of_json(Json::parse("[1]"), id));
    EXPECT_FALSE(record_of_json(Json{{"name", 7}}, id));
}

TEST_F(PeopleTest, DiscardingTakesRunsInTheTrashAlone) {
    const std::string kept = add("kept"), gone = add("gone");
    std::vector<MetricInsert> rows;
    for (std::int64_t step = 0; step < 50000; ++step) rows.push_back({"m", 0, step, 1.0, 0});
    for (const std::string& id : {kept, gone}) ASSERT_TRUE(store_.add_metrics(id, rows));
    EXPECT_FALSE(store_.begin_discarding(gone).or_throw()) << "not in the trash";
    ASSERT_TRUE(store_.set_trashed(gone, true));
    EXPECT_TRUE(store_.begin_discarding(gone).or_throw());
    store_.finish_discarding(gone).or_throw();
    EXPECT_FALSE(store_.run(gone));
    EXPECT_TRUE(store_.series(gone, "m").or_throw().empty());
    EXPECT_EQ(store_.series(kept, "m").or_throw().size(), rows.size());
    EXPECT_FALSE(store_.begin_discarding(gone).or_throw());
    EXPECT_TRUE(store_.half_discarded().or_throw().empty());
}

}  // namespace
}  // namespace gw
