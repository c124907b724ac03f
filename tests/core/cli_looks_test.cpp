#include "core/cli_fixture.h"

namespace gw {
namespace {

TEST_F(CliTest, LooksWritesWhatANetworkOfPicturesSees) {
    const std::string spec = file("shapes.json", R"({
        "dataset": {"kind": "shapes", "pictures": 80, "size": 16},
        "split": {"kind": "by_document", "validation": 0.3}, "augmentation": {"kind": "views"},
        "tokenizer": {"kind": "none"}, "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 8},
        "objective": {"kind": "simclr"},
        "training": {"budget": 2, "micro_batch": 8, "precision": "fp32", "device": "cpu", "threads": 1},
        "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0},
        "monitoring": {"layers_every": 0, "energy": false}})");
    const Said trained = cli("run '" + spec + "' --name shapes");
    ASSERT_EQ(trained.code, 0) << trained.err;
    const Said looked = cli("looks shapes --json --out '" + path("seen") + "'");
    ASSERT_EQ(looked.code, 0) << looked.err;
    const Json told = looked.last();
    ASSERT_TRUE(told.is_object()) << looked.out;
    EXPECT_EQ(told["step"], 2);
    EXPECT_TRUE(told["none"].contains("attention")) << told["none"].dump();
    const Json filters = told["looks"]["filters"][0]["pictures"];
    ASSERT_EQ(filters.size(), 4U);
    EXPECT_EQ(filters[3]["file"], path("seen/filters-4.ppm"));
    EXPECT_EQ(content("seen/filters-4.ppm").substr(0, 11), "P6\n3 3\n255\n");
    EXPECT_EQ(content("seen/filters-4.ppm").size(), 11U + 27U);
    const Json rows = told["looks"]["neighbours"];
    ASSERT_EQ(rows.size(), 8U);
    for (const Json& row : rows) {
        ASSERT_EQ(row["pictures"].size(), 6U);
        for (const Json& picture : row["pictures"]) {
            EXPECT_FALSE(picture["label"].get<std::string>().empty());
            EXPECT_EQ(read_file(picture["file"].get<std::string>()).or_throw().size(), 13U + 16 * 16 * 3)
                << picture.dump();
        }
    }
    // What is there is not written over unasked, and then nothing is.
    fs::remove(folder_ / "seen" / "filters-1.ppm");
    EXPECT_EQ(cli("looks shapes --out '" + path("seen") + "'").code, 2);
    EXPECT_FALSE(fs::exists(folder_ / "seen" / "filters-1.ppm"));
    EXPECT_EQ(cli("looks shapes --replace --out '" + path("seen") + "'").code, 0);
    EXPECT_TRUE(fs::exists(folder_ / "seen" / "filters-1.ppm"));

    const Said words = cli("looks shapes");
    EXPECT_EQ(words.code, 0) << words.err;
    EXPECT_NE(words.out.find("filters: 4 of 3 x 3 pixels"), std::string::npos) << words.out;
    EXPECT_NE(words.out.find("No attention: "), std::string::npos) << words.out;
}

TEST_F(CliTest, RunsOnPicturesCountImagesBeforeTheirDataIsRead) {
    const std::string spec = file("folder.json", R"({
        "dataset": {"kind": "image_folder", "paths": [")" +
                                                     path("nowhere") + R"("], "labels": "folders"},
        "split": {"kind": "by_document", "validation": 0.3}, "tokenizer": {"kind": "none"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 8}, "objective": {"kind": "classification"},
        "training": {"budget": 2, "micro_batch": 8, "precision": "fp32", "device": "cpu", "threads": 1},
        "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0}})");
    ASSERT_EQ(cli("queue add '" + spec + "' --name waits").code, 0);
    const Said queue = cli("queue");
    EXPECT_NE(queue.out.find("IMAGES"), std::string::npos) << queue.out;
    EXPECT_EQ(queue.out.find("TOKENS"), std::string::npos) << queue.out;
    const Said failed = cli("run '" + spec + "' --name gone");
    EXPECT_EQ(failed.code, 1) << failed.err;
    for (const std::string& said : {failed.out + failed.err, cli("show gone").out, cli("runs").out}) {
        EXPECT_EQ(said.find("tokens"), std::string::npos) << said;
        EXPECT_EQ(said.find("TOKENS"), std::string::npos) << said;
    }
    EXPECT_NE(cli("show gone").out.find("images"), std::string::npos);
    EXPECT_NE(cli("runs").out.find("IMAGES"), std::string::npos);
    // Beside a run on text the column says both.
    ASSERT_EQ(cli("queue add '" + tiny() + "' --name text").code, 0);
    EXPECT_NE(cli("queue").out.find("TOKENS, IMAGES"), std::string::npos);
}

TEST_F(CliTest, LooksSaysThatAModelOfTextSeesNothing) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name text").code, 0);
    const Said refused = cli("looks text");
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("reads no pictures"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace gw
