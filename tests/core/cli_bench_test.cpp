#include <algorithm>
#include <map>

#include "core/cli_fixture.h"

namespace gw {
namespace {

using BenchVerb = CliTest;

constexpr const char* tiny_shape =
    "--layers 1 --width 16 --heads 2 --context 16 --batch 4 --vocabulary 64 --threads 1 --precision fp32 ";

/// What a measurement made for itself is gone.
void expect_nothing_left(const fs::path& cache) {
    for (const fs::directory_entry& entry : fs::directory_iterator(cache))
        EXPECT_FALSE(entry.path().filename().string().starts_with("bench-")) << entry.path();
}

TEST_F(BenchVerb, MeasuresStepsOfAShape) {
    const Said said = cli(std::string("bench ") + tiny_shape + "--steps 6 --warmup 1 --json");
    ASSERT_EQ(said.code, 0) << said.err;
    const Json found = said.last();
    EXPECT_EQ(found["steps"], 6);
    EXPECT_EQ(found["units_per_step"], 64);
    EXPECT_EQ(found["unit"], "tokens");
    EXPECT_EQ(found["threads"], 1);
    EXPECT_EQ(found["precision"], "fp32");
    // Of a plain GPT whose output has weights of its own: 64 x 16 twice, 16 x 16 places, a block, and a norm.
    EXPECT_EQ(found["parameters"], 2 * 64 * 16 + 16 * 16 + (12 * 16 * 16 + 13 * 16) + 2 * 16);
    EXPECT_GT(found["ms_per_step"].get<double>(), 0);
    EXPECT_LE(found["ms_per_step_quartiles"]["low"], found["ms_per_step_quartiles"]["high"]);
    EXPECT_NEAR(found["units_per_second"].get<double>() * found["ms_per_step"].get<double>(), 64e3, 1);
    ASSERT_FALSE(found["products"].empty());
    for (const Json& product : found["products"]) EXPECT_GT(product["flops_per_second"].get<double>(), 0) << product;
    EXPECT_NEAR(found["share_of_bound"].get<double>(),
                found["bound_ms"].get<double>() / found["ms_per_step"].get<double>(), 1e-9);
    EXPECT_GT(found["peak_memory"].get<double>(), 1e6);
    EXPECT_FALSE(found["processor"].get<std::string>().empty());
    expect_nothing_left(folder_ / "workspace" / "cache");

    const Said text = cli(std::string("bench ") + tiny_shape + "--steps 3 --warmup 0 --no-products");
    ASSERT_EQ(text.code, 0) << text.err;
    for (const char* said_of : {"Processor", "AVX2", "AVX-512", "Step", "Speed", "tokens/s", "Peak memory"})
        EXPECT_NE(text.out.find(said_of), std::string::npos) << said_of << "\n" << text.out;
    EXPECT_EQ(text.out.find("Bound"), std::string::npos) << text.out;
}

TEST_F(BenchVerb, MeasuresSettingsAndTheirParts) {
    const std::string spec = tiny();
    const Said steps = cli("bench " + spec + " --steps 4 --warmup 1 --json");
    ASSERT_EQ(steps.code, 0) << steps.err;
    EXPECT_EQ(steps.last()["rows_per_step"], 4);
    // The same model on random tokens needs none of the data.
    EXPECT_EQ(cli("bench " + spec + " --vocabulary 64 --steps 2 --warmup 0 --no-products --json").code, 0);
    const std::map<std::string, std::string> parts{
        {"tokenizing", "MB/s"},     {"sampling", "tokens/s"},           {"saving", "MB/s"},
        {"evaluating", "tokens/s"}, {"store --points 400", "a second"}, {"order --tokens 64000", "ns"}};
    for (const auto& [part, unit] : parts) {
        const Said said = cli("bench " + spec + " --json --part " + part);
        ASSERT_EQ(said.code, 0) << part << ": " << said.err;
        const Json figures = said.last()["figures"];
        EXPECT_TRUE(std::any_of(figures.begin(), figures.end(),
                                [&, unit = unit](const Json& figure) {
                                    return figure["unit"] == unit && figure["value"]["median"].get<double>() > 0;
                                }))
            << part << ": " << said.out;
        expect_nothing_left(folder_ / "workspace" / "cache");
    }
    // Nothing of it is a run.
    EXPECT_EQ(cli("runs --json").out.find("\"id\""), std::string::npos);
}

TEST_F(BenchVerb, TheOrderMeetsEveryWindowOnce) {
    // It fails where an epoch does not: of an odd and an even number of windows.
    for (const char* tokens : {"640", "64064"}) {
        const Said said = cli(std::string("bench --part order --json --tokens ") + tokens);
        ASSERT_EQ(said.code, 0) << said.err;
        const Json windows = said.last()["figures"][0];
        EXPECT_EQ(windows["value"]["median"].get<std::int64_t>(), std::stoll(tokens) / 64) << said.out;
    }
    EXPECT_EQ(cli("bench --part order --tokens 1").code, 2);
    // A model that is not measured need not be sound.
    EXPECT_EQ(cli("bench --width 7 --heads 2 --part order --tokens 640 --json").code, 0);
    EXPECT_EQ(cli("bench --width 7 --heads 2 --part store --points 400 --json").code, 0);
    EXPECT_EQ(cli("bench --width 7 --heads 2 --steps 1 --json").code, 2);
}

TEST_F(BenchVerb, WritesTheSameTextEitherWay) {
    const Said said = cli(std::string("bench ") + tiny_shape + "--part sampling --json");
    ASSERT_EQ(said.code, 0) << said.err;
    const Json told = said.last();
    for (const Json& figure : told["figures"])
        if (figure["name"] == "tokens that both wrote alike") {
            EXPECT_EQ(figure["unit"], "of " + std::to_string(figure["value"]["median"].get<int>())) << said.out;
            return;
        }
    FAIL() << said.out;
}

TEST_F(BenchVerb, SaysWhatItCannotMeasure) {
    EXPECT_EQ(cli("bench --heads 3").code, 2);
    EXPECT_EQ(cli("bench --vocabulary 2").code, 2);
    EXPECT_EQ(cli("bench --part nothing").code, 2);
    EXPECT_EQ(cli("bench --data here.txt").code, 2);
    const Said nothing = cli(std::string("bench ") + tiny_shape + "--part tokenizing");
    EXPECT_EQ(nothing.code, 2);
    EXPECT_NE(nothing.err.find("Random tokens"), std::string::npos) << nothing.err;
    const Said labels = cli("bench " + labelled() + " --part sampling");
    EXPECT_EQ(labels.code, 2);
    EXPECT_NE(labels.err.find("writes no text"), std::string::npos) << labels.err;
}

TEST_F(BenchVerb, PlansWhatFitsIntoATime) {
    const Said said = cli(std::string("plan ") + tiny_shape + "--hours 2 --sizes 1,2,4 --json");
    ASSERT_EQ(said.code, 0) << said.err;
    const Json plan = said.last();
    ASSERT_EQ(plan["sizes"].size(), 3U);
    EXPECT_EQ(plan["sizes"][0]["size"], "1×16");
    EXPECT_EQ(plan["sizes"][1]["size"], "2×32");
    EXPECT_EQ(plan["sizes"][2]["size"], "4×64");
    for (const Json& one : plan["sizes"]) {
        EXPECT_NEAR(one["units"].get<double>(), 7200 * one["units_per_second"].get<double>(), 1) << one;
        EXPECT_GT(one["units_per_second"].get<double>(), 0);
        EXPECT_GT(one["memory"].get<double>(), 0);
        EXPECT_EQ(one["spec"]["training"]["budget_unit"], "tokens");
    }
    EXPECT_EQ(plan["sizes"][0]["known_by"], "measured");
    EXPECT_LT(plan["sizes"][0]["parameters"], plan["sizes"][2]["parameters"]);
    // The smallest sees the most tokens for each of its parameters; of these sizes all see far more than 20.
    EXPECT_EQ(plan["advised"], 2);
    const Said text = cli(std::string("plan ") + tiny_shape + "--hours 2 --sizes 1,2");
    EXPECT_NE(text.out.find("advised"), std::string::npos) << text.out;
    const Said none = cli("plan --hours 0");
    EXPECT_EQ(none.code, 2);
    EXPECT_NE(none.err.find("--hours: 0 must be above 0"), std::string::npos) << none.err;
    EXPECT_NE(cli(std::string("plan ") + tiny_shape + "--scaling nobody").code, 0);
}

TEST_F(BenchVerb, AScalingStudyIsQueuedTrainedAndFitted) {
    const std::string begin = "scaling grown --settings " + tiny() +
                              " --set backbone.width=32 --set training.budget=1 --sizes 0.5,1,2 --seeds 2 "
                              "--units-per-parameter 0.5";
    const Said queued = cli(begin);
    ASSERT_EQ(queued.code, 0) << queued.err;
    EXPECT_NE(queued.out.find("6 runs"), std::string::npos) << queued.out;
    EXPECT_EQ(cli(begin).code, 2);  // there is one of that name already
    const Said early = cli("scaling grown");
    EXPECT_NE(early.code, 0);
    EXPECT_NE(early.err.find("too few"), std::string::npos) << early.err;
    ASSERT_EQ(cli("queue run").code, 0);
    const Said law = cli("scaling grown --json --svg " + path("law.svg"));
    ASSERT_EQ(law.code, 0) << law.err;
    const Json found = law.last();
    ASSERT_EQ(found["points"].size(), 6U);
    EXPECT_EQ(found["waiting"], 0);
    EXPECT_GT(found["b"].get<double>(), 0);
    EXPECT_LT(found["points"][0]["flops"], found["points"][5]["flops"]);
    EXPECT_LE(found["forecast"]["low"], found["forecast"]["high"]);
    EXPECT_NE(content("law.svg").find("<svg"), std::string::npos);
    EXPECT_NE(cli("scaling").out.find("grown"), std::string::npos);
    EXPECT_NE(cli("scaling nobody").code, 0);
    EXPECT_EQ(cli("scaling few --settings " + tiny() + " --sizes 1,2").code, 2);
}

}  // namespace
}  // namespace gw
