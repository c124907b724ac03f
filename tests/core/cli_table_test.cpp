#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "core/cli_fixture.h"

// Tables from the command line: a class and a number of each row, asked for in words, and held against classic methods.
namespace gw {
namespace {

using testing::HasSubstr;

class CliTables : public CliTest {
  protected:
    /// Two measures and a colour; the sort follows from one measure and the colour, the price is a plane of both
    /// measures.
    std::string things(const std::string& name = "things.csv", int rows = 240) const {
        std::string text = "size,colour,weight,price,sort\n";
        for (int i = 0; i < rows; ++i) {
            const int size = i * 37 % 100, weight = i * 61 % 90;
            const bool red = i % 3 == 0;
            text += std::to_string(size) + (red ? ",red," : ",blue,") + std::to_string(weight) + "," +
                    std::to_string(5 + 2 * size - 3 * weight) + (red == (size > 50) ? ",warm\n" : ",cold\n");
        }
        return file(name, text);
    }
    static std::string quick() {
        return " --set evaluation.every=0 --set saving.every=0 --set monitoring.energy=false";
    }
};

TEST_F(CliTables, AClassOfEachRow) {
    const std::string data = things();
    const Said trained = cli("run --recipe table-classifier --name sorts --data '" + data +
                             "' --set 'dataset.columns=[\"size\", \"colour\", \"weight\"]' --set training.budget=60 "
                             "--set training.budget_unit=epochs --set training.micro_batch=16" +
                             quick());
    ASSERT_EQ(trained.code, 0) << trained.err;
    EXPECT_THAT(trained.out, HasSubstr("rows and"));
    EXPECT_THAT(cli("runs").out, HasSubstr("ROWS"));
    const Json scores = cli("evaluate sorts --json").last();
    EXPECT_GT(scores["accuracy"].get<double>(), 0.9) << scores.dump();
    const Said asked = cli("predict sorts 'size=90, colour=red, weight=10' 'weight 10\nsize 90\ncolour blue'");
    ASSERT_EQ(asked.code, 0) << asked.err;
    EXPECT_THAT(asked.out, HasSubstr("warm"));
    EXPECT_THAT(asked.out, HasSubstr("cold"));
    const Said strange = cli("predict sorts 'size=90, colour=green, weight=10'");
    EXPECT_NE(strange.code, 0);
    EXPECT_THAT(strange.err, HasSubstr("\"blue\", \"red\""));
    EXPECT_THAT(cli("look sorts 1").out, HasSubstr("colour red"));
    const Json other = cli("evaluate sorts --data '" + things("other.csv", 90) + "' --json").last();
    EXPECT_GT(other["accuracy"].get<double>(), 0.9) << other.dump();
    const Said turned = cli("evaluate sorts --data '" +
                            file("turned.csv", "colour,size,weight,sort\nred,1,2,warm\nblue,3,4,cold\n") + "'");
    EXPECT_EQ(turned.code, 0) << "columns go by their names: " << turned.err;
    const Json methods = cli("baselines sorts --json").last()["methods"];
    EXPECT_EQ(methods.size(), 6U) << methods.dump();
    for (const char* verb : {"embed sorts", "cluster sorts", "neighbours sorts", "sample sorts --prompt a"}) {
        const Said said = cli(verb);
        EXPECT_EQ(said.err.find("internal"), std::string::npos) << said.err;
    }
    EXPECT_EQ(cli("embed sorts").code, 0);
}

TEST_F(CliTables, ANumberOfEachRow) {
    const Said trained =
        cli("run --recipe table-regression --name prices --data '" + things() +
            "' --set dataset.target=price --set 'dataset.columns=[\"size\", \"weight\"]' "
            "--set training.budget=60 --set training.budget_unit=epochs --set training.micro_batch=16" +
            quick());
    ASSERT_EQ(trained.code, 0) << trained.err;
    const Json scores = cli("evaluate prices --json").last();
    EXPECT_GT(scores["r2"].get<double>(), 0.95) << scores.dump();
    const Json report = cli("baselines prices --json").last();
    std::map<std::string, Json> methods;
    for (const Json& method : report["methods"]) methods[method["method"]] = method;
    EXPECT_LT(methods["linear_regression"]["rmse"].get<double>(), 1e-3) << report.dump();
    EXPECT_GT(methods["linear_regression"]["r2"].get<double>(), 0.999999);
    EXPECT_NEAR(methods["mean"]["r2"].get<double>(), 0, 0.1);
    EXPECT_NEAR(report["network"]["rmse"].get<double>(), scores["rmse"].get<double>(), 1e-3);
    EXPECT_THAT(cli("baselines prices").out, HasSubstr("RMSE"));
    const Said said = cli("predict prices 'size=50, weight=20'");
    ASSERT_EQ(said.code, 0) << said.err;
}

TEST_F(CliTables, RowsAreDrawnOutOfNothing) {
    const Said trained =
        cli("run --recipe ring-gan --name ring --set dataset.rows=2000 --set training.budget=20 "
            "--set training.micro_batch=32 --set evaluation.every=10 --set sampling.every=10 --set saving.every=0");
    ASSERT_EQ(trained.code, 0) << trained.err;
    EXPECT_THAT(trained.out, HasSubstr("validation/near_modes"));
    EXPECT_THAT(trained.out, HasSubstr("validation/modes_drawn"));
    EXPECT_THAT(trained.out, HasSubstr("validation/frechet"));
    fs::path pictures;
    for (const fs::directory_entry& run : fs::directory_iterator(folder_ / "workspace" / "runs"))
        pictures = run.path() / "pictures";
    EXPECT_TRUE(fs::exists(pictures / "20-scatter.png"));
    const std::string table = (folder_ / "drawn.csv").string();
    ASSERT_EQ(cli("draw ring --count 70 --seed 3 --out '" + table + "'").code, 0);
    const std::string written = read_file(table).or_throw();
    EXPECT_TRUE(written.starts_with("x1,x2\n")) << written.substr(0, 40);
    EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 71);
    ASSERT_EQ(cli("draw ring --count 70 --seed 3 --replace --out '" + table + "'").code, 0);
    EXPECT_EQ(read_file(table).or_throw(), written) << "the same seed draws the same";
    EXPECT_THAT(cli("draw ring --judge ring").err, HasSubstr("draws rows of a table"));
    EXPECT_THAT(cli("sample ring --prompt a").err, HasSubstr("groundwork-cli draw"));
    const Said bell =
        cli("run --recipe gauss-diffusion --name bell --set dataset.rows=600 --set training.budget=10 "
            "--set training.micro_batch=16 --set evaluation.every=0 --set sampling.every=0 --set saving.every=0");
    ASSERT_EQ(bell.code, 0) << bell.err;
    EXPECT_EQ(cli("draw bell --count 5 --out '" + (folder_ / "bell.csv").string() + "'").code, 0);
}

TEST_F(CliTables, RowsAreKeptAsShortCodes) {
    const std::string small =
        " --set dataset.rows=600 --set training.budget=20 --set training.micro_batch=32 --set evaluation.every=10 "
        "--set sampling.every=10 --set saving.every=0";
    const Said trained = cli("run --recipe factors-vae --name hidden" + small);
    ASSERT_EQ(trained.code, 0) << trained.err;
    for (const char* metric : {"validation/divergence", "validation/frechet", "validation/active_codes"})
        EXPECT_THAT(trained.out, HasSubstr(metric));
    for (const fs::directory_entry& run : fs::directory_iterator(folder_ / "workspace" / "runs"))
        for (const char* picture : {"20-scatter.png", "20-redrawn.png"})
            EXPECT_TRUE(fs::exists(run.path() / "pictures" / picture)) << picture;
    EXPECT_EQ(cli("draw hidden --count 5 --out '" + (folder_ / "hidden.csv").string() + "'").code, 0);
    EXPECT_THAT(cli("look hidden 1").out, HasSubstr("→ x1 "));
    const Said crossed = cli("run --recipe factors-vae --set objective.likelihood=bernoulli" + small);
    EXPECT_NE(crossed.code, 0);
    EXPECT_THAT(crossed.out + crossed.err, HasSubstr("objective.likelihood=gaussian"));
    EXPECT_THAT(crossed.out + crossed.err, HasSubstr("column x1"));
    const Said plain = cli("run --recipe factors-vae --name plain --set objective.kind=autoencoder" + small);
    ASSERT_EQ(plain.code, 0) << plain.err;
    EXPECT_THAT(cli("draw plain --out '" + (folder_ / "plain.csv").string() + "'").err,
                HasSubstr("draws no pictures out of nothing"));
}

TEST_F(CliTables, ATableIsTunedOnAnother) {
    ASSERT_EQ(cli("run --recipe table-classifier --name first --data '" + things() +
                  "' --set 'dataset.columns=[\"size\", \"colour\"]' --set training.budget=3 --set "
                  "training.budget_unit=steps" +
                  quick())
                  .code,
              0);
    const Said tuned = cli("finetune first --name second --data '" + things("more.csv", 100) +
                           "' --set training.budget=3 --set training.budget_unit=steps" + quick());
    EXPECT_EQ(tuned.code, 0) << tuned.err;
    const Said words =
        cli("finetune first --name third --data '" +
            file("lone.csv", "size,sort\n1,warm\n2,cold\n3,warm\n4,cold\n5,warm\n6,cold\n7,warm\n8,cold\n") +
            "' --set 'dataset.columns=[\"size\"]' --set training.budget=3" + quick());
    EXPECT_NE(words.code, 0);
    EXPECT_THAT(words.err, HasSubstr("made for 2 columns"));
}

}  // namespace
}  // namespace gw
