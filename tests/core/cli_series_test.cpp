#include <algorithm>
#include <cmath>

#include "core/cli_fixture.h"

// A forecast from a table to a table, as the command line makes it.
namespace gw {
namespace {

TEST_F(CliTest, AForecastOfASeriesIsWrittenAsATable) {
    std::string rows = "time,wave,slope\n";
    for (int i = 0; i < 200; ++i)
        rows += "2024-01-" + std::string(i / 24 < 9 ? "0" : "") + std::to_string(i / 24 + 1) + " " +
                std::to_string(i % 24) + ":00," + std::to_string(std::sin(0.5 * i)) + "," + std::to_string(0.1 * i) +
                "\n";
    const std::string waves = file("waves.csv", rows);
    const Said trained = cli("run --recipe etth1-nlinear --name waves --data '" + waves +
                             "' --set dataset.look_back=24 --set dataset.horizon=4 --set dataset.whole_batches=0 "
                             "--set training.budget=2");
    ASSERT_EQ(trained.code, 0) << trained.err;
    EXPECT_NE(trained.out.find("windows and"), std::string::npos) << trained.out;
    EXPECT_NE(trained.out.find("test/naive_loss"), std::string::npos) << trained.out;
    EXPECT_NE(cli("runs").out.find("WINDOWS"), std::string::npos);
    const std::string table = (folder_ / "next.csv").string();
    ASSERT_EQ(cli("forecast waves --out '" + table + "'").code, 0);
    const std::string written = read_file(table).or_throw();
    EXPECT_TRUE(written.starts_with("file,row,step,wave,slope\nwaves.csv,202,1,")) << written;
    EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1 + 4);
    EXPECT_EQ(cli("forecast waves --out '" + table + "'").code, 2) << "it is there already";
    EXPECT_NE(cli("look waves 1").out.find("forecast"), std::string::npos);
    const Said other = cli("forecast waves --data '" + waves + "' --set dataset.columns='[\"wave\"]'");
    EXPECT_NE(other.code, 0);
    EXPECT_NE(other.err.find("2 columns"), std::string::npos) << other.err;
    for (const char* verb : {"sample waves --prompt a", "embed waves", "cluster waves", "baselines waves"}) {
        const Said said = cli(verb);
        EXPECT_NE(said.code, 0) << verb;
        EXPECT_EQ(said.err.find("internal"), std::string::npos) << said.err;
    }
}

}  // namespace
}  // namespace gw
