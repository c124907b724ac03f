// What is wrong with sets of pictures as a whole: copies between parts, classes that are rare, sizes that differ.
#include "data/images/shape_drawing.h"
#include "data/leak_check.h"
#include "data/preview.h"
#include "picture_file_bytes.h"
#include "reading.h"

namespace gw::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Curation : public Reading {
  protected:
    /// A drawn picture's bytes, channels first; another one for each `number`.
    static std::vector<std::uint8_t> drawn(std::uint64_t number) {
        std::vector<std::uint8_t> pixels(3 * 16 * 16);
        Rng rng(mix64(3, number));
        draw_shape(rng, 16, /*noise_65536=*/1000, pixels);
        return pixels;
    }
    /// A block in a corner of a bright picture, channels last.
    static std::string block(int row, int column, int bright, int dark) {
        std::string out;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x) {
                const bool inside = y / 16 == row && x / 16 == column && (x / 4 + y / 4) % 2 == 0;
                for (int c = 0; c < 3; ++c) out += static_cast<char>(inside ? dark : bright);
            }
        return out;
    }
    static std::string png(int row, int column, int bright = 230, int dark = 20) {
        return png_file(32, 32, png_rgb, block(row, column, bright, dark));
    }
    Json folder(const std::string& name, Json settings = Json::object()) const {
        settings["paths"] = {(folder_ / name).string()};
        return section("image_folder", settings);
    }
};

TEST_F(Curation, PicturesOfAHeldOutPartThatLookLikeOneToTrainOnAreTold) {
    file("p/train/cat/1.png", png(0, 0));
    file("p/train/cat/2.png", png(0, 1));
    file("p/train/dog/3.png", png(1, 0));
    file("p/test/cat/4.png", png(0, 0));
    file("p/test/cat/5.png", png(0, 1, 210, 40));
    file("p/test/dog/6.jpg", jpeg_file(32, 32, block(1, 0, 230, 20), 3, JCS_RGB));
    file("p/test/dog/7.png", png(1, 1));
    file("p/valid/dog/8.png", png(0, 0));
    const Json split = {{"kind", "by_file"}, {"test", {"*test*"}}};
    for (const bool cached : {false, true}) {
        const PreparedData data = prepare_data(ask(folder("p"), split)).or_throw();
        EXPECT_EQ(data.from_cache, cached);
        const auto *test = data.leaks.pair("test", "train"), *both = data.leaks.pair("test", "validation");
        ASSERT_TRUE(test && both);
        EXPECT_EQ(std::tuple(test->checked, test->exact, test->near), std::tuple(4, 1, 2));
        EXPECT_EQ(std::tuple(both->exact, both->near), std::tuple(1, 0));
        EXPECT_EQ(test->example_at.file, "test/cat/4.png");
        EXPECT_EQ(test->example_within_at.file, "train/cat/1.png");
        EXPECT_EQ(data.leaks.conflicts, 1);  // 8 is no dog
        EXPECT_THAT(leak_texts(data.leaks),
                    Contains("3 of 4 test pictures also stand in the training part, 1 pixel for pixel, 2 but for "
                             "brightness, contrast or compression, for example: test/cat/4.png; there: "
                             "train/cat/1.png"));
        EXPECT_EQ(to_json(leak_report_of(to_json(data.leaks))), to_json(data.leaks));
    }
}

TEST_F(Curation, TheLikeOfANearCopyIsShown) {
    file("n/train/cat/1.png", png(1, 1));
    file("n/train/cat/2.png", png(0, 1));
    file("n/valid/cat/3.png", png(0, 1, 210, 40));
    const LeakReport leaks =
        prepare_data(ask(folder("n", {{"labels", "none"}}), {{"kind", "by_file"}})).or_throw().leaks;
    EXPECT_THAT(leak_texts(leaks),
                ElementsAre("1 of 1 validation pictures also stand in the training part, but for brightness, contrast "
                            "or compression, for example: valid/cat/3.png; there: train/cat/2.png"));
}

