#include "core/cli_fixture.h"

namespace gw {
namespace {

using FlightVerb = CliTest;

TEST_F(FlightVerb, TellsTimeMemoryAndDisk) {
    const Said all = cli("flight " + tiny() + " --steps 3 --others 0 --json");
    ASSERT_EQ(all.code, 0) << all.out << all.err;
    const Json found = all.last();
    EXPECT_EQ(found["can_go"], true);
    EXPECT_EQ(found["run"]["steps"], 20);
    EXPECT_EQ(found["run"]["saves"], 2);
    EXPECT_EQ(found["counted_steps"], 3);
    EXPECT_GT(found["seconds"]["step"]["median"].get<double>(), 0);
    EXPECT_GT(found["memory"]["needed"].get<double>(), 0);
    EXPECT_GT(found["disk"]["checkpoint"].get<double>(), 1000);
    const Said words = cli("flight " + tiny() + " --steps 3 --others 5");
    EXPECT_EQ(words.code, 0) << words.err;
    for (const char* said :
         {"Time: ", "Memory: ", "Disk: ", "Micro-batches: ", "tokens a second", "Nothing speaks against"})
        EXPECT_NE(words.out.find(said), std::string::npos) << said << "\n" << words.out;
    EXPECT_EQ(cli("runs --json").last()["runs"].size(), 0U) << "nothing of it is kept";
    EXPECT_FALSE(fs::exists(fs::path(path("workspace")) / "runs" / "bench-"));
}

TEST_F(FlightVerb, EndsWithOneWhereTheRunCannotGo) {
    const Said memory = cli("flight " + tiny() + " --memory 0.00001");
    EXPECT_EQ(memory.code, 1) << memory.out << memory.err;
    EXPECT_NE(memory.out.find("Memory: wrong"), std::string::npos) << memory.out;
    const Said disk = cli("flight " + tiny() + " --steps 3 --others 0 --disk 0");
    EXPECT_EQ(disk.code, 1) << disk.out << disk.err;
    EXPECT_NE(disk.out.find("Disk: wrong"), std::string::npos) << disk.out;
    EXPECT_NE(disk.out.find("cannot go"), std::string::npos) << disk.out;
}

TEST_F(FlightVerb, SaysWhatItCannotTry) {
    EXPECT_EQ(cli("flight").code, 2);
    const Said missing = cli("flight " + tiny() + " --set dataset.kind=text_files --set dataset.paths=/nowhere/at.txt");
    EXPECT_NE(missing.code, 0);
    EXPECT_NE(missing.err.find("/nowhere/at.txt"), std::string::npos) << missing.err;
    EXPECT_EQ(cli("flight " + tiny() + " --memory none").code, 2);
}

}  // namespace
}  // namespace gw
