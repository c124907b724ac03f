#include "study/picture_looks.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/stretch.h"
#include "study/seen_by_weights.h"

// What can be seen of a network of pictures.
namespace gw {
namespace {

Json looks_spec(const Json& changes) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 160, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "augmentation": {"kind": "views"},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 6, "hidden": 16},
        "training": {"budget": 3, "micro_batch": 8, "threads": 1},
        "evaluation": {"every": 0}
    })");
    return test::tiny_spec(overlay_spec(overlay_spec(default_spec(), tiny), changes));
}

Json looking_vit(const std::string& pooling = "mean") {
    return {{"kind", "vit"}, {"patch", 4}, {"layers", 2}, {"heads", 2}, {"width", 16}, {"pooling", pooling}};
}

Json learning(const std::string& objective, const Json& backbone = Json::object()) {
    return {{"objective", {{"kind", objective}}}, {"backbone", backbone}};
}

struct LookedAt {
    explicit LookedAt(const Json& changes) {
        if (run.go(looks_spec(changes)).end != Outcome::End::finished) throw std::runtime_error(run.why());
        looks = look_at_pictures({run.current(), run.cache}).or_throw();
    }
    test::Stretches run;
    PictureLooks looks;
};

TEST(PictureLooks, AConvolutionShowsAFilterAChannelAndItsNearestPicturesWithoutThemselves) {
    const LookedAt it(learning("simclr"));
    EXPECT_EQ(it.looks.step, 3);
    EXPECT_EQ(it.looks.part_rows, it.looks.compared);
    EXPECT_EQ(it.looks.looks.size(), 2U);
    const Look* filters = it.looks.look(LookKind::filters);
    ASSERT_TRUE(filters);
    ASSERT_EQ(filters->rows.size(), 1U);
    ASSERT_EQ(filters->rows[0].pictures.size(), 6U);
    for (const LookedPicture& filter : filters->rows[0].pictures) {
        EXPECT_EQ(filter.picture.channels, 3);
        EXPECT_EQ(filter.picture.height, 3);
        EXPECT_EQ(filter.picture.width, 3);
        EXPECT_THAT(filter.picture.pixels, testing::Contains(0));
        EXPECT_THAT(filter.picture.pixels, testing::Contains(255));
    }
    const Look* near = it.looks.look(LookKind::neighbours);
    ASSERT_TRUE(near);
    ASSERT_EQ(near->rows.size(), 8U);
    std::set<std::int64_t> looked_at;
    for (const LookRow& row : near->rows) {
        ASSERT_EQ(row.pictures.size(), 6U);
        const LookedPicture& own = row.pictures[0];
        EXPECT_EQ(own.role, LookedPicture::Role::original);
        EXPECT_FALSE(own.truth.empty());
        looked_at.insert(own.document);
        for (std::size_t i = 1; i < row.pictures.size(); ++i) {
            EXPECT_NE(row.pictures[i].document, own.document);
            EXPECT_EQ(row.pictures[i].number, static_cast<std::int64_t>(i));
            EXPECT_LE(row.pictures[i].likeness, i > 1 ? row.pictures[i - 1].likeness : 1 + 1e-5);
        }
    }
    EXPECT_EQ(looked_at.size(), 8U);
}

TEST(PictureLooks, AttentionOnPatchesAddsUpToOneWithAndWithoutAClassToken) {
    for (const std::string pooling : {"mean", "class_token"}) {
        const LookedAt it(learning("rotation", looking_vit(pooling)));
        EXPECT_FALSE(it.looks.look(LookKind::filters)) << "it has no convolution";
        const Look* attention = it.looks.look(LookKind::attention);
        ASSERT_TRUE(attention) << pooling;
        ASSERT_EQ(attention->rows.size(), 8U);
        for (const LookRow& row : attention->rows) {
            EXPECT_EQ(row.map_rows, 4);
            EXPECT_EQ(row.map_columns, 4);
            ASSERT_EQ(row.map.size(), 16U);
            EXPECT_NEAR(std::accumulate(row.map.begin(), row.map.end(), 0.0), 1, 1e-5);
            ASSERT_EQ(row.pictures.size(), 2U);
            const PictureCopy &own = row.pictures[0].picture, &lit = row.pictures[1].picture;
            ASSERT_EQ(lit.pixels.size(), own.pixels.size());
            // The patch that is looked at most is as it was, and none is brighter.
            const auto most = std::max_element(row.map.begin(), row.map.end()) - row.map.begin();
            for (std::int64_t y = 0; y < 16; ++y)
                for (std::int64_t x = 0; x < 16; ++x) {
                    const auto at = static_cast<std::size_t>(y * 16 + x);
                    EXPECT_LE(lit.pixels[at], own.pixels[at]);
                    if (y / 4 * 4 + x / 4 == most) {
                        EXPECT_EQ(lit.pixels[at], own.pixels[at]);
                    }
                }
        }
    }
}

