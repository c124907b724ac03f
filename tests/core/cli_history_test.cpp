#include <gmock/gmock.h>

#include "core/cli_fixture.h"

namespace gw {
namespace {

/// What is done with runs that exist: two of them are trained once for the whole suite.
class CliHistory : public CliTest {
  protected:
    void SetUp() override {
        for (const char* seed : {"1", "2"})
            ASSERT_EQ(cli("run '" + tiny() + "' --name tiny" + seed + " --set training.seed=" + seed + " --json").code,
                      0);
    }
};

TEST_F(CliHistory, ComparesFiltersTagsAndThrowsAway) {
    const Said table = cli("compare tiny1 tiny2");
    ASSERT_EQ(table.code, 0) << table.err;
    EXPECT_EQ(table.out.find("Different seeds"), std::string::npos) << "runs that differ in nothing else are a sweep";
    EXPECT_NE(table.out.find("| training.seed | 1 | 2 |"), std::string::npos);
    const Json json =
        cli("compare --filter tiny --x tokens --y bits_per_byte --format json --save both --note 'first look'").last();
    ASSERT_TRUE(json.is_object());
    EXPECT_EQ(json["runs"].size(), 2u);
    EXPECT_EQ(json["groups"][0]["count"], 2);
    EXPECT_NE(cli("comparisons").out.find("first look"), std::string::npos);
    EXPECT_TRUE(cli("compare --open both --format csv").out.starts_with("run,label,tokens,validation/loss\n"));
    EXPECT_EQ(cli("compare --open bohh").code, 2);
    EXPECT_EQ(cli("compare tiny1 --x parsecs").code, 2);
    EXPECT_EQ(cli("compare tiny1 --metric validation/los").code, 2);
    EXPECT_EQ(cli("compare tiny1 tiny2 --format html --out '" + (folder_ / "c.html").string() + "'").code, 0);
    EXPECT_NE(read_file(folder_ / "c.html").or_throw().find("<svg"), std::string::npos);
    const Said report = cli("report tiny1");
    EXPECT_NE(report.out.find("What it writes"), std::string::npos);
    EXPECT_EQ(report.out.find("http-equiv"), std::string::npos);

    EXPECT_EQ(cli("tag tiny1 good 'it'\\''s \"x\"' 🚀").code, 0);
    EXPECT_NE(cli("runs --filter 'tag:🚀 val<99'").out.find("tiny1"), std::string::npos);
    EXPECT_EQ(cli("runs --filter 'tag:🚀 val<99'").out.find("tiny2"), std::string::npos);
    const Said broken = cli("runs --filter 'tiny val<x'");
    EXPECT_EQ(broken.code, 2);
    EXPECT_NE(broken.err.find("^^^^^"), std::string::npos);
    EXPECT_EQ(cli("note tiny1 '# fine'").code, 0);
    EXPECT_EQ(cli("note tiny1").out, "# fine\n");
    EXPECT_EQ(cli("rename tiny1 better").code, 0);

    EXPECT_EQ(cli("delete better tiny2").code, 0);
    EXPECT_NE(cli("runs").out.find("no runs yet"), std::string::npos);
    EXPECT_THAT(cli("delete tiny2").err, testing::HasSubstr("already"));
    EXPECT_THAT(cli("restore tiny2").err, testing::HasSubstr("Restored"));
    EXPECT_THAT(cli("restore tiny2").err, testing::HasSubstr("does not lie in the trash"));
    EXPECT_NE(cli("runs").out.find("tiny2"), std::string::npos);
    EXPECT_NE(cli("empty-trash").out.find("1 run"), std::string::npos);
    EXPECT_NE(cli("empty-trash --yes").out.find("Removed 1 run"), std::string::npos);
    EXPECT_EQ(cli("show better").code, 2);
}

TEST_F(CliHistory, QueuesForksAndLooksAtASteps) {
    EXPECT_EQ(cli("fork tiny1 --checkpoint '" + cli("show tiny1 --json").last()["checkpoint"].get<std::string>() +
                  "' --set training.budget=30 --name child --json")
                  .last()["steps"],
              30);
    EXPECT_NE(cli("look child 25 --samples 1").out.find("the hardest first"), std::string::npos);
    EXPECT_EQ(cli("look child 31").code, 2);

    ASSERT_EQ(cli("queue add '" + tiny() + "' --set optimizer.lr=1e-4,3e-4 --name sweep").code, 0);
    EXPECT_NE(cli("queue").out.find("sweep lr 0.0003"), std::string::npos);
    EXPECT_EQ(cli("queue move 'sweep lr 0.0003' 1").code, 0);
    EXPECT_EQ(cli("delete 'sweep lr 0.0003'").code, 2) << "it waits";
    EXPECT_EQ(cli("queue pause").code, 0);
    EXPECT_EQ(cli("queue run").out, "");
    EXPECT_EQ(cli("queue continue").code, 0);
    const Said worked = cli("queue run");
    EXPECT_EQ(split(std::string(trim(worked.out)), '\n').size(), 2u) << worked.err;
    EXPECT_EQ(cli("show 'sweep lr 0.0001' --json").last()["status"], "finished");
    EXPECT_EQ(cli("live-settings tiny1 --rate-scale 0.5").code, 2) << "it is over";
}

}  // namespace
}  // namespace gw
