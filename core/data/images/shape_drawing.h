#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "util/rng.h"

namespace gw {

/// What a drawn picture shows; each factor is drawn uniformly and independently of the others.
struct ShapeFactors {
    enum Factor { shape, colour, place, size, texture };
    static constexpr std::array<std::string_view, 5> names{"shape", "colour", "place", "size", "texture"};
    std::array<std::size_t, names.size()> values{};

    /// Names of the values of a factor.
    static std::span<const std::string_view> values_of(std::size_t factor);
    std::string_view name(std::size_t factor) const { return values_of(factor)[values[factor]]; }
    /// "a small red striped circle at the top left"
    std::string caption() const;
};

/// Draws the factors from `rng`, and then the picture with what a class leaves open: bytes [3, side, side] into
/// `pixels`, which has that size. `noise_65536`: standard deviation of the noise, 65,536 = the range of brightness.
/// Whole numbers alone (turn.h says why), so that a seed means the same bytes on every machine.
ShapeFactors draw_shape(Rng& rng, std::int64_t side, std::int64_t noise_65536, std::span<std::uint8_t> pixels);

/// Changes whenever the same seed draws other pictures.
inline constexpr std::string_view shape_drawing_version = "1";

}  // namespace gw
