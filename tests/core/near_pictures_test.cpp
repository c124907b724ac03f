// Pictures that look the same: what counts as a near copy, and that they are found among many.
#include "data/images/near_pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/images/picture_decoding.h"
#include "data/images/shape_drawing.h"
#include "picture_file_bytes.h"

namespace gw::test {
namespace {

constexpr std::int64_t side = 32;

/// A drawn picture with some noise in it, another one for each `number`.
PictureCopy drawn(std::uint64_t number, std::int64_t size = side) {
    PictureCopy out;
    out.channels = 3;
    out.height = out.width = size;
    out.pixels.resize(static_cast<std::size_t>(3 * size * size));
    Rng rng(mix64(7, number));
    draw_shape(rng, size, /*noise_65536=*/1000, out.pixels);
    return out;
}

PictureSketch sketch(const PictureCopy& copy) {
    return sketch_of({copy.channels, copy.height, copy.width, copy.pixels});
}

/// Darker, of less contrast, and with other noise.
PictureCopy dimmed(PictureCopy copy, std::uint64_t seed) {
    Rng rng(seed);
    for (std::uint8_t& value : copy.pixels)
        value = static_cast<std::uint8_t>(10 + value * 8 / 10 + static_cast<int>(rng.below(3)));
    return copy;
}

/// The bytes of a picture as files have them, channels last.
std::string rows_of(const PictureCopy& copy) {
    std::string out;
    const std::size_t plane = copy.pixels.size() / 3;
    for (std::size_t i = 0; i < plane; ++i)
        for (std::size_t c = 0; c < 3; ++c) out += static_cast<char>(copy.pixels[c * plane + i]);
    return out;
}

TEST(NearPictures, CompressionSizeAndBrightnessAreSmallChanges) {
    const PictureForm as_it_is;
    for (std::uint64_t i = 0; i < 20; ++i) {
        const PictureCopy picture = drawn(i);
        const PictureSketch one = sketch(picture);
        EXPECT_TRUE(near_copies(one, one));
        constexpr float faint = 100;  // of which noise hides too much
        if (one.variance < faint) continue;
        EXPECT_TRUE(near_copies(one, sketch(dimmed(picture, i)))) << i;
        const std::string jpeg = jpeg_file(side, side, rows_of(picture), 3, JCS_RGB);
        const PictureCopy packed =
            decode_picture({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()}, as_it_is, "x").or_throw();
        EXPECT_NE(packed.pixels, picture.pixels);
        EXPECT_TRUE(near_copies(one, sketch(packed))) << i;
        // As files of two sizes that are brought to one.
        const PictureCopy large = drawn(i, 3 * side), half = formed({3, 3 * side, 3 * side, large.pixels},
                                                                    {3, 3 * side / 2, 3 * side / 2, "stretch"});
        EXPECT_TRUE(near_copies(sketch(large), sketch(half))) << i;
    }
}

TEST(NearPictures, AnotherColourOrPlaceIsAnotherPicture) {
    PictureCopy red;
    red.channels = 3;
    red.height = red.width = side;
    red.pixels.assign(3 * side * side, 240);
    PictureCopy blue = red, moved = red;
    for (std::size_t y = 6; y < 18; ++y)
        for (std::size_t x = 6; x < 18; ++x) {
            constexpr std::size_t plane = side * side;
            const std::size_t at = y * side + x, beside = at + 3;
            red.pixels[plane + at] = red.pixels[2 * plane + at] = 20;
            blue.pixels[at] = blue.pixels[plane + at] = 20;
            moved.pixels[plane + beside] = moved.pixels[2 * plane + beside] = 20;
        }
    EXPECT_TRUE(near_copies(sketch(red), sketch(dimmed(red, 1))));
    EXPECT_FALSE(near_copies(sketch(red), sketch(blue)));
    EXPECT_FALSE(near_copies(sketch(red), sketch(moved)));
    // Nothing is to be seen on either, so that their brightness alone tells them apart.
    const std::vector<std::uint8_t> dark(50, 20), bright(50, 200);
    EXPECT_TRUE(near_copies(sketch_of({1, 5, 10, dark}), sketch_of({2, 5, 5, dark})));
    EXPECT_FALSE(near_copies(sketch_of({1, 5, 10, dark}), sketch_of({1, 5, 10, bright})));
}

TEST(NearPictures, CopiesAreFoundAmongManyAndOthersAreNot) {
    std::vector<PictureSketch> all;
    for (std::uint64_t i = 0; i < 1000; ++i) all.push_back(sketch(drawn(i)));
    std::vector<const PictureSketch*> among;
    for (const PictureSketch& one : all) among.push_back(&one);
    const NearPictures pictures(among);
    int found = 0, right = 0, wrong = 0, together = 0;
    for (std::uint64_t i = 0; i < 300; ++i) {
        const PictureSketch copy = sketch(dimmed(drawn(i), i));
        const std::size_t place = pictures.find(copy);
        found += place != NearPictures::none;
        right += place == i;
        wrong += pictures.find(sketch(drawn(5000 + i))) != NearPictures::none;
        together += common_hash(copy) == common_hash(all[i]);
    }
    EXPECT_GE(found, 240);  // the rest is faint
    EXPECT_EQ(right, found);
    EXPECT_LE(wrong, 1);
    EXPECT_GE(together, 60);  // others meet by chance alone
    EXPECT_EQ(NearPictures({}).find(all.front()), NearPictures::none);
}

}  // namespace
}  // namespace gw::test
