#include "data/images/shape_drawing.h"

#include <algorithm>
#include <limits>

#include "data/images/turn.h"

namespace gw {

namespace {

// Lengths are in 1/65,536 of the picture's side, y points down, values are in 1/256 of a byte.
constexpr std::int64_t unit = Turn::one;
constexpr std::int64_t share(std::int64_t thousandths) {
    return unit * thousandths / 1000;
}

constexpr std::array<std::string_view, 6> shapes{"circle", "square", "triangle", "star", "cross", "ring"};
constexpr std::array<std::string_view, 6> colours{"red", "green", "blue", "yellow", "magenta", "cyan"};
constexpr std::array<std::string_view, 9> places{"top left", "top",         "top right", "left",        "centre",
                                                 "right",    "bottom left", "bottom",    "bottom right"};
constexpr std::array<std::string_view, 3> sizes{"small", "medium", "large"};
constexpr std::array<std::string_view, 3> textures{"plain", "striped", "dotted"};

constexpr std::array<std::array<std::int64_t, 3>, 6> paints{
    {{225, 40, 40}, {40, 190, 60}, {50, 80, 235}, {235, 215, 50}, {215, 60, 205}, {60, 210, 220}}};

struct Point {
    std::int64_t x = 0, y = 0;
};

/// Corners in thousandths of the radius; circle and ring have none.
std::span<const Point> corners_of(std::size_t shape) {
    static constexpr std::array<Point, 4> square{{{-870, -870}, {870, -870}, {870, 870}, {-870, 870}}};
    static constexpr std::array<Point, 3> triangle{{{0, -1100}, {1050, 720}, {-1050, 720}}};
    // Five points at a distance of 1,100, and between them corners at 480.
    static constexpr std::array<Point, 10> star{{{0, -1100},
                                                 {282, -388},
                                                 {1046, -340},
                                                 {456, 148},
                                                 {647, 890},
                                                 {0, 480},
                                                 {-647, 890},
                                                 {-456, 148},
                                                 {-1046, -340},
                                                 {-282, -388}}};
    static constexpr std::array<Point, 12> cross{{{-320, -1040},
                                                  {320, -1040},
                                                  {320, -320},
                                                  {1040, -320},
                                                  {1040, 320},
                                                  {320, 320},
                                                  {320, 1040},
                                                  {-320, 1040},
                                                  {-320, 320},
                                                  {-1040, 320},
                                                  {-1040, -320},
                                                  {-320, -320}}};
    switch (shape) {
        case 1:
            return square;
        case 2:
            return triangle;
        case 3:
            return star;
        case 4:
            return cross;
        default:
            return {};
    }
}

/// Distance from the edge of a closed line, negative inside.
std::int64_t distance_from(const std::vector<Point>& corners, Point at) {
    std::int64_t nearest = std::numeric_limits<std::int64_t>::max();
    bool inside = false;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point a = corners[i], b = corners[(i + 1) % corners.size()];
        const Point along{b.x - a.x, b.y - a.y}, from{at.x - a.x, at.y - a.y};
        const std::int64_t length = std::max<std::int64_t>(1, along.x * along.x + along.y * along.y);
        const std::int64_t part = std::clamp<std::int64_t>(along.x * from.x + along.y * from.y, 0, length);
        // The ratio to 1/65,536 without leaving 64 bits: lengths are below 2^34.
        const std::int64_t ratio = part * 65536 / length;
        const Point off{from.x - along.x * ratio / 65536, from.y - along.y * ratio / 65536};
        nearest = std::min(nearest, off.x * off.x + off.y * off.y);
        // An edge that the ray to the right of the point crosses turns inside out.
        if ((a.y > at.y) != (b.y > at.y)) {
            const std::int64_t side = from.x * along.y - from.y * along.x;
            if ((along.y > 0) == (side < 0)) inside = !inside;
        }
    }
    return inside ? -whole_root(nearest) : whole_root(nearest);
}

/// The outline of one drawn shape.
class Outline {
  public:
    Outline(std::size_t shape, Point centre, std::int64_t radius, Turn turn)
        : shape_(shape), centre_(centre), radius_(radius) {
        for (const Point& corner : corners_of(shape)) {
            const std::int64_t x = corner.x * radius / 1000, y = corner.y * radius / 1000;
            corners_.push_back({centre.x + (x * turn.cosine - y * turn.sine) / unit,
                                centre.y + (x * turn.sine + y * turn.cosine) / unit});
        }
    }
    std::int64_t distance(Point at) const {
        if (!corners_.empty()) return distance_from(corners_, at);
        const std::int64_t x = at.x - centre_.x, y = at.y - centre_.y, away = whole_root(x * x + y * y);
        if (shape_ == 0) return away - radius_;
        const std::int64_t width = radius_ * 22 / 100, middle = radius_ - width;
        return std::max(away - middle, middle - away) - width;
    }
    /// Whether all of the shape is farther away than a pixel's width.
    bool far(Point at, std::int64_t pixel) const {
        const std::int64_t reach = radius_ * 125 / 100 + pixel;  // no corner is farther than 1.24 radii
        return at.x < centre_.x - reach || at.x > centre_.x + reach || at.y < centre_.y - reach ||
               at.y > centre_.y + reach;
    }

