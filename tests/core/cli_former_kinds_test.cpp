#include <regex>

#include "core/cli_fixture.h"

namespace gw {
namespace {

class CliFormerKinds : public CliTest {};

TEST_F(CliFormerKinds, AreTakenByEveryVerbAndShownAsTheyAreCalledToday) {
    const Said today = cli("describe objective classification"),
               before = cli("describe objective sequence_classification");
    ASSERT_EQ(before.code, 0) << before.err;
    EXPECT_EQ(before.out, today.out);

    const std::string spec = labelled(),
                      old = std::regex_replace(read_file(spec).or_throw(), std::regex("\"classification\""),
                                               "\"sequence_classification\"");
    ASSERT_NE(old.find("sequence_classification"), std::string::npos);
    const std::string quick = " --set training.budget=2 --json";
    ASSERT_EQ(cli("run '" + file("old.json", old) + "' --name old" + quick).code, 0);
    // By a setting as well, over the same kind: what the spec says of it stays.
    ASSERT_EQ(cli("run '" + spec + "' --name typed --set objective.kind=sequence_classification" + quick).code, 0);
    const Json found = cli("compare old typed --format json").last();
    ASSERT_EQ(found.at("runs").size(), 2U);
    EXPECT_TRUE(found.at("differences").empty()) << found.at("differences").dump();
    for (const char* name : {"classification", "sequence_classification"})
        EXPECT_EQ(cli(std::string("compare --filter objective:") + name + " --format json").last().at("runs").size(),
                  2U)
            << name;
}

}  // namespace
}  // namespace gw
