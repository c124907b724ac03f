#include <array>

#include "data/catalog.h"
#include "data/images/colour.h"
#include "data/images/detail.h"
#include "data/images/draws.h"
#include "data/images/geometry.h"

namespace gw {

namespace {

struct ViewsConfig : Mixing {
    double crop = 0.3, flip = 0.5, rotation = 0, zoom = 0, shift = 0, colour = 0.5, grey = 0.2, blur = 0,
           blur_from = 0.1, blur_to = 2, noise = 0;
    std::int64_t cutout = 0;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&ViewsConfig::crop>(
                {.key = "crop",
                 .label = "Smallest crop",
                 .help = "Each view is a part of the picture, brought back to its size: from this share of the area up "
                         "to all of it, 3:4 to 4:3 wide. 1 = always the whole picture.",
                 .min = 0.05,
                 .max = 1}),
            schema::field<&ViewsConfig::flip>({.key = "flip",
                                               .label = "Flip",
                                               .help = "How often left and right are swapped; 0 where that would "
                                                       "change the class, as with digits and letters.",
                                               .min = 0,
                                               .max = 0.5}),
            schema::field<&ViewsConfig::colour>(
                {.key = "colour",
                 .label = "Colour jitter",
                 .help = "Strength of changes of brightness, contrast, saturation and hue, made to four views in five: "
                         "0.5 for small pictures, 1 for photographs. Of grey pictures brightness and contrast alone.",
                 .min = 0,
                 .max = 1}),
            schema::field<&ViewsConfig::grey>({.key = "grey",
                                               .label = "Grey",
                                               .help = "How often a view loses its colours. Means nothing for pictures "
                                                       "that have none.",
                                               .min = 0,
                                               .max = 1}),
            schema::field<&ViewsConfig::blur>({.key = "blur",
                                               .label = "Blur",
                                               .help = "How often a view is blurred; 0.5 for photographs, 0 for "
                                                       "pictures of few pixels, which have little to lose.",
                                               .min = 0,
                                               .max = 1}),
            schema::field<&ViewsConfig::blur_from>({.key = "blur_from",
                                                    .label = "Least blur",
                                                    .help = "Smallest standard deviation of the blur.",
                                                    .unit = "pixels",
                                                    .min = 0.1,
                                                    .max = most_blur,
                                                    .audience = schema::Audience::expert}),
            schema::field<&ViewsConfig::blur_to>({.key = "blur_to",
                                                  .label = "Most blur",
                                                  .help = "Largest standard deviation of the blur.",
                                                  .unit = "pixels",
                                                  .min = 0.1,
                                                  .max = most_blur,
                                                  .audience = schema::Audience::expert}),
            schema::field<&ViewsConfig::rotation>({.key = "rotation",
                                                   .label = "Rotation",
                                                   .help = "Largest rotation either way.",
                                                   .unit = "degrees",
                                                   .min = 0,
                                                   .max = 45}),
            schema::field<&ViewsConfig::zoom>({.key = "zoom",
                                               .label = "Scaling",
                                               .help = "Largest scaling either way, besides the crop's: 0.2 makes "
                                                       "things 0.8 to 1.2 times as large. The gap is filled with the "
                                                       "pixels at the picture's edge.",
                                               .min = 0,
                                               .max = 0.5,
                                               .audience = schema::Audience::expert}),
            schema::field<&ViewsConfig::shift>({.key = "shift",
                                                .label = "Shift",
                                                .help = "Largest shift across and down, as a share of the side; the "
                                                        "gap is filled with the pixels at the picture's edge.",
                                                .min = 0,
                                                .max = 0.5,
                                                .audience = schema::Audience::expert}),
            schema::field<&ViewsConfig::noise>({.key = "noise",
                                                .label = "Noise",
                                                .help = "Largest standard deviation of noise, as a share of full "
                                                        "brightness; each view draws its own.",
                                                .min = 0,
                                                .max = 0.5}),
            schema::field<&ViewsConfig::cutout>({.key = "cutout",
                                                 .label = "Cutout",
                                                 .help = "Side of a square that is covered with the picture's mean, so "
                                                         "that no single detail decides; 0 = none.",
                                                 .unit = "pixels",
                                                 .min = 0,
                                                 .max = 64}),
        },
        Mixing::fields);

    void check(schema::Problems& out, const std::string& at) const {
        if (blur_from > blur_to) out.push_back({at + ".blur_from", "must not be above blur_to"});
    }
};

/// Crop, flip, rotation, scaling and shift in one resampling, colours, grey, blur, noise, then cutout.
class Views final : public Augmentation {
  public:
    explicit Views(const ViewsConfig& config) : config_(config) {}

