#include "data/images/picture_decoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "picture_file_bytes.h"

namespace gw::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

Result<PictureCopy> decoded(const std::string& bytes, const PictureForm& form = {}) {
    return decode_picture({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, form, "cats/1.png");
}
std::vector<int> values(const PictureCopy& picture) {
    return {picture.pixels.begin(), picture.pixels.end()};
}
std::vector<int> grey_values(const std::string& bytes) {
    return values(decoded(bytes, {.channels = 1}).or_throw());
}
std::string refusal(const std::string& bytes) {
    const auto result = decoded(bytes);
    return result ? "no error" : to_text(result.error());
}
/// A picture of one channel.
PictureCopy of_rows(const std::vector<std::vector<int>>& rows) {
    PictureCopy out;
    out.channels = 1;
    out.height = static_cast<std::int64_t>(rows.size());
    out.width = static_cast<std::int64_t>(rows.front().size());
    for (const auto& row : rows)
        for (const int value : row) out.pixels.push_back(static_cast<std::uint8_t>(value));
    return out;
}
PictureCopy brought_to(const PictureCopy& picture, const PictureForm& form) {
    return formed({picture.channels, picture.height, picture.width, picture.pixels}, form);
}

TEST(PictureDecoding, PngOfEverySort) {
    EXPECT_THAT(values(decoded(png_file(1, 2, png_rgb, "\x01\x02\x03\x04\x05\x06")).or_throw()),
                ElementsAre(1, 4, 2, 5, 3, 6));
    EXPECT_THAT(grey_values(png_file(2, 2, png_grey, "\x01\x02\x03\x04")), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(values(decoded(png_file(1, 1, png_grey, "\x07")).or_throw()), ElementsAre(7, 7, 7));
    const std::string palette = png_chunk("PLTE", "\x0A\x14\x1E\x28\x32\x3C");
    EXPECT_THAT(values(decoded(png_file(1, 2, png_palette, std::string("\x01\x00", 2), palette)).or_throw()),
                ElementsAre(40, 10, 50, 20, 60, 30));
    EXPECT_THAT(grey_values(png_file(1, 8, png_grey, "\xA5", "", 1)), ElementsAre(255, 0, 255, 0, 0, 255, 0, 255));
    const std::string sixteen("\xFF\xFF\x80\x00\x00\x00", 6);
    EXPECT_THAT(grey_values(png_file(1, 3, png_grey, sixteen, "", 16)), ElementsAre(255, 128, 0));
}

TEST(PictureDecoding, APixelBehindTheEndOfItsPaletteIsDamage) {
    const std::string palette = png_chunk("PLTE", "\x0A\x14\x1E\x28\x32\x3C");
    const auto beyond = decoded(png_file(1, 2, png_palette, std::string("\x01\x02", 2), palette));
    ASSERT_FALSE(beyond);
    EXPECT_NE(to_text(beyond.error()).find("palette"), std::string::npos) << to_text(beyond.error());
    // Of few bits too: two indices a byte, and a byte that is not full.
    EXPECT_THAT(values(decoded(png_file(1, 3, png_palette, std::string("\x01\x10", 2), palette, 4)).or_throw()),
                ElementsAre(10, 40, 40, 20, 50, 50, 30, 60, 60));
    EXPECT_FALSE(decoded(png_file(1, 3, png_palette, std::string("\x05\x10", 2), palette, 4)));
}

TEST(PictureDecoding, TransparencyIsLaidOverWhite) {
    EXPECT_THAT(grey_values(png_file(1, 3, png_grey_alpha, std::string("\x00\x00\x00\x80\x00\xFF", 6))),
                ElementsAre(255, 127, 0));
    EXPECT_THAT(values(decoded(png_file(1, 1, png_rgb_alpha, std::string("\x0A\x14\x1E\x00", 4))).or_throw()),
                ElementsAre(255, 255, 255));
    const std::string clear_grey = png_chunk("tRNS", std::string("\x00\x05", 2));
    EXPECT_THAT(grey_values(png_file(1, 2, png_grey, "\x05\x06", clear_grey)), ElementsAre(255, 6));
    const std::string palette =
        png_chunk("PLTE", std::string("\x00\x00\x00\x00\x00\x00", 6)) + png_chunk("tRNS", std::string("\x00", 1));
    EXPECT_THAT(grey_values(png_file(1, 2, png_palette, std::string("\x00\x01", 2), palette)), ElementsAre(255, 0));
}

TEST(PictureDecoding, JpegIsNearToWhatWasPacked) {
    const std::string rows = painted(16, 24, 20), grey = painted(16, 24, 20, 1);
    for (const bool progressive : {false, true}) {
        const PictureCopy seen = decoded(jpeg_file(16, 24, rows, 3, JCS_RGB, "", progressive)).or_throw();
        ASSERT_EQ(seen.channels, 3);
        ASSERT_EQ(seen.height, 16);
        ASSERT_EQ(seen.width, 24);
        const PictureCopy one =
            decoded(jpeg_file(16, 24, grey, 1, JCS_GRAYSCALE, "", progressive), {.channels = 1}).or_throw();
        ASSERT_EQ(one.channels, 1);
        for (std::size_t i = 0; i < 16 * 24; ++i) {
            for (std::size_t c = 0; c < 3; ++c)
                EXPECT_NEAR(seen.pixels[c * 16 * 24 + i], static_cast<unsigned char>(rows[i * 3 + c]), 12);
            EXPECT_NEAR(one.pixels[i], static_cast<unsigned char>(grey[i]), 4);
        }
    }
}

TEST(PictureDecoding, StandsUprightInAllEightOrientations) {
    const std::vector<std::vector<int>> expected{{1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4}, {6, 5, 4, 3, 2, 1},
                                                 {4, 5, 6, 1, 2, 3}, {1, 4, 2, 5, 3, 6}, {4, 1, 5, 2, 6, 3},
                                                 {6, 3, 5, 2, 4, 1}, {3, 6, 2, 5, 1, 4}};
    for (int orientation = 1; orientation <= 8; ++orientation)
        for (const bool big : {false, true}) {
            const std::string tiff = orientation_tiff(orientation, big);
            const PictureCopy png =
                decoded(png_file(2, 3, png_grey, "\x01\x02\x03\x04\x05\x06", png_chunk("eXIf", tiff)), {.channels = 1})
                    .or_throw();
            EXPECT_THAT(values(png), ElementsAreArray(expected[static_cast<std::size_t>(orientation - 1)]))
                << orientation;
            EXPECT_EQ(png.height, orientation >= 5 ? 3 : 2);
            // Dark on the left, bright on the right.
            std::string rows;
            for (int i = 0; i < 8 * 16; ++i) rows += static_cast<char>(i % 16 < 8 ? 10 : 200);
            const PictureCopy jpeg =
                decoded(jpeg_file(8, 16, rows, 1, JCS_GRAYSCALE, std::string("Exif\0\0", 6) + tiff), {.channels = 1})
                    .or_throw();
            ASSERT_EQ(jpeg.height, orientation >= 5 ? 16 : 8);
            const bool first_is_dark = orientation == 1 || orientation == 4 || orientation == 5 || orientation == 6;
            EXPECT_EQ(jpeg.pixels.front() < 100, first_is_dark) << orientation;
            EXPECT_EQ(jpeg.pixels.back() < 100, !first_is_dark) << orientation;
        }
    // Nonsense in its place means nothing.
    for (const std::string& tiff :
         {std::string("II*"), std::string("MM\0*\xFF\xFF\xFF\xFF", 8), orientation_tiff(99, true)})
        EXPECT_THAT(grey_values(png_file(1, 2, png_grey, "\x01\x02", png_chunk("eXIf", tiff))), ElementsAre(1, 2));
}

TEST(PictureDecoding, WhatCannotBeReadIsRefusedWithAReason) {
    const auto says = [](const std::string& reason) {
        return AllOf(HasSubstr("cannot be read"), HasSubstr(reason), HasSubstr("cats/1.png"));
    };
    EXPECT_THAT(refusal(""), says("empty"));
    EXPECT_THAT(refusal("Not a picture, but a caption.\n"), says("text"));
    EXPECT_THAT(refusal("GIF89a\x01\x02"), says("GIF"));
    EXPECT_THAT(refusal(std::string("\x00\x01\x02\xFF", 4)), says("neither a JPEG nor a PNG"));
    const std::string png = small_png(), jpeg = small_jpeg();
    ASSERT_TRUE(decoded(png));
    ASSERT_TRUE(decoded(jpeg));
    EXPECT_THAT(refusal(png.substr(0, png.size() - 20)), says("cut short"));
    EXPECT_THAT(refusal(png.substr(0, 20)), says("cut short"));
    EXPECT_THAT(refusal(jpeg.substr(0, jpeg.size() / 2)), says("cut short"));
    EXPECT_THAT(refusal(jpeg.substr(0, jpeg.size() - 2)), says("cut short"));
    std::string flipped = png;
    flipped[png.find("IDAT") + 8] ^= 1;
    EXPECT_THAT(refusal(flipped), says("damaged"));
    const std::string nothing = png_chunk("IDAT", deflated("", 15)) + png_chunk("IEND", "");
    EXPECT_THAT(refusal(png_start + png_header(0, 0, png_rgb) + nothing), says("no pixels"));
    EXPECT_THAT(refusal(png_start + png_header(100'000, 100'000, png_rgb) + nothing), says("larger than 100,000,000"));
    std::string huge = jpeg;
    const std::size_t frame = huge.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    huge.replace(frame + 5, 4, "\xFF\xDC\xFF\xDC");
    EXPECT_THAT(refusal(huge), says("larger than 100,000,000"));
    huge.replace(frame + 5, 4, std::string(4, '\0'));
    EXPECT_THAT(refusal(huge), says("no pixels"));
    const std::string animation = png_chunk("acTL", number_bytes(2, 4, true) + number_bytes(0, 4, true));
    EXPECT_THAT(refusal(png_file(1, 1, png_grey, "\x01", animation)), says("animated"));
    EXPECT_THAT(refusal(jpeg_file(8, 8, painted(8, 8, 0, 4), 4, JCS_CMYK)), says("CMYK"));
}

/// Anything at all is a picture of a sound size or an error that names the file, never a crash.
TEST(PictureDecoding, DamageIsAnErrorOrAnotherPicture) {
    std::mt19937_64 rng(5);
    const std::string rgba = painted(9, 7, 3, 4);
    for (const std::string& whole :
         {small_png(), png_file(9, 7, png_rgb_alpha, rgba, png_chunk("eXIf", orientation_tiff(6, true))), small_jpeg(),
          jpeg_file(16, 24, painted(16, 24), 3, JCS_RGB, std::string("Exif\0\0", 6) + orientation_tiff(8, false),
                    /*progressive=*/true)}) {
        int refused = 0;
        for (int trial = 0; trial < 500; ++trial) {
            std::string bytes = whole.substr(0, trial % 3 == 0 ? rng() % whole.size() : whole.size());
            for (std::uint64_t flips = trial % 3 == 0 ? 0 : 1 + rng() % 4; flips > 0; --flips)
                bytes[rng() % bytes.size()] = static_cast<char>(rng());
            const auto result = decoded(bytes);
            if (result) {
                const PictureCopy& seen = result.value();
                ASSERT_EQ(seen.channels, 3);
                ASSERT_EQ(static_cast<std::int64_t>(seen.pixels.size()), 3 * seen.height * seen.width);
                continue;
            }
            ++refused;
            ASSERT_THAT(result.error().message, testing::StartsWith(std::string(unreadable_start)));
            ASSERT_THAT(result.error().where, ElementsAre("file cats/1.png"));
            ASSERT_FALSE(result.error().hint.empty());
        }
        EXPECT_GT(refused, 160) << "what is cut short at least";
    }
}

TEST(PictureForming, SmallerIsTheMeanAndLargerIsLinear) {
    const PictureForm two{1, 2, 2, "stretch"};
    EXPECT_THAT(values(brought_to(of_rows({{0, 2, 10, 10}, {4, 6, 10, 10}, {1, 1, 0, 255}, {1, 1, 255, 0}}), two)),
                ElementsAre(3, 10, 1, 128));
    EXPECT_THAT(values(brought_to(of_rows({{0, 255}}), {1, 1, 4, "stretch"})), ElementsAre(0, 64, 191, 255));
    EXPECT_THAT(values(brought_to(of_rows({{0, 90, 180}}), {1, 1, 2, "stretch"})), ElementsAre(30, 150));
}

TEST(PictureForming, OtherProportionsAreCutFilledOrStretched) {
    const PictureCopy wide = of_rows({{1, 2, 3, 4}, {5, 6, 7, 8}}), high = of_rows({{1}, {2}, {3}, {4}});
    EXPECT_THAT(values(brought_to(wide, {1, 2, 2, "crop"})), ElementsAre(2, 3, 6, 7));
    EXPECT_THAT(values(brought_to(high, {1, 2, 1, "crop"})), ElementsAre(2, 3));
    EXPECT_THAT(values(brought_to(wide, {1, 4, 4, "pad"})),
                ElementsAre(5, 5, 5, 5, 1, 2, 3, 4, 5, 6, 7, 8, 5, 5, 5, 5));
    EXPECT_THAT(values(brought_to(wide, {1, 2, 2, "stretch"})), ElementsAre(2, 4, 6, 8));
}

TEST(PictureForming, OneColourStaysItAtAnySize) {
    std::mt19937_64 rng(3);
    for (int trial = 0; trial < 200; ++trial) {
        PictureCopy flat;
        flat.channels = trial % 2 ? 3 : 1;
        flat.height = 1 + static_cast<std::int64_t>(rng() % 40);
        flat.width = 1 + static_cast<std::int64_t>(rng() % 40);
        const int value = static_cast<int>(rng() % 256);
        flat.pixels.assign(static_cast<std::size_t>(flat.channels * flat.height * flat.width),
                           static_cast<std::uint8_t>(value));
        const PictureForm form{trial % 3 ? 3 : 1, 1 + static_cast<std::int64_t>(rng() % 40),
                               1 + static_cast<std::int64_t>(rng() % 40),
                               trial % 5 == 0   ? "pad"
                               : trial % 5 == 1 ? "stretch"
                                                : "crop"};
        const PictureCopy out = brought_to(flat, form);
        EXPECT_EQ(out.channels, form.channels);
        EXPECT_EQ(out.height, form.height);
        EXPECT_EQ(out.width, form.width);
        EXPECT_THAT(values(out), testing::Each(value));
    }
}

TEST(PictureForming, GreyIsBrightness) {
    PictureCopy red;
    red.channels = 3;
    red.height = red.width = 1;
    red.pixels = {255, 0, 0};
    EXPECT_THAT(values(brought_to(red, {.channels = 1})), ElementsAre(76));  // 0.299 * 255 = 76.2
    EXPECT_THAT(values(brought_to(of_rows({{9}}), {.channels = 3})), ElementsAre(9, 9, 9));
}

}  // namespace
}  // namespace gw::test
