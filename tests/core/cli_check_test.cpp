#include "core/cli_fixture.h"

namespace gw {
namespace {

using CheckVerb = CliTest;

TEST_F(CheckVerb, TellsWhatEachCheckFound) {
    const Said all = cli("check " + tiny() + " --steps 20 --only first_loss --only gradients --json");
    ASSERT_EQ(all.code, 0) << all.out << all.err;
    const Json found = all.last();
    EXPECT_EQ(found["wrong"], false);
    ASSERT_EQ(found["checks"].size(), 2U);
    EXPECT_EQ(found["checks"][0]["check"], "first_loss");
    const Said words = cli("check " + tiny() + " --steps 20 --only rate");
    EXPECT_NE(words.out.find("Learning rate: "), std::string::npos) << words.out << words.err;
    EXPECT_EQ(cli("runs --json").last()["runs"].size(), 0U) << "nothing of it is kept";
}

TEST_F(CheckVerb, SaysWhatItCannotCheck) {
    EXPECT_EQ(cli("check").code, 2);
    const Said unknown = cli("check " + tiny() + " --only horoscope");
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("first_loss"), std::string::npos) << unknown.err;
    EXPECT_NE(cli("check nobody").code, 0);
}

}  // namespace
}  // namespace gw
