#include "core/cli_fixture.h"

namespace gw {
namespace {

TEST_F(CliTest, EmbedPlacesTheRowsOfAPart) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0);
    const Said by_components = cli("embed base --json");
    ASSERT_EQ(by_components.code, 0) << by_components.err;
    const Json pca = by_components.last();
    ASSERT_TRUE(pca.is_object()) << by_components.out;
    EXPECT_EQ(pca["method"], "pca");
    EXPECT_GT(pca["step"], 0);
    EXPECT_EQ(pca["width"], 16);
    EXPECT_EQ(pca["part_rows"], pca["rows"].size());
    EXPECT_GT(pca["explained"].get<double>(), 0);
    ASSERT_EQ(pca["rows"].size(), 12U);
    for (const Json& row : pca["rows"]) {
        EXPECT_TRUE(row["label"] == "pos" || row["label"] == "neg") << row.dump();
        EXPECT_TRUE(row["x"].is_number() && row["y"].is_number());
        EXPECT_GT(row["row"], 0);
    }
    // The same checkpoint gives the same points, and a file of them that is not written over unasked.
    EXPECT_EQ(cli("embed base --json").last()["rows"], pca["rows"]);
    const std::string out = path("points.csv");
    const Said written = cli("embed base --method tsne --perplexity 3 --rows 8 --out '" + out + "' --json");
    ASSERT_EQ(written.code, 0) << written.err;
    EXPECT_EQ(written.last()["perplexity"], 3);
    const auto lines = split(content("points.csv"), '\n');
    ASSERT_EQ(lines.size(), 10U);  // head, eight rows, and nothing behind the last end of a line
    EXPECT_EQ(lines[0], "document,file,row,label,said,x,y");
    EXPECT_NE(cli("embed base --out '" + out + "'").code, 0);
    EXPECT_EQ(cli("embed base --out '" + out + "' --replace").code, 0);

    EXPECT_NE(cli("embed base --method tsne --perplexity 40").err.find("perplexity of 40"), std::string::npos);
    EXPECT_EQ(cli("embed base --perplexity 5").code, 2);
    EXPECT_NE(cli("embed base --part test").err.find("too few"), std::string::npos);
    EXPECT_EQ(cli("embed base --method umap").code, 2);
}

TEST_F(CliTest, EmbedSaysWhyRunningTextIsNotPlaced) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name text").code, 0);
    const Said refused = cli("embed text");
    EXPECT_NE(refused.code, 0);
    EXPECT_NE(refused.err.find("running text"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace gw
