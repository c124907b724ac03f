#include <algorithm>

#include "data/catalog.h"
#include "data/images/turn.h"

namespace gw {

namespace {

struct ImageChangesConfig {
    std::int64_t shift = 2, cutout = 0;
    double flip = 0, brightness = 0, rotation = 0;
    static constexpr auto fields = std::tuple{
        schema::field<&ImageChangesConfig::shift>(
            {.key = "shift",
             .label = "Shift",
             .help = "Largest shift across and down; the gap is filled with the pixels at "
                     "the picture's edge.",
             .unit = "pixels",
             .min = 0,
             .max = 32}),
        schema::field<&ImageChangesConfig::flip>(
            {.key = "flip",
             .label = "Flip",
             .help = "How often left and right are swapped; 0 where that would change the "
                     "class, as with digits and letters.",
             .min = 0,
             .max = 0.5}),
        schema::field<&ImageChangesConfig::rotation>({.key = "rotation",
                                                      .label = "Rotation",
                                                      .help = "Largest rotation either way.",
                                                      .unit = "degrees",
                                                      .min = 0,
                                                      .max = 45}),
        schema::field<&ImageChangesConfig::brightness>(
            {.key = "brightness",
             .label = "Brightness",
             .help = "Largest change of brightness: 0.2 makes it 0.8 to 1.2 times as "
                     "bright.",
             .min = 0,
             .max = 1}),
        schema::field<&ImageChangesConfig::cutout>(
            {.key = "cutout",
             .label = "Cutout",
             .help = "Side of a square that is covered with the picture's mean, so that no "
                     "single detail decides; 0 = none.",
             .unit = "pixels",
             .min = 0,
             .max = 64}),
    };
};

/// One channel of a picture.
struct Plane {
    std::uint8_t* values;
    std::int64_t height, width;
    std::uint8_t& at(std::int64_t y, std::int64_t x) const { return values[y * width + x]; }
};

/// Every value from where it came: `turn` back about the middle, then `down` and `across` back. Beyond the edge the
/// nearest pixel of the edge counts; between pixels, the four around in proportion.
void move(const Plane& plane, std::int64_t down, std::int64_t across, const Turn& turn,
          std::vector<std::uint8_t>& before) {
    before.assign(plane.values, plane.values + plane.height * plane.width);
    auto old = [&](std::int64_t y, std::int64_t x) -> std::int64_t {
        y = std::clamp<std::int64_t>(y, 0, plane.height - 1);
        return before[static_cast<std::size_t>(y * plane.width + std::clamp<std::int64_t>(x, 0, plane.width - 1))];
    };
    for (std::int64_t y = 0; y < plane.height; ++y)
        for (std::int64_t x = 0; x < plane.width; ++x) {
            if (turn.sine == 0) {
                plane.at(y, x) = static_cast<std::uint8_t>(old(y - down, x - across));
                continue;
            }
            // Twice the distance from the middle, so that it is a whole number for even sides as well.
            const std::int64_t v = 2 * (y - down) - (plane.height - 1), u = 2 * (x - across) - (plane.width - 1);
            const std::int64_t from_y = (v * turn.cosine - u * turn.sine + (plane.height - 1) * Turn::one) / 2;
            const std::int64_t from_x = (v * turn.sine + u * turn.cosine + (plane.width - 1) * Turn::one) / 2;
            const std::int64_t top = from_y >> 16, left = from_x >> 16, below = from_y & 0xffff,
                               right = from_x & 0xffff;
            const std::int64_t upper = old(top, left) * (Turn::one - right) + old(top, left + 1) * right;
            const std::int64_t lower = old(top + 1, left) * (Turn::one - right) + old(top + 1, left + 1) * right;
            const std::int64_t sum = upper * (Turn::one - below) + lower * below;  // below 2^40
            plane.at(y, x) = static_cast<std::uint8_t>((sum + (std::int64_t{1} << 31)) >> 32);
        }
}

void cover(const Plane& plane, std::int64_t middle_y, std::int64_t middle_x, std::int64_t side) {
    std::int64_t sum = 0;
    const std::int64_t count = plane.height * plane.width;
    for (std::int64_t i = 0; i < count; ++i) sum += plane.values[i];
    const auto mean = static_cast<std::uint8_t>((sum + count / 2) / count);
    const std::int64_t first_y = middle_y - side / 2, first_x = middle_x - side / 2;
    for (std::int64_t y = std::max<std::int64_t>(0, first_y); y < std::min(plane.height, first_y + side); ++y)
        for (std::int64_t x = std::max<std::int64_t>(0, first_x); x < std::min(plane.width, first_x + side); ++x)
            plane.at(y, x) = mean;
}

/// Flip, rotation and shift, brightness, then cutout. The square of the cutout has its middle anywhere in the picture,
/// so that part of it may lie outside (DeVries and Taylor 2017, arXiv:1708.04552). Draws alone are floating-point, and
/// of each one product is taken, so that the bytes are the same on every machine.
class ImageChanges final : public Augmentation {
  public:
    explicit ImageChanges(const ImageChangesConfig& config) : config_(config) {}

    void picture(std::uint8_t* pixels, std::int64_t channels, std::int64_t height, std::int64_t width,
                 Rng rng) const override {
        // All are drawn in this order whichever are in use, so that switching one on leaves the others as they were.
        const auto places = static_cast<std::uint64_t>(2 * config_.shift + 1);
        const std::int64_t down = static_cast<std::int64_t>(rng.below(places)) - config_.shift;
        const std::int64_t across = static_cast<std::int64_t>(rng.below(places)) - config_.shift;
        const bool flipped = rng.uniform() < config_.flip;
        const Turn turn = turn_by(either_way(rng, config_.rotation));
        const std::int64_t factor = Turn::one + either_way(rng, config_.brightness);
        const auto middle_y = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(height)));
        const auto middle_x = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(width)));

        std::vector<std::uint8_t> before;
        for (std::int64_t c = 0; c < channels; ++c) {
            const Plane plane{pixels + c * height * width, height, width};
            if (flipped)
                for (std::int64_t y = 0; y < height; ++y)
                    std::reverse(plane.values + y * width, plane.values + (y + 1) * width);
            if (down != 0 || across != 0 || turn.sine != 0) move(plane, down, across, turn, before);
            if (factor != Turn::one)
                for (std::int64_t i = 0; i < height * width; ++i)
                    plane.values[i] = static_cast<std::uint8_t>(
                        std::min<std::int64_t>(255, (plane.values[i] * factor + Turn::one / 2) / Turn::one));
            if (config_.cutout > 0) cover(plane, middle_y, middle_x, config_.cutout);
        }
    }

  private:
    /// Uniform between -most and most, in 1/65,536.
    static std::int64_t either_way(Rng& rng, double most) {
        const double either = 2 * rng.uniform() - 1;  // exact
        return static_cast<std::int64_t>(most * 65536 * either);
    }
    ImageChangesConfig config_;
};

}  // namespace

AugmentationKind image_changes_kind() {
    auto kind = kind_of<AugmentationKind, ImageChangesConfig>(
        {.id = "image_changes",
         .title = "Small changes of pictures",
         .summary = "Pictures are shifted, flipped, turned, dimmed or partly covered, a little and anew in every pass.",
         .source = "Cutout: DeVries and Taylor 2017, arXiv:1708.04552"},
        [](const ImageChangesConfig& config) -> std::unique_ptr<Augmentation> {
            return std::make_unique<ImageChanges>(config);
        });
    kind.needs = {"image"};
    return kind;
}

}  // namespace gw
