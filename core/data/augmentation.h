#pragma once
#include <initializer_list>
#include <memory>
#include <span>

#include "data/images/mixing.h"
#include "schema/kind.h"
#include "tokenize/tokenizer.h"
#include "util/rng.h"

namespace gw {

/// Changes training rows so that no two passes see the same. Drawn from the sample's number, so that any step can be
/// shown again. Held-out rows are changed only where an objective learns from views (viewed_rows), and never mixed.
class Augmentation {
  public:
    virtual ~Augmentation() = default;
    /// Changes the bytes [channels, height, width] of one picture in place. `rng` is the sample's own.
    virtual void picture(std::uint8_t* pixels, std::int64_t channels, std::int64_t height, std::int64_t width,
                         Rng rng) const {
        (void)pixels, (void)channels, (void)height, (void)width, (void)rng;
    }
    /// Changes the tokens of one labelled text in place; `length` is 1 at least. Gives how many are left, at least 1.
    virtual std::int64_t tokens(Token* ids, std::int64_t length, Rng rng) const {
        (void)ids, (void)rng;
        return length;
    }
    /// How rows are mixed with others once both are changed.
    virtual Mixing mixing() const { return {}; }
};

/// What an objective offers whose labels stand for a row as a whole, whatever becomes of its tokens.
inline constexpr const char* labels_whole_rows = "labels of whole rows";

/// What an augmentation offers under which two views of a picture differ.
inline constexpr const char* views_that_differ = "views that differ";
/// That, where one of these settings of a section is a number above 0.
std::vector<std::string> differing_views(const Json& section, std::initializer_list<const char*> settings);

using AugmentationKind = Kind<std::unique_ptr<Augmentation>>;  ///< of "none" a null pointer

/// All augmentations, in the order people see them; the first changes nothing.
std::span<const AugmentationKind> augmentations();
/// Of a section "augmentation"; null of one that changes nothing, and of a spec from before there was the section.
std::unique_ptr<Augmentation> make_augmentation(const Json& section);

}  // namespace gw
