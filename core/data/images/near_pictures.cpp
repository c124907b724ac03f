#include "data/images/near_pictures.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "data/images/picture_decoding.h"
#include "util/rng.h"

namespace gw {

namespace {

constexpr std::size_t side = PictureSketch::side, width = PictureSketch::width, blocks = PictureSketch::blocks,
                      row_values = std::size_t{1} << 16;
constexpr std::int64_t least_rise = 4;    ///< grey levels; less is noise of a flat place
constexpr int most_different = 24;        ///< of 256 rises; up to 15 leave a row of 16 untouched
constexpr double most_unlike = 0.003;     ///< what the correlation of grey values may lack to 1
constexpr double noise = 1;               ///< grey levels that means of areas may be off by: of faint pictures, more
constexpr double least_colourful = 0.98;  ///< correlation of the colours
constexpr double outline_length = 127;    ///< of an outline at most: all differences then lie between its blocks

/// The brightness of a picture (ITU-R BT.601 where it has colours).
PictureCopy grey_of(const Picture& picture) {
    PictureCopy out;
    out.channels = 1;
    out.height = picture.height;
    out.width = picture.width;
    const auto plane = static_cast<std::size_t>(picture.height * picture.width);
    const auto& from = picture.pixels;
    if (picture.channels < 3) {
        out.pixels.assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(plane));
        return out;
    }
    out.pixels.resize(plane);
    for (std::size_t i = 0; i < plane; ++i)
        out.pixels[i] = static_cast<std::uint8_t>(
            (299U * from[i] + 587U * from[plane + i] + 114U * from[2 * plane + i] + 500U) / 1000U);
    return out;
}

/// Whether the correlation of two lists of values is `least` or more; of values without any deviation, whether they are
/// the same.
template <std::size_t n>
bool follow(const std::array<std::uint8_t, n>& one, const std::array<std::uint8_t, n>& other, double least) {
    std::uint32_t sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;  // n is small enough
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t a = one[i], b = other[i];
        sum_a += a;
        sum_b += b;
        aa += a * a;
        bb += b * b;
        ab += a * b;
    }
    constexpr double count = n;
    const double mean_a = sum_a, mean_b = sum_b, variance_a = count * aa - mean_a * mean_a,
                 variance_b = count * bb - mean_b * mean_b;
    if (variance_a == 0 || variance_b == 0) return one == other;
    return count * ab - mean_a * mean_b >= least * std::sqrt(variance_a * variance_b);
}

/// What the correlation of two pictures' grey values may lack to 1.
double may_lack(const PictureSketch& one, const PictureSketch& other) {
    constexpr double most = 0.02;  // what is fainter is not judged by its noise alone
    const double variance = std::min(one.variance, other.variance);
    return std::clamp(noise * noise / 2 / std::max(variance, 1e-6), most_unlike, most);
}

/// What of two outlines tells at once that the pictures' correlation lacks more than `lack` to 1: the distance of two
/// lists without mean and of length 1 is sqrt(2 - 2 correlation), and that of sums of them is no larger.
bool outlines_meet(const PictureSketch& one, const PictureSketch& other, double lack) {
    constexpr double rounded = 4;  // two lists of 16 that are each off by up to a half
    const double far = std::sqrt(2 * lack) * outline_length + rounded;
    std::int32_t squares = 0;
    for (std::size_t i = 0; i < one.outline.size(); ++i) {
        const std::int32_t difference = one.outline[i] - other.outline[i];
        squares += difference * difference;
    }
    return squares <= static_cast<std::int32_t>(far * far);
}

void draw_outline(PictureSketch& out) {
    std::int64_t sum = 0, squares = 0;
    for (const std::int64_t value : out.grey) {
        sum += value;
        squares += value * value;
    }
    constexpr auto count = static_cast<std::int64_t>(side * width);
    const std::int64_t variance = count * squares - sum * sum;
    out.variance = static_cast<float>(static_cast<double>(variance) / (count * count));
    if (variance == 0) return;
    // (value - sum / count) / sqrt(variance / count) has length 1; a block of 16 places, 4 as its own length.
    const double scale = outline_length / (4 * std::sqrt(static_cast<double>(variance) * count));
    for (std::size_t block = 0; block < out.outline.size(); ++block) {
        std::int64_t in_block = 0;
        for (std::size_t i = 0; i < 16; ++i)
            in_block += out.grey[(block / blocks * 4 + i / 4) * width + block % blocks * 4 + i % 4];
        out.outline[block] =
            static_cast<std::int16_t>(std::lround(static_cast<double>(count * in_block - 16 * sum) * scale));
    }
}

