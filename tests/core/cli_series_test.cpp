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
    for (const char* verb : {"sample waves --prompt a", "baselines waves"}) {
        const Said said = cli(verb);
        EXPECT_NE(said.code, 0) << verb;
        EXPECT_EQ(said.err.find("internal"), std::string::npos) << said.err;
    }
}

TEST_F(CliTest, AStateIsLearntOfWindowsOfASeries) {
    // The state is whether the wave has risen over the last rows.
    std::string rows = "time,wave,state\n", end = "wave\n";
    for (int i = 0; i < 600; ++i) {
        const double wave = std::sin(0.3 * i);
        rows += std::to_string(i) + "," + std::to_string(wave) + "," + (std::cos(0.3 * i) > 0 ? "up" : "down") + "\n";
    }
    for (int i = 0; i < 8; ++i) end += std::to_string(std::sin(0.3 * (i - 8))) + "\n";
    const std::string waves = file("waves.csv", rows);
    const std::string spec = file("states.json", R"({"dataset": {"kind": "series"}, "split": {"kind": "tail"},
        "tokenizer": {"kind": "none"}, "backbone": {"kind": "series_rnn", "width": 16, "memory": 8},
        "objective": {"kind": "classification", "pooling": "last"}, "optimizer": {"kind": "adam", "lr": 0.01},
        "training": {"budget": 120, "budget_unit": "steps", "micro_batch": 32}, "evaluation": {"every": 40}})");
    const std::string windows = "--data '" + waves +
                                "' --set dataset.labels=class --set dataset.columns='[\"wave\"]' "
                                "--set dataset.look_back=8 --set split.validation=0.2 ";
    const Said trained = cli("run '" + spec + "' --name states " + windows);
    ASSERT_EQ(trained.code, 0) << trained.err << trained.out;
    EXPECT_GT(cli("show states --json").last()["scores"]["validation/accuracy"].get<double>(), 0.9);
    for (const std::string& how : {"'" + end + "'", "< '" + file("end.csv", end) + "'"}) {
        const Said told = cli("predict states " + how);
        ASSERT_EQ(told.code, 0) << told.err;
        EXPECT_TRUE(told.out.starts_with("up")) << told.out;
    }
    EXPECT_TRUE(cli("predict states '" + rows + "'").out.starts_with("down")) << "the rows that it was trained on";
    EXPECT_NE(cli("predict states < /dev/null").err.find("There are no rows"), std::string::npos);
    EXPECT_NE(cli("predict states '1,2\n3,4'").err.find("the data has 2"), std::string::npos);
    EXPECT_NE(cli("predict states 0.1").err.find("looks back at 8"), std::string::npos);
    const Said classic = cli("baselines states");
    EXPECT_EQ(classic.code, 0) << classic.err;
    EXPECT_NE(classic.out.find("Random forest"), std::string::npos) << classic.out;
    EXPECT_EQ(cli("mistakes states").code, 0);
    EXPECT_NE(cli("look states 3").out.find("wave"), std::string::npos);
    EXPECT_EQ(cli("embed states").code, 0);
    EXPECT_EQ(cli("embed states --features data --method ica").code, 0);
    EXPECT_NE(cli("cluster states --features data --method ward --clusters 3").out.find("adjusted Rand"),
              std::string::npos);
    EXPECT_NE(cli("outliers states").out.find("stand apart from their 20 nearest"), std::string::npos);
    EXPECT_NE(cli("forecast states").err.find("forecasts nothing"), std::string::npos);
    // What a forecast has learnt is taken over.
    const Said before = cli("run --recipe etth1-lstm --name before --data '" + waves +
                            "' --set dataset.columns='[\"wave\"]' --set dataset.look_back=8 --set dataset.horizon=2 "
                            "--set dataset.whole_batches=0 --set backbone.width=16 --set training.budget=2");
    ASSERT_EQ(before.code, 0) << before.err;
    const Said after = cli("finetune before --name after " + windows +
                           "--set training.budget=60 --set training.budget_unit=steps --set optimizer.lr=0.01");
    ASSERT_EQ(after.code, 0) << after.err;
    EXPECT_NE(cli("lineage after").out.find("before"), std::string::npos);
    EXPECT_NE(cli("evaluate before --data '" + waves + "' --set dataset.labels=class").err.find("dataset.labels=none"),
              std::string::npos);
    EXPECT_NE(cli("evaluate states --data '" + waves + "' --set dataset.labels=none").err.find("on labels of windows"),
              std::string::npos);
    EXPECT_NE(cli("embed before").err.find("is its forecast"), std::string::npos);
    EXPECT_EQ(cli("embed before --features data").code, 0);
}

}  // namespace
}  // namespace gw
