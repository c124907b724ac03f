#include <cmath>

#include "core/cli_fixture.h"

namespace gw {
namespace {

TEST_F(CliTest, WeightsTellsShapesAndWhatChanged) {
    const Said trained = cli("run '" + tiny() + "' --name tiny");
    ASSERT_EQ(trained.code, 0) << trained.err;
    const Said words = cli("weights tiny");
    ASSERT_EQ(words.code, 0) << words.err;
    EXPECT_NE(words.out.find("backbone.blocks.0."), std::string::npos) << words.out;
    const Json told = cli("weights tiny --json").last();
    std::int64_t values = 0;
    for (const Json& tensor : told["tensors"]) {
        values += tensor["values"].get<std::int64_t>();
        EXPECT_EQ(tensor["not_finite"], 0);
        std::int64_t product = 1, counted = 0;
        for (const auto& length : tensor["shape"]) product *= length.get<std::int64_t>();
        for (const auto& count : tensor["histogram"]) counted += count.get<std::int64_t>();
        EXPECT_EQ(product, tensor["values"]) << tensor;
        EXPECT_EQ(counted, tensor["values"]) << tensor;
    }
    EXPECT_NE(cli("card tiny").out.find("| parameters | " + grouped(values) + " |"), std::string::npos) << values;

    const std::string first =
        told["checkpoint"].get<std::string>().substr(0, told["checkpoint"].get<std::string>().rfind('/')) +
        "/step-00000010";
    const Said moved = cli("weights tiny --newest --against '" + first + "' --json");
    ASSERT_EQ(moved.code, 0) << moved.err;
    EXPECT_EQ(moved.last()["against"]["step"], 10);
    double most = 0;
    const Json moved_by = moved.last(), nothing = cli("weights tiny --against tiny --json").last();
    for (const Json& tensor : moved_by["tensors"]) most = std::max(most, tensor["change"]["share"].get<double>());
    EXPECT_GT(most, 0);
    for (const Json& tensor : nothing["tensors"]) EXPECT_EQ(tensor["change"]["norm"], 0);

    const std::string matrix = "backbone.blocks.0.attention.qkv.weight";
    const Said one = cli("weights tiny --weight " + matrix);
    EXPECT_EQ(one.code, 0) << one.err;
    EXPECT_NE(one.out.find("effective rank"), std::string::npos) << one.out;
    const Json spectrum = cli("weights tiny --weight " + matrix + " --json").last();
    ASSERT_EQ(spectrum["tensors"].size(), 1U);
    double squares = 0;
    for (const auto& value : spectrum["singular_values"]["values"]) squares += std::pow(value.get<double>(), 2);
    EXPECT_NEAR(std::sqrt(squares), spectrum["tensors"][0]["norm"].get<double>(), 1e-6);
    const Said wrong = cli("weights tiny --weight backbone.blocks.0.attention.kqv.weight");
    EXPECT_EQ(wrong.code, 2);
    EXPECT_NE(wrong.err.find(matrix), std::string::npos) << wrong.err;
    EXPECT_EQ(cli("weights tiny --depth 2").code, 0);
}

}  // namespace
}  // namespace gw