  private:
    std::size_t shape_;
    Point centre_;
    std::int64_t radius_;
    std::vector<Point> corners_;
};

/// 0..256: how much of a pixel lies inside of what is `distance` away.
std::int64_t coverage(std::int64_t distance, std::int64_t side) {
    return std::clamp<std::int64_t>(128 - distance * side * 256 / unit, 0, 256);
}

/// Distance from the dark part of a texture, negative inside. It stands still in the picture but for its phase.
std::int64_t texture_distance(std::size_t texture, Point at, Point phase) {
    constexpr std::int64_t period = unit / 8;
    const std::int64_t x = (at.x + phase.x) % period - period / 2, y = (at.y + phase.y) % period - period / 2;
    if (texture == 1) return std::max(y, -y) - period / 4;
    return whole_root(x * x + y * y) - period * 30 / 100;
}

/// Nearly Gaussian: the sum of eight uniform numbers of 16 bits, whose standard deviation is `sum_deviation`. Box and
/// Muller's way needs a logarithm, whose last bit is not the same everywhere.
constexpr std::int64_t sum_deviation = 53510;  // sqrt(8 * (65536^2 - 1) / 12)
std::int64_t noise_sum(Rng& rng) {
    std::int64_t sum = std::int64_t{-4} * 65535;
    for (int words = 0; words < 2; ++words) {
        const std::uint64_t bits = rng();
        for (int shift = 0; shift < 64; shift += 16) sum += static_cast<std::int64_t>(bits >> shift & 0xffff);
    }
    return sum;
}

/// Uniform in -most..most.
std::int64_t whole_either_way(Rng& rng, std::int64_t most) {
    return static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(2 * most + 1))) - most;
}

}  // namespace

std::span<const std::string_view> ShapeFactors::values_of(std::size_t factor) {
    switch (factor) {
        case shape:
            return shapes;
        case colour:
            return colours;
        case place:
            return places;
        case size:
            return sizes;
        default:
            return textures;
    }
}

std::string ShapeFactors::caption() const {
    std::string out = "a";
    for (const Factor factor : {size, colour, texture, shape}) out += " " + std::string(name(factor));
    return out + " at the " + std::string(name(place));
}

ShapeFactors draw_shape(Rng& rng, std::int64_t side, std::int64_t noise_65536, std::span<std::uint8_t> pixels) {
    ShapeFactors factors;
    for (std::size_t i = 0; i < factors.names.size(); ++i)
        factors.values[i] = static_cast<std::size_t>(rng.below(ShapeFactors::values_of(i).size()));
    const std::size_t shape = factors.values[ShapeFactors::shape], texture = factors.values[ShapeFactors::texture];

    // Places are 0.2 apart and sizes a third, so that no jitter makes one look like another.
    constexpr std::array<std::int64_t, 3> grid{share(300), share(500), share(700)},
        radii{share(135), share(185), share(245)};
    const std::size_t place = factors.values[ShapeFactors::place];
    Point centre{grid[place % 3], grid[place / 3]};
    centre.x += whole_either_way(rng, share(30));
    centre.y += whole_either_way(rng, share(30));
    std::int64_t radius = radii[factors.values[ShapeFactors::size]];
    radius += radius * whole_either_way(rng, share(80)) / unit;
    const Turn turn = turn_by(whole_either_way(rng, std::int64_t{10} * 65536));
    const std::int64_t grey = (20 + static_cast<std::int64_t>(rng.below(81))) * 256;
    const Point phase{static_cast<std::int64_t>(rng.below(unit / 8)), static_cast<std::int64_t>(rng.below(unit / 8))};

    const Outline outline(shape, centre, radius, turn);
    const auto& paint = paints[factors.values[ShapeFactors::colour]];
    const std::int64_t plane = side * side, noise = noise_65536 * 255 * 256 / sum_deviation;
    for (std::int64_t y = 0; y < side; ++y)
        for (std::int64_t x = 0; x < side; ++x) {
            const Point at{(2 * x + 1) * unit / (2 * side), (2 * y + 1) * unit / (2 * side)};
            const bool far = outline.far(at, 2 * unit / side);
            const std::int64_t covered = far ? 0 : coverage(outline.distance(at), side);
            const std::int64_t dark =
                covered == 0 || texture == 0 ? 0 : coverage(texture_distance(texture, at, phase), side);
            for (std::int64_t c = 0; c < 3; ++c) {
                const std::int64_t full = paint[static_cast<std::size_t>(c)];
                const std::int64_t painted = full * (256 - dark) + full * dark / 2;  // the dark part keeps half
                std::int64_t value = grey + (painted - grey) * covered / 256;
                if (noise > 0) value += noise_sum(rng) * noise / unit;
                const std::int64_t byte = std::clamp<std::int64_t>((value + 128) / 256, 0, 255);
                pixels[static_cast<std::size_t>(c * plane + y * side + x)] = static_cast<std::uint8_t>(byte);
            }
        }
    return factors;
}

}  // namespace gw
