#include "data/catalog.h"
#include "data/images/colour.h"
#include "data/images/detail.h"
#include "data/images/draws.h"
#include "data/images/geometry.h"

namespace gw {

namespace {

struct ImageChangesConfig : Mixing {
    std::int64_t shift = 2, cutout = 0;
    double flip = 0, brightness = 0, rotation = 0;
    static constexpr auto fields = std::tuple_cat(
        std::tuple{
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
        },
        Mixing::fields);
};

/// Flip, rotation and shift, brightness, then cutout, whose middle is anywhere in the picture.
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
            if (flipped) mirror(plane);
            if (down != 0 || across != 0 || turn.sine != 0) turn_and_shift(plane, down, across, turn, before);
            if (factor != Turn::one) brighten(plane.values, plane.size(), factor);
            if (config_.cutout > 0) cover(plane, middle_y, middle_x, config_.cutout);
        }
    }

    Mixing mixing() const override { return config_; }

  private:
    ImageChangesConfig config_;
};

}  // namespace

AugmentationKind image_changes_kind() {
    auto kind = kind_of<AugmentationKind, ImageChangesConfig>(
        {.id = "image_changes",
         .title = "Small changes of pictures",
         .summary = "Pictures are shifted, flipped, turned, dimmed or partly covered, a little and anew in every pass.",
         .source = "Cutout: DeVries and Taylor 2017, arXiv:1708.04552; mixup: Zhang et al. 2018, arXiv:1710.09412; "
                   "cutmix: Yun et al. 2019, arXiv:1905.04899"},
        [](const ImageChangesConfig& config) -> std::unique_ptr<Augmentation> {
            return std::make_unique<ImageChanges>(config);
        });
    kind.needs = {"image"};
    kind.needs_as_set = mixing_needs;
    kind.offers = [complete = kind.complete](const Json& section) {
        return differing_views(complete(section), {"shift", "flip", "rotation", "brightness", "cutout"});
    };
    kind.remedies = {{mixes_labels, "set augmentation.mixup and augmentation.cutmix to 0"}};
    return kind;
}

}  // namespace gw