TEST(PictureLooks, WhatIsFilledInStandsBetweenWhatIsSeenAndTheTruth) {
    const LookedAt it(learning("masked_image", looking_vit()));
    const Look* redrawn = it.looks.look(LookKind::redrawn);
    ASSERT_TRUE(redrawn);
    EXPECT_FALSE(it.looks.look(LookKind::neighbours));
    const Look* attention = it.looks.look(LookKind::attention);
    ASSERT_TRUE(attention);
    for (std::size_t i = 0; i < redrawn->rows.size(); ++i) {
        const std::vector<LookedPicture>& three = redrawn->rows[i].pictures;
        ASSERT_EQ(three.size(), 3U);
        EXPECT_EQ(three[0].role, LookedPicture::Role::seen);
        EXPECT_EQ(three[1].role, LookedPicture::Role::filled_in);
        EXPECT_EQ(three[2].role, LookedPicture::Role::original);
        EXPECT_EQ(three[2].picture.pixels, attention->rows[i].pictures[0].picture.pixels);
        EXPECT_NE(three[0].picture.pixels, three[2].picture.pixels);
        EXPECT_NE(three[0].picture.pixels, three[1].picture.pixels);
    }
}

TEST(PictureLooks, CaptionsAreToldApartByTheirWordsAndThePicturesOwnIsAlwaysThere) {
    const LookedAt it(Json::parse(R"({
        "augmentation": {"kind": "none"}, "tokenizer": {"kind": "bytes"},
        "backbone": {"kind": "two_towers", "image_layers": 2, "image_width": 4, "text_layers": 1, "text_width": 8,
                     "heads": 2, "context": 48, "width": 8},
        "objective": {"kind": "image_text"}
    })"));
    const Look* captions = it.looks.look(LookKind::captions);
    ASSERT_TRUE(captions);
    EXPECT_TRUE(it.looks.look(LookKind::filters)) << "of the image tower";
    EXPECT_FALSE(it.looks.look(LookKind::neighbours));
    ASSERT_EQ(captions->rows.size(), 8U);
    for (const LookRow& row : captions->rows) {
        EXPECT_EQ(row.pictures.size(), 1U);
        std::set<std::string> words;
        int own = 0;
        for (const LookedCaption& caption : row.captions) {
            EXPECT_FALSE(caption.text.empty());
            words.insert(caption.text);
            own += caption.own ? 1 : 0;
        }
        EXPECT_EQ(own, 1);
        EXPECT_EQ(words.size(), row.captions.size());
        EXPECT_GE(row.captions.size(), 3U);
        EXPECT_LE(row.captions.size(), 4U);
        EXPECT_GE(row.captions[0].likeness, row.captions[1].likeness);
    }
}

TEST(PictureLooks, FiltersOfManyChannelsAreTheirMeanAndAFlatOneIsNoDivisionByNothing) {
    torch::Tensor weights = torch::zeros({2, 5, 2, 2});
    weights[0][4] = torch::tensor({{-5.0F, 0.0F}, {5.0F, 0.0F}});
    const auto filters = first_filters({{"norm.weight", torch::ones(3)}, {"conv.weight", weights}});
    ASSERT_EQ(filters.size(), 2U);
    EXPECT_EQ(filters[0].channels, 1);
    EXPECT_THAT(filters[0].pixels, testing::ElementsAre(0, 128, 255, 128));
    EXPECT_THAT(filters[1].pixels, testing::Each(0));
    EXPECT_TRUE(first_filters({{"norm.weight", torch::ones(3)}}).empty());
    weights[0][0][0][0] = NAN;
    EXPECT_THROW(first_filters({{"conv.weight", weights}}), Failure);
}

TEST(PictureLooks, AModelOfTextAndAStopSayWhatIsWrong) {
    test::Stretches text;
    const Json spec = test::tiny_spec({{"training", {{"budget", 2}}}});
    ASSERT_EQ(text.go(spec).end, Outcome::End::finished) << text.why();
    const auto refused = look_at_pictures({text.current(), text.cache});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, testing::HasSubstr("reads no pictures"));

    const LookedAt it(learning("simclr"));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = look_at_pictures({it.run.current(), it.run.cache, {}, stop.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Error::Code::cancelled);
}

}  // namespace
}  // namespace gw
