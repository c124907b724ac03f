#pragma once
#include <string>
#include <vector>

#include "schema/field.h"
#include "util/rng.h"

namespace gw {

/// The settings of augmentations that may mix training rows with others; a kind's config derives from it and puts its
/// fields behind its own (std::tuple_cat).
struct Mixing {
    double mixup = 0, cutmix = 0;
    bool any() const { return mixup > 0 || cutmix > 0; }

    static constexpr auto fields = std::tuple{
        schema::field<&Mixing::mixup>({.key = "mixup",
                                       .label = "Mixup",
                                       .help =
                                           "Each picture becomes a weighted mean of itself and another, and so does "
                                           "the loss of their labels. The weight is drawn from a Beta distribution "
                                           "with this on both sides: 0.2 leaves most pictures nearly whole, 1 draws "
                                           "every weight alike; 0 = off.",
                                       .min = 0,
                                       .max = 4}),
        schema::field<&Mixing::cutmix>({.key = "cutmix",
                                        .label = "Cutmix",
                                        .help = "A box of each picture comes from another, which counts in the loss by "
                                                "the box's area. The share that stays is drawn as with mixup; 0 = off. "
                                                "With both on, each picture takes one of them by a coin.",
                                        .min = 0,
                                        .max = 4}),
    };
};

/// What an objective offers that can learn from a row with the labels of two.
inline constexpr const char* mixes_labels = "an objective that mixes labels";
/// That, where a section that holds the settings above has one of them on.
std::vector<std::string> mixing_needs(const Json& section);

/// Drawn from Beta(alpha, alpha), `alpha` > 0, in 1/65,536; the same on every machine.
std::int64_t drawn_share(Rng& rng, double alpha);

/// Mixes `partner` into a picture of the same size [channels, height, width]. Gives the share of the picture's own that
/// it still holds. Mixing::any() holds.
double mix_pictures(std::uint8_t* pixels, const std::uint8_t* partner, std::int64_t channels, std::int64_t height,
                    std::int64_t width, const Mixing& mixing, Rng rng);

}  // namespace gw