TEST_F(Curation, VeryManyPicturesAreComparedByAShare) {
    LeakCheck check(/*most=*/4000);  // 500 pictures
    for (const Part part : {Part::train, Part::validation})
        for (std::uint64_t i = 0; i < 1500; ++i) {
            const auto pixels = drawn(part == Part::train || i % 2 == 0 ? i : 10'000 + i);
            const Picture picture{3, 16, 16, pixels};
            check.add(part, "", Document{"", "x", 0, nullptr, 0, &picture});
        }
    const LeakReport report = check.report();
    const auto* pair = report.pair("validation", "train");
    ASSERT_NE(pair, nullptr);
    EXPECT_LT(report.looked_at, 0.3);
    EXPECT_LT(pair->checked, 500);
    EXPECT_NEAR(static_cast<double>(pair->exact) / static_cast<double>(pair->checked), 0.5, 0.15);
    EXPECT_LE(pair->near, 5);
}

TEST_F(Curation, SizesInFilesAreCounted) {
    file("s/a/1.png", small_png(1, 10, 20));
    file("s/a/2.png", small_png(2, 10, 20));
    file("s/b/3.png", small_png(3, 40, 30));
    file("s/b/4.png", small_png(4, 6, 5));
    file("t.csv", "file,caption\ns/a/1.png,one\ns/b/3.png,two\n");
    const Json whole = folder("s", {{"height", 8}, {"width", 8}});
    const ReadReport report = inspect_dataset(whole, 2, 100, 100, {}).or_throw().report;
    EXPECT_EQ(report.different_sizes, 3);
    EXPECT_EQ(report.smallest, (ReadReport::Size{6, 5, 1}));
    EXPECT_EQ(report.largest, (ReadReport::Size{40, 30, 1}));
    ASSERT_EQ(report.sizes.size(), 3U);
    EXPECT_EQ(report.sizes.front(), (ReadReport::Size{10, 20, 2}));
    EXPECT_THAT(read_report_text(report), HasSubstr("3 sizes from 6 x 5 to 40 x 30 pixels, most of 10 x 20"));
    EXPECT_EQ(to_json(read_report_of(to_json(report))), to_json(report));
    EXPECT_EQ(read_report_of(to_json(report)).sizes, report.sizes);
    // Of those that were looked at, and of none where all have one.
    EXPECT_EQ(inspect_dataset(whole, 2, 100, 3, {}).or_throw().report.different_sizes, 2);
    const ReadReport one = inspect_dataset(whole, 2, 100, 2, {}).or_throw().report;
    EXPECT_EQ(one.different_sizes, 0);
    EXPECT_FALSE(to_json(one).contains("sizes"));
    const Json captions = section("image_text", {{"paths", {(folder_ / "t.csv").string()}}, {"size", 8}});
    EXPECT_EQ(inspect_dataset(captions, 2, 100, 100, {}).or_throw().report.largest, (ReadReport::Size{40, 30, 1}));
}

TEST_F(Curation, ARareClassIsTold) {
    auto table = [&](const std::string& name, int rare) {
        std::string rows = "text,label\n";
        for (int i = 0; i < 61; ++i) rows += "text number " + std::to_string(i) + ",usual\n";
        for (int i = 0; i < rare; ++i) rows += "a rare one " + std::to_string(i) + ",rare\n";
        return section("labelled_text", {{"paths", {file(name, rows)}}});
    };
    auto warnings = [](const Json& whole, std::int64_t most) {
        return inspect_dataset(whole, 2, 100, most, {}).or_throw().report.warnings;
    };
    const auto uneven = HasSubstr("The classes are uneven: \"rare\" has 3, \"usual\" has 61.");
    EXPECT_THAT(warnings(table("u.csv", 3), 1000), Contains(uneven));
    EXPECT_THAT(warnings(table("e.csv", 4), 1000), Not(Contains(HasSubstr("uneven"))));
    // Files may go class by class: what was not read to its end says nothing.
    EXPECT_THAT(warnings(table("u.csv", 3), 63), Not(Contains(HasSubstr("uneven"))));
}

}  // namespace
}  // namespace gw::test
