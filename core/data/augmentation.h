#pragma once
#include <memory>
#include <span>

#include "schema/kind.h"
#include "util/rng.h"

namespace gw {

/// Changes training rows so that no two passes see the same. Drawn from the sample's number, so that any step can be
/// shown again; held-out rows are never changed.
class Augmentation {
  public:
    virtual ~Augmentation() = default;
    /// Changes the bytes [channels, height, width] of one picture in place. `rng` is the sample's own.
    virtual void picture(std::uint8_t* pixels, std::int64_t channels, std::int64_t height, std::int64_t width,
                         Rng rng) const = 0;
};

using AugmentationKind = Kind<std::unique_ptr<Augmentation>>;  ///< of "none" a null pointer

/// All augmentations, in the order people see them; the first changes nothing.
std::span<const AugmentationKind> augmentations();
/// Of a section "augmentation"; null of one that changes nothing, and of a spec from before there was the section.
std::unique_ptr<Augmentation> make_augmentation(const Json& section);

}  // namespace gw
