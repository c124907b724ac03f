#include "core/cli_fixture.h"

// Models that draw pictures, from the command line: what they drew on the way, what they draw when asked, and how near
// that comes to held-out pictures.
namespace gw {
namespace {

TEST_F(CliTest, WhatAModelDrawsIsKeptReportedAndDrawnAgain) {
    const std::string tiny =
        " --set dataset.pictures=240 --set dataset.size=16 --set training.budget=12 --set training.budget_unit=steps "
        "--set training.micro_batch=16 --set evaluation.every=6";
    const Said trained = cli("run --recipe shapes-vae --name drawing --set sampling.every=6" + tiny);
    ASSERT_EQ(trained.code, 0) << trained.err;
    EXPECT_NE(trained.out.find("validation/active_codes"), std::string::npos) << trained.out;
    EXPECT_NE(trained.out.find("validation/frechet"), std::string::npos) << trained.out;
    fs::path pictures;
    for (const fs::directory_entry& run : fs::directory_iterator(folder_ / "workspace" / "runs"))
        pictures = run.path() / "pictures";
    for (const char* name : {"6-drawn", "6-redrawn", "6-between", "12-drawn", "12-redrawn", "12-between"}) {
        const auto bytes = read_file(pictures / (std::string(name) + ".png"));
        ASSERT_TRUE(bytes) << name;
        EXPECT_EQ(bytes.value().substr(1, 3), "PNG") << name;
    }
    EXPECT_NE(read_file(pictures / "6-drawn.png").or_throw(), read_file(pictures / "12-drawn.png").or_throw());
    const std::string report = (folder_ / "report.html").string();
    ASSERT_EQ(cli("report drawing --out '" + report + "'").code, 0);
    const std::string html = read_file(report).or_throw();
    EXPECT_NE(html.find("What it draws"), std::string::npos);
    EXPECT_NE(html.find("src=\"data:image/png;base64,"), std::string::npos);

    const std::string sheet = (folder_ / "drawn.png").string();
    ASSERT_EQ(cli("draw drawing --count 5 --seed 3 --out '" + sheet + "'").code, 0);
    const std::string drawn = read_file(sheet).or_throw();
    EXPECT_EQ(cli("draw drawing --count 5 --seed 4 --out '" + sheet + "'").code, 2) << "it is there already";
    EXPECT_EQ(read_file(sheet).or_throw(), drawn);
    ASSERT_EQ(cli("draw drawing --count 5 --seed 3 --replace --out '" + sheet + "'").code, 0);
    EXPECT_EQ(read_file(sheet).or_throw(), drawn) << "the same seed draws the same";
    ASSERT_EQ(cli("draw drawing --count 5 --seed 4 --replace --out '" + sheet + "'").code, 0);
    EXPECT_NE(read_file(sheet).or_throw(), drawn);
    EXPECT_NE(cli("draw drawing").err.find("--out"), std::string::npos) << "nothing would come of it";
    EXPECT_NE(cli("draw drawing --count 0 --out '" + sheet + "2'").code, 0);

    ASSERT_EQ(cli("run --recipe shapes-cnn --name judge --set dataset.size=16" + tiny).code, 0);
    const Said judged = cli("draw drawing --count 40 --judge judge --json");
    ASSERT_EQ(judged.code, 0) << judged.err;
    const Json quality = Json::parse(judged.out).at("quality");
    EXPECT_EQ(quality.at("drawn"), 40);
    EXPECT_GT(quality.at("frechet").get<double>(), 0);
    EXPECT_LT(quality.at("least_frechet").get<double>(), quality.at("frechet").get<double>());
    double drawn_shares = 0;
    for (const Json& one : quality.at("classes")) drawn_shares += one.at("drawn").get<double>();
    EXPECT_NEAR(drawn_shares, 1, 1e-9);
    const Said none = cli("draw judge --out '" + sheet + "3'");
    EXPECT_NE(none.code, 0);
    EXPECT_NE(none.err.find("draws no pictures"), std::string::npos) << none.err;
    const Said other = cli("draw drawing --count 8 --judge drawing");
    EXPECT_NE(other.code, 0);
    EXPECT_NE(other.err.find("not trained to tell classes"), std::string::npos) << other.err;
}

}  // namespace
}  // namespace gw
