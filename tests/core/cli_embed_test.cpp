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
    EXPECT_NEAR(pca["shares"][0].get<double>() + pca["shares"][1].get<double>(), pca["explained"].get<double>(), 1e-12);
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

TEST_F(CliTest, ClusterSortsTheRowsOfAPartByFeaturesAlone) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0);
    const Said said = cli("cluster base --clusters 2 --json");
    ASSERT_EQ(said.code, 0) << said.err;
    const Json told = said.last();
    EXPECT_EQ(told["clusters"], 2);
    ASSERT_EQ(told["rows"].size(), 12U);
    std::int64_t first = 0;
    for (const Json& row : told["rows"]) first += row["cluster"] == 1;
    EXPECT_EQ(told["sizes"][0], first);
    EXPECT_GE(told["sizes"][0], told["sizes"][1]);
    EXPECT_TRUE(told["adjusted_rand"].is_number() && told["silhouette"].is_number());
    EXPECT_TRUE(told["tried"].empty());
    EXPECT_EQ(cli("cluster base --clusters 2 --json").last()["rows"], told["rows"]);

    const std::string out = path("clusters.csv");
    const Said found = cli("cluster base --method mixture --out '" + out + "'");
    ASSERT_EQ(found.code, 0) << found.err;
    EXPECT_NE(found.out.find("  11 clusters: silhouette"), std::string::npos) << found.out;
    EXPECT_NE(found.out.find("adjusted Rand"), std::string::npos) << found.out;
    EXPECT_EQ(split(content("clusters.csv"), '\n')[0], "document,file,row,label,cluster");
    EXPECT_NE(cli("cluster base --out '" + out + "'").code, 0);

    EXPECT_NE(cli("cluster base --clusters 12").err.find("12 rows cannot be sorted into 12 clusters"),
              std::string::npos);
    EXPECT_EQ(cli("cluster base --method dbscan").code, 2);
}

TEST_F(CliTest, EmbedSaysWhyRunningTextIsNotPlaced) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name text").code, 0);
    const Said refused = cli("embed text");
    EXPECT_NE(refused.code, 0);
    EXPECT_NE(refused.err.find("running text"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace gw
