#include "core/cli_fixture.h"

namespace gw {
namespace {

TEST_F(CliTest, FormerNamesGoOnWorkingAndStandInNoHelp) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name tiny").code, 0);
    const Said now = cli("live-settings tiny --rate-scale 0.5"), former = cli("knobs tiny --rate-scale 0.5");
    EXPECT_EQ(now.code, 2) << "it is over";
    EXPECT_EQ(former.code, now.code);
    EXPECT_EQ(former.err, now.err);
    EXPECT_EQ(cli("knobs --help").out, cli("live-settings --help").out);
    EXPECT_EQ(cli("show tiny --spec").out, cli("show tiny --settings").out);
    EXPECT_TRUE(Json::parse(cli("show tiny --spec").out, nullptr, false).is_object());
    const std::string help = cli("--help").out;
    EXPECT_NE(help.find("live-settings"), std::string::npos);
    EXPECT_EQ(help.find("knobs"), std::string::npos);
    EXPECT_EQ(cli("show --help").out.find("--spec"), std::string::npos);
    // A run may be called as a verb once was.
    ASSERT_EQ(cli("rename tiny knobs").code, 0);
    EXPECT_EQ(cli("show knobs --json").code, 0);
}

TEST_F(CliTest, HelpSpeaksTheWordsOfTheField) {
    for (const std::string verb : {"", "run", "sequence", "probe", "pilot", "cross-validate", "live-settings", "show",
                                   "queue add", "finetune", "predict", "tokenizer"}) {
        const Said help = cli(verb + " --help");
        ASSERT_EQ(help.code, 0) << verb << help.err;
        for (const char* word :
             {"knob", "judge ", "judged once", "neighbour", " spec ", " spec\n", " spec;", "SPEC.json"})
            EXPECT_EQ(help.out.find(word), std::string::npos) << verb << " says \"" << word << "\"\n" << help.out;
    }
}

TEST_F(CliTest, TablesNeverCutTheNameOfARun) {
    const std::string name =
        "shakespeare 2x64 lr 3e-3 and a name that goes on and on until it is far longer than any "
        "column of a terminal of eighty characters, the end";
    ASSERT_EQ(cli("run '" + tiny() + "' --name '" + name + "'").code, 0);
    ASSERT_EQ(cli("fork '" + name + "' --set training.budget=25 --name '" + name + " 2'").code, 0);
    ASSERT_EQ(cli("queue add '" + tiny() + "' --name '" + name + " 3'").code, 0);
    for (const std::string& verb : {std::string("runs"), "show '" + name + " 2'", "lineage '" + name + " 2'"})
        EXPECT_NE(cli(verb).out.find(name + " 2"), std::string::npos) << verb << "\n" << cli(verb).out;
    EXPECT_NE(cli("queue").out.find(name + " 3"), std::string::npos);
}

}  // namespace
}  // namespace gw
