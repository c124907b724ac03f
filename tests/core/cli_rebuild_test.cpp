#include <SQLiteCpp/Database.h>

#include <fstream>

#include "core/cli_fixture.h"
#include "store/store.h"

namespace gw {
namespace {

/// A workspace whose history is lost.
class CliRebuild : public CliTest {
  protected:
    void SetUp() override {
        ASSERT_EQ(cli("run '" + tiny() + "' --name one").code, 0);
        ASSERT_EQ(cli("tag one good 'two words'").code, 0);
        ASSERT_EQ(cli("note one 'what it is for'").code, 0);
        ASSERT_EQ(cli("run '" + labelled() + "' --name two").code, 0);
        ASSERT_EQ(cli("delete two").code, 0);
        folder_of_one_ = Store::open(database()).or_throw().run("one").or_throw().path;
    }
    fs::path database() const { return folder_ / "workspace" / "groundwork.db"; }
    /// Writes over the whole file, and loses what stands beside it.
    void destroy() const {
        std::ofstream(database(), std::ios::binary | std::ios::trunc) << std::string(20000, 'x');
        for (const char* beside : {"-wal", "-shm"}) fs::remove(database().string() + beside);
    }
    std::string all() const {
        std::string out;
        for (const char* verb : {"runs --json", "runs --trash --json", "metrics one --csv", "checkpoints one",
                                 "tag one", "note one", "lineage one --json"})
            out += cli(verb).out;
        return out;
    }
    int set_aside() const {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(folder_ / "workspace")) {
            const std::string name = entry.path().filename().string();
            count += name.starts_with("groundwork.db.set-aside-") && !name.ends_with("-wal") ? 1 : 0;
        }
        return count;
    }
    fs::path folder_of_one_;
};

TEST_F(CliRebuild, AHistoryOfDamagedRowsIsNotAnEmptyOne) {
    SQLite::Database(database().string(), SQLite::OPEN_READWRITE).exec("UPDATE runs SET steps = -5");
    const Said said = cli("runs");
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find("rebuild"), std::string::npos) << said.err;
    EXPECT_EQ(cli("rebuild").code, 0);
    EXPECT_EQ(cli("runs").code, 0);
}

TEST_F(CliRebuild, ADamagedHistoryIsMadeAgainToTheLetter) {
    const std::string before = all();
    destroy();
    const Said lost = cli("runs");
    EXPECT_NE(lost.code, 0);
    const Said made = cli("rebuild");
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.out.find("2 runs"), std::string::npos) << made.out;
    EXPECT_EQ(made.err.find("journal"), std::string::npos) << made.err;
    EXPECT_EQ(all(), before);
    EXPECT_EQ(set_aside(), 1) << "the damaged one is kept";
    // It is whole: the run can be trained on.
    EXPECT_EQ(cli("extend one --set training.budget=30").code, 0);
    EXPECT_NE(cli("metrics one --csv").out.find("1,30,train/loss"), std::string::npos);
}

TEST_F(CliRebuild, AHistoryThatIsGoneIsNotMadeAnew) {
    const std::string before = all();
    fs::remove(database());
    for (const char* beside : {"-wal", "-shm"}) fs::remove(database().string() + beside);
    const Said gone = cli("runs");
    EXPECT_NE(gone.code, 0);
    EXPECT_NE(gone.err.find("rebuild"), std::string::npos) << gone.err;
    EXPECT_FALSE(fs::exists(database()));
    std::ofstream(database()).close();  // what a copy that failed leaves
    const Said empty = cli("runs");
    EXPECT_NE(empty.code, 0);
    EXPECT_NE(empty.err.find("rebuild"), std::string::npos) << empty.err;
    EXPECT_EQ(fs::file_size(database()), 0U);
    ASSERT_EQ(cli("rebuild").code, 0);
    EXPECT_EQ(all(), before);
}

