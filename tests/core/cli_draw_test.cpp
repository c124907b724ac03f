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

TEST_F(CliTest, AModelThatIsToldClassesDrawsThoseThatAreAskedFor) {
    const std::string tiny =
        " --set objective.by_class=true --set objective.sampler_steps=5 --set objective.noise_steps=20 --set "
        "training.budget=6 --set training.budget_unit=steps --set training.micro_batch=16 --set evaluation.every=6 "
        "--set sampling.every=6";
    const Said trained =
        cli("run --recipe gauss-diffusion --name ring --set dataset.modes=3 --set dataset.rows=400" + tiny);
    ASSERT_EQ(trained.code, 0) << trained.err;
    const std::string report = (folder_ / "ring.html").string();
    ASSERT_EQ(cli("report ring --out '" + report + "'").code, 0);
    EXPECT_NE(read_file(report).or_throw().find("mode 2:"), std::string::npos) << "each row is told with its class";
    const std::string file = (folder_ / "rows.csv").string();
    const auto rows_of = [&](const std::string& options) {
        const Said drawn = cli("draw ring --count 7 --replace --out '" + file + "'" + options);
        EXPECT_EQ(drawn.code, 0) << drawn.err;
        return read_file(file).or_throw();
    };
    const std::string all = rows_of("");
    EXPECT_EQ(all.substr(0, 9), "class,x1\n");
    const auto count_of = [](const std::string& text, const std::string& word) {
        int found = 0;
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
        return found;
    };
    EXPECT_EQ(count_of(all, "mode 1,"), 3);
    EXPECT_EQ(count_of(all, "mode 3,"), 2);
    const std::string one = rows_of(" --class 'mode 2'");
    EXPECT_EQ(count_of(one, "mode 2,"), 7);
    EXPECT_NE(rows_of(" --class 'mode 2' --guidance 3"), one);
    EXPECT_EQ(rows_of(" --class 'mode 2' --guidance 0"), one);
    const Said unknown = cli("draw ring --class 'mode 9' --replace --out '" + file + "'");
    EXPECT_NE(unknown.code, 0);
    EXPECT_NE(unknown.err.find("\"mode 1\", \"mode 2\", \"mode 3\""), std::string::npos) << unknown.err;

    // Pictures: a row of the sheet for each class, on the way and when asked.
    const Said drawing =
        cli("run --recipe mnist-diffusion --name shapes --set dataset.kind=shapes --set split.kind=by_document --set "
            "split.validation=0.2 --set split.test=0.2 --set dataset.pictures=60 "
            "--set dataset.size=16 --set backbone.channels=4 --set backbone.groups=2 --set backbone.stages=1" +
            tiny);
    ASSERT_EQ(drawing.code, 0) << drawing.err;
    bool sheet = false;
    for (const fs::directory_entry& run : fs::directory_iterator(folder_ / "workspace" / "runs"))
        sheet = sheet || fs::exists(run.path() / "pictures" / "6-classes.png");
    EXPECT_TRUE(sheet);
    const Said evaluated = cli("evaluate shapes --part test");
    EXPECT_EQ(evaluated.code, 0) << evaluated.err;
    const std::string picture = (folder_ / "sheet.png").string();
    const Said sheets = cli("draw shapes --count 12 --out '" + picture + "'");
    EXPECT_EQ(sheets.code, 0) << sheets.err;
    EXPECT_EQ(cli("draw shapes --count 12 --out '" + picture + ".csv'").code, 2) << "a picture is no table";
    EXPECT_FALSE(fs::exists(picture + ".csv"));
    EXPECT_EQ(cli("draw ring --out '" + picture + "' --replace").code, 2) << "and rows are no picture";
    EXPECT_EQ(cli("draw ring --guidance nan --replace --out '" + file + "'").code, 2);

    const Said plain =
        cli("run --recipe gauss-diffusion --name plain --set dataset.rows=400 --set objective.by_class=false" +
            tiny.substr(std::string(" --set objective.by_class=true").size()));
    ASSERT_EQ(plain.code, 0) << plain.err;
    const Said none = cli("draw plain --class 'mode 1' --replace --out '" + file + "'");
    EXPECT_NE(none.code, 0);
    EXPECT_NE(none.err.find("objective.by_class=true"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace gw