void mix_colours(const Picture& picture, PictureSketch& out) {
    const auto rows = static_cast<std::size_t>(picture.height), columns = static_cast<std::size_t>(picture.width);
    const std::uint8_t* value = picture.pixels.data();
    for (std::size_t channel = 0; channel < 3; ++channel) {
        std::array<std::uint64_t, blocks * blocks> sums{}, counts{};
        for (std::size_t y = 0; y < rows; ++y)
            for (std::size_t x = 0; x < columns; ++x) {
                const std::size_t block = y * blocks / rows * blocks + x * blocks / columns;
                sums[block] += *value++;
                ++counts[block];
            }
        for (std::size_t block = 0; block < sums.size(); ++block)
            if (counts[block] > 0)
                out.colours[channel * sums.size() + block] = static_cast<std::uint8_t>(sums[block] / counts[block]);
    }
}

}  // namespace

PictureSketch sketch_of(const Picture& picture) {
    const PictureCopy whole = grey_of(picture);
    const PictureCopy small = formed({1, whole.height, whole.width, whole.pixels},
                                     {1, static_cast<std::int64_t>(side), static_cast<std::int64_t>(width), "stretch"});
    PictureSketch out;
    std::copy(small.pixels.begin(), small.pixels.end(), out.grey.begin());
    for (std::size_t y = 0; y < side; ++y)
        for (std::size_t x = 0; x < side; ++x)
            if (out.grey[y * width + x + 1] >= out.grey[y * width + x] + least_rise)
                out.rises[y] = static_cast<std::uint16_t>(out.rises[y] | (1U << x));
    draw_outline(out);
    if (picture.channels >= 3) mix_colours(picture, out);
    return out;
}

bool near_copies(const PictureSketch& one, const PictureSketch& other) {
    using Words = std::array<std::uint64_t, 4>;
    const auto a = std::bit_cast<Words>(one.rises), b = std::bit_cast<Words>(other.rises);
    int different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) different += std::popcount(a[i] ^ b[i]);
    if (different > most_different) return false;
    const double lack = may_lack(one, other);
    return outlines_meet(one, other, lack) && follow(one.grey, other.grey, 1 - lack) &&
           follow(one.colours, other.colours, least_colourful);
}

std::uint64_t common_hash(const PictureSketch& sketch) {
    std::uint64_t least = ~std::uint64_t{0};
    for (std::size_t y = 0; y < side; ++y)
        if (sketch.rises[y] != 0) least = std::min(least, mix64((y << 16) | sketch.rises[y]));
    return mix64(least);
}

NearPictures::NearPictures(std::vector<const PictureSketch*> among) : among_(std::move(among)) {
    for (std::size_t y = 0; y < side; ++y) {
        std::vector<std::uint32_t>&starts = starts_[y], &order = by_row_[y];
        starts.assign(row_values + 1, 0);
        for (const PictureSketch* one : among_) ++starts[one->rises[y] + std::size_t{1}];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
        order.resize(among_.size());
        for (std::size_t i = 0; i < among_.size(); ++i)
            order[next[among_[i]->rises[y]]++] = static_cast<std::uint32_t>(i);
    }
}

std::size_t NearPictures::find(const PictureSketch& sketch) const {
    auto alike = [&](std::size_t y) {  // in the row
        const std::size_t value = sketch.rises[y];
        return std::pair(starts_[y][value], starts_[y][value + 1]);
    };
    std::array<std::size_t, side> rows{};
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        const auto [a_begin, a_end] = alike(a);
        const auto [b_begin, b_end] = alike(b);
        return std::pair(a_end - a_begin, a) < std::pair(b_end - b_begin, b);
    });
    std::size_t left = most_tried;
    for (const std::size_t y : rows) {
        const auto [begin, end] = alike(y);
        for (std::uint32_t i = begin; i < end; ++i) {
            if (left-- == 0) return none;
            if (near_copies(sketch, *among_[by_row_[y][i]])) return by_row_[y][i];
        }
    }
    return none;
}

}  // namespace gw