TEST_F(CliRebuild, AHistoryWithoutItsTablesIsMadeAgain) {
    const std::string before = all();
    for (const char* change : {"DROP TABLE runs", "PRAGMA user_version = 0"}) {
        SQLite::Database(database().string(), SQLite::OPEN_READWRITE).exec(change);
        const Said said = cli("runs");
        EXPECT_NE(said.code, 0);
        EXPECT_NE(said.err.find("rebuild"), std::string::npos) << change << said.err;
        const Said made = cli("rebuild");
        ASSERT_EQ(made.code, 0) << change << made.err;
        EXPECT_EQ(all(), before) << change;
    }
}

TEST_F(CliRebuild, ASoundHistoryStaysUntilItIsSaid) {
    const Said refused = cli("rebuild");
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("--replace"), std::string::npos) << refused.err;
    EXPECT_EQ(set_aside(), 0);
    const std::string before = all();
    ASSERT_EQ(cli("rebuild --replace").code, 0);
    EXPECT_EQ(set_aside(), 1);
    EXPECT_EQ(all(), before);
    EXPECT_EQ(cli("rebuild --backup").code, 2);
}

TEST_F(CliRebuild, ADamagedLineCostsThatLine) {
    const std::string before = cli("metrics one --csv").out;
    const fs::path journal = folder_of_one_ / "journal.jsonl";
    const std::string lines = read_file(journal).or_throw();
    std::ofstream(journal, std::ios::binary) << "{\"is\": \"row\", \"seg\n[1]\n\xff\xfe\n" << lines << "{\"is\":\"ro";
    destroy();
    const Said made = cli("rebuild");
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.err.find("4 damaged lines"), std::string::npos) << made.err;
    EXPECT_EQ(cli("metrics one --csv").out, before);
}

TEST_F(CliRebuild, WithoutAJournalTheLogAndTheCheckpointsTell) {
    for (const char* name : {"journal.jsonl", "run.json"}) ASSERT_TRUE(fs::remove(folder_of_one_ / name)) << name;
    destroy();
    const Said made = cli("rebuild");
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.err.find("no journal"), std::string::npos) << made.err;
    Store store = Store::open(database()).or_throw();
    const RunRecord run = store.run(folder_of_one_.filename().string()).or_throw();
    EXPECT_EQ(run.status, "finished");
    EXPECT_EQ(run.steps, 20);
    EXPECT_FALSE(store.series(run.id, "validation/loss").or_throw().empty());
    EXPECT_FALSE(store.checkpoints(run.id).or_throw().empty());
    EXPECT_EQ(cli("extend " + run.id + " --set training.budget=30").code, 0);
}

TEST_F(CliRebuild, WithoutAJournalTheFormerHistoryTellsWhatItCan) {
    const std::string before = all();
    for (const char* name : {"journal.jsonl", "run.json"}) ASSERT_TRUE(fs::remove(folder_of_one_ / name)) << name;
    ASSERT_EQ(cli("rebuild --replace").code, 0);
    EXPECT_EQ(all(), before);
}

TEST_F(CliRebuild, AKillInTheMiddleCanBeDoneAgain) {
    const std::string before = all();
    destroy();
    for (const char* place : {"history made again", "history before replacing"}) {
        const std::string killed = std::string("GROUNDWORK_CRASH_AT='") + place + "' '" +
                                   (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                                   path("workspace") + "' rebuild >/dev/null 2>&1";
        ASSERT_NE(WEXITSTATUS(std::system(killed.c_str())), 0) << place;
        EXPECT_TRUE(fs::exists(database())) << place;
    }
    ASSERT_EQ(cli("rebuild").code, 0);
    EXPECT_EQ(all(), before);
}

TEST_F(CliRebuild, ARunThatWasKilledIsInterrupted) {
    const std::string killed = "GROUNDWORK_CRASH_AT='checkpoint written' '" +
                               (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                               path("workspace") + "' run '" + tiny() + "' --name killed >/dev/null 2>&1";
    ASSERT_NE(WEXITSTATUS(std::system(killed.c_str())), 0);
    destroy();
    ASSERT_EQ(cli("rebuild").code, 0);
    const RunRecord run = Store::open(database()).or_throw().run("killed").or_throw();
    EXPECT_EQ(run.status, "interrupted");
    EXPECT_FALSE(run.cause.empty());
}

}  // namespace
}  // namespace gw
