#include "core/cli_fixture.h"

namespace gw {
namespace {

using SelfTestVerb = CliTest;

TEST_F(SelfTestVerb, ProvesTheResumeOfARunAndOfSettings) {
    const std::string spec = tiny();
    ASSERT_EQ(cli("run " + spec + " --name proven --stop-at 2").code, 0);
    const Said run = cli("selftest proven --steps 6 --json");
    ASSERT_EQ(run.code, 0) << run.out << run.err;
    const Json found = run.last();
    EXPECT_EQ(found["same"], true);
    EXPECT_EQ(found["steps"], 6);
    EXPECT_EQ(found["resumed_after"], Json::array({2, 5}));
    EXPECT_GT(found["tensors"].get<int>(), 10);
    // The run itself is as it was, and nothing is left behind.
    EXPECT_EQ(cli("show proven --json").last()["steps"], 2);
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_ / "workspace" / "cache"))
        EXPECT_FALSE(entry.path().filename().string().starts_with("self-test-")) << entry.path();

    const Said settings = cli("selftest " + spec + " --steps 4 --resumes 1 --set training.accumulation=2");
    EXPECT_EQ(settings.code, 0) << settings.err;
    EXPECT_NE(settings.out.find("Exact to the bit: 4 steps in one go"), std::string::npos) << settings.out;
    EXPECT_NE(settings.out.find("accumulation 2"), std::string::npos) << settings.out;
}

TEST_F(SelfTestVerb, SaysWhatItCannotTest) {
    EXPECT_EQ(cli("selftest").code, 2);
    ASSERT_EQ(cli("selftest " + tiny() + " --steps 2 --resumes 1").code, 0);
    const Said nobody = cli("selftest nobody");
    EXPECT_NE(nobody.code, 0);
    EXPECT_NE(nobody.err.find("nobody"), std::string::npos) << nobody.err;
    EXPECT_EQ(cli("selftest " + tiny() + " --set backbone.width=0").code, 2);
    ASSERT_EQ(cli("run " + tiny() + " --name proven --set training.budget=2").code, 0);
    const Said other = cli("selftest proven --data '" + tiny() + "'");
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("--data"), std::string::npos) << other.err;
}

}  // namespace
}  // namespace gw