    void picture(std::uint8_t* pixels, std::int64_t channels, std::int64_t height, std::int64_t width,
                 Rng rng) const override {
        // All are drawn in this order whichever are in use, so that switching one on leaves the others as they were.
        const Crop crop = drawn_crop(height, width, Turn::one - up_to(rng, 1 - config_.crop), rng);
        const bool flipped = rng.uniform() < config_.flip;
        const Turn turn = turn_by(either_way(rng, config_.rotation));
        const std::int64_t zoom = Turn::one + either_way(rng, config_.zoom);
        const std::int64_t down = either_way(rng, config_.shift * static_cast<double>(height));
        const std::int64_t across = either_way(rng, config_.shift * static_cast<double>(width));
        const Colours colours = drawn_colours(rng);
        const bool grey = rng.uniform() < config_.grey;
        const bool blurred = rng.uniform() < config_.blur;
        const std::int64_t deviation =
            static_cast<std::int64_t>(config_.blur_from * 65536) + up_to(rng, config_.blur_to - config_.blur_from);
        const std::int64_t noise = up_to(rng, config_.noise);
        const Rng noise_rng(rng());
        const auto middle_y = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(height)));
        const auto middle_x = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(width)));

        const auto plane = [&](std::int64_t c) { return Plane{pixels + c * height * width, height, width}; };
        const Origin origin = origin_of(crop, height, width, flipped, turn, zoom, down, across);
        std::vector<std::uint8_t> before;
        if (origin != same_place(height, width))
            for (std::int64_t c = 0; c < channels; ++c) resample(plane(c), origin, before);
        change_colours(pixels, channels, height * width, colours);
        if (grey && channels == 3) change_saturation(pixels, height * width, 0);
        std::vector<std::int64_t> memory;
        if (blurred)
            for (std::int64_t c = 0; c < channels; ++c) blur(plane(c), deviation, memory);
        if (noise > 0) add_noise(pixels, channels * height * width, noise, noise_rng);
        if (config_.cutout > 0)
            for (std::int64_t c = 0; c < channels; ++c) cover(plane(c), middle_y, middle_x, config_.cutout);
    }
    Mixing mixing() const override { return config_; }

  private:
    struct Colours {
        bool any;
        std::array<int, 4> order;  ///< of brightness, contrast, saturation and hue
        std::int64_t brightness, contrast, saturation, hue;
    };
    /// Ranges and chance of SimCLR's appendix A; hue in 1/65,536 of a sixth of the circle.
    Colours drawn_colours(Rng& rng) const {
        Colours out{rng.uniform() < 0.8 && config_.colour > 0, {0, 1, 2, 3}, 0, 0, 0, 0};
        for (std::size_t last = 3; last > 0; --last) std::swap(out.order[last], out.order[rng.below(last + 1)]);
        out.brightness = Turn::one + either_way(rng, 0.8 * config_.colour);
        out.contrast = Turn::one + either_way(rng, 0.8 * config_.colour);
        out.saturation = Turn::one + either_way(rng, 0.8 * config_.colour);
        out.hue = either_way(rng, 6 * 0.2 * config_.colour);
        return out;
    }
    static void change_colours(std::uint8_t* pixels, std::int64_t channels, std::int64_t count, const Colours& to) {
        if (!to.any) return;
        for (const int what : to.order) {
            if (what == 0) brighten(pixels, channels * count, to.brightness);
            if (what == 1) change_contrast(pixels, channels, count, to.contrast);
            if (what == 2 && channels == 3) change_saturation(pixels, count, to.saturation);
            if (what == 3 && channels == 3) turn_hue(pixels, count, to.hue);
        }
    }
    ViewsConfig config_;
};

}  // namespace

AugmentationKind views_kind() {
    auto kind = kind_of<AugmentationKind, ViewsConfig>(
        {.id = "views",
         .title = "Views",
         .summary = "Strong random views of pictures: parts of them with other colours, for learning without labels "
                    "and against overfitting.",
         .source = "Chen et al. 2020, appendix A, arXiv:2002.05709; mixup: Zhang et al. 2018, arXiv:1710.09412; "
                   "cutmix: Yun et al. 2019, arXiv:1905.04899"},
        [](const ViewsConfig& config) -> std::unique_ptr<Augmentation> { return std::make_unique<Views>(config); });
    kind.needs = {"image"};
    kind.needs_as_set = mixing_needs;
    kind.offers = [complete = kind.complete](const Json& section) {
        const Json all = complete(section);
        if (all.at("crop").get<double>() < 1) return std::vector<std::string>{views_that_differ};
        return differing_views(all, {"flip", "rotation", "zoom", "shift", "colour", "grey", "blur", "noise", "cutout"});
    };
    kind.remedies = {{mixes_labels, "set augmentation.mixup and augmentation.cutmix to 0"}};
    return kind;
}

}  // namespace gw
