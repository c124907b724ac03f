#include <algorithm>

#include "data/images/picture_decoding.h"

namespace gw {

namespace {

/// How the values of one new line come from those of an old one: each from neighbours with whole weights, whose sum is
/// `total`. Downwards by the share of each old pixel in the new one, upwards linearly between centres.
struct Rescaling {
    struct One {
        std::int64_t first = 0;
        std::vector<std::uint64_t> weights;
    };
    Rescaling(std::int64_t from, std::int64_t to) {
        total = static_cast<std::uint64_t>(to <= from ? from : 2 * to);
        for (std::int64_t i = 0; i < to; ++i) {
            One one;
            if (to <= from) {
                const std::int64_t start = i * from, end = start + from;  // in parts of which an old pixel has `to`
                one.first = start / to;
                for (std::int64_t old = one.first; old * to < end; ++old)
                    one.weights.push_back(
                        static_cast<std::uint64_t>(std::min(end, (old + 1) * to) - std::max(start, old * to)));
            } else {
                const std::int64_t place = std::clamp((2 * i + 1) * from - to, std::int64_t{0}, 2 * to * (from - 1));
                one.first = place / (2 * to);
                const auto beyond = static_cast<std::uint64_t>(place % (2 * to));
                one.weights.push_back(total - beyond);
                if (beyond > 0) one.weights.push_back(beyond);
            }
            all.push_back(std::move(one));
        }
    }
    std::vector<One> all;
    std::uint64_t total = 1;
};

/// A part of a picture's pixels, and where it lies in it.
struct Window {
    std::int64_t top = 0, left = 0, height = 0, width = 0;
};

/// The window brought to another size. Between the two directions values keep 8 more bits.
PictureCopy rescaled(const Picture& picture, const Window& from, std::int64_t height, std::int64_t width) {
    constexpr std::uint64_t finer = 256;
    const Rescaling across(from.width, width), down(from.height, height);
    PictureCopy out;
    out.channels = picture.channels;
    out.height = height;
    out.width = width;
    out.pixels.resize(static_cast<std::size_t>(out.channels * height * width));
    std::vector<std::uint16_t> lines(static_cast<std::size_t>(from.height * width));
    std::vector<std::uint64_t> sums(static_cast<std::size_t>(width));
    std::uint8_t* next = out.pixels.data();
    for (std::int64_t channel = 0; channel < picture.channels; ++channel) {
        const std::uint8_t* plane = picture.pixels.data() + channel * picture.height * picture.width;
        std::uint16_t* line = lines.data();
        for (std::int64_t y = 0; y < from.height; ++y) {
            const std::uint8_t* row = plane + (from.top + y) * picture.width + from.left;
            for (const Rescaling::One& one : across.all) {
                std::uint64_t sum = 0;
                for (std::size_t i = 0; i < one.weights.size(); ++i)
                    sum += one.weights[i] * row[one.first + static_cast<std::int64_t>(i)];
                *line++ = static_cast<std::uint16_t>((sum * finer + across.total / 2) / across.total);
            }
        }
        for (const Rescaling::One& one : down.all) {
            std::fill(sums.begin(), sums.end(), 0);
            for (std::size_t i = 0; i < one.weights.size(); ++i) {
                const std::uint16_t* old = lines.data() + (one.first + static_cast<std::int64_t>(i)) * width;
                for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += one.weights[i] * old[x];
            }
            for (const std::uint64_t sum : sums)
                *next++ = static_cast<std::uint8_t>((sum + down.total * finer / 2) / (down.total * finer));
        }
    }
    return out;
}

/// a * b / c to the nearest, at least 1.
std::int64_t in_proportion(std::int64_t a, std::int64_t b, std::int64_t c) {
    return std::max<std::int64_t>(1, (a * b + c / 2) / c);
}

/// In the middle of a larger picture, whose rest has the mean of its edge.
PictureCopy filled_around(const PictureCopy& inner, std::int64_t height, std::int64_t width) {
    PictureCopy out;
    out.channels = inner.channels;
    out.height = height;
    out.width = width;
    out.pixels.reserve(static_cast<std::size_t>(out.channels * height * width));
    const std::int64_t top = (height - inner.height) / 2, left = (width - inner.width) / 2;
    for (std::int64_t channel = 0; channel < inner.channels; ++channel) {
        const std::uint8_t* plane = inner.pixels.data() + channel * inner.height * inner.width;
        std::uint64_t sum = 0, count = 0;
        for (std::int64_t y = 0; y < inner.height; ++y)
            for (std::int64_t x = 0; x < inner.width; ++x)
                if (y == 0 || x == 0 || y == inner.height - 1 || x == inner.width - 1) {
                    sum += plane[y * inner.width + x];
                    ++count;
                }
        const auto mean = static_cast<std::uint8_t>((sum + count / 2) / count);
        for (std::int64_t y = 0; y < height; ++y)
            for (std::int64_t x = 0; x < width; ++x) {
                const std::int64_t row = y - top, column = x - left;
                const bool inside = row >= 0 && row < inner.height && column >= 0 && column < inner.width;
                out.pixels.push_back(inside ? plane[row * inner.width + column] : mean);
            }
    }
    return out;
}

/// Colours from grey, or grey from colours by their brightness (ITU-R BT.601).
PictureCopy of_channels(PictureCopy picture, std::int64_t channels) {
    if (picture.channels == channels) return picture;
    PictureCopy out;
    out.channels = channels;
    out.height = picture.height;
    out.width = picture.width;
    const auto plane = static_cast<std::size_t>(picture.height * picture.width);
    if (channels == 1) {
        out.pixels.resize(plane);
        for (std::size_t i = 0; i < plane; ++i)
            out.pixels[i] = static_cast<std::uint8_t>((299 * picture.pixels[i] + 587 * picture.pixels[plane + i] +
                                                       114 * picture.pixels[2 * plane + i] + 500) /
                                                      1000);
    } else {
        for (std::int64_t i = 0; i < channels; ++i)
            out.pixels.insert(out.pixels.end(), picture.pixels.begin(),
                              picture.pixels.begin() + static_cast<std::ptrdiff_t>(plane));
    }
    return out;
}

}  // namespace

PictureCopy formed(const Picture& picture, const PictureForm& form) {
    const std::int64_t height = form.height > 0 ? form.height : picture.height,
                       width = form.width > 0 ? form.width : picture.width;
    if (height == picture.height && width == picture.width) return of_channels(PictureCopy(picture), form.channels);
    Window from{0, 0, picture.height, picture.width};
    std::int64_t inner_height = height, inner_width = width;
    const bool too_wide = picture.width * height > picture.height * width;
    if (form.fit == "crop") {
        if (too_wide)
            from.width = std::min(picture.width, in_proportion(picture.height, width, height));
        else
            from.height = std::min(picture.height, in_proportion(picture.width, height, width));
        from.top = (picture.height - from.height) / 2;
        from.left = (picture.width - from.width) / 2;
    } else if (form.fit == "pad") {
        if (too_wide)
            inner_height = std::min(height, in_proportion(picture.height, width, picture.width));
        else
            inner_width = std::min(width, in_proportion(picture.width, height, picture.height));
    }
    PictureCopy out = rescaled(picture, from, inner_height, inner_width);
    if (inner_height != height || inner_width != width) out = filled_around(out, height, width);
    return of_channels(std::move(out), form.channels);
}

}  // namespace gw
