#pragma once
#include <cstdint>

// Changes of brightness and colour of a whole picture: bytes [channels, count]. Factors are in 1/65,536; results are
// rounded and kept between 0 and 255.
namespace gw {

/// Every value times `factor`, which is not below 0.
void brighten(std::uint8_t* values, std::int64_t count, std::int64_t factor);
/// Every value's distance from the picture's mean brightness times `factor`. The brightness of three channels is that
/// of red, green and blue (ITU-R BT.601).
void change_contrast(std::uint8_t* pixels, std::int64_t channels, std::int64_t count, std::int64_t factor);

// Of red, green and blue alone.

/// Every value's distance from the pixel's brightness times `factor`; of 0 the picture is grey.
void change_saturation(std::uint8_t* pixels, std::int64_t count, std::int64_t factor);
/// Goes `by` round the circle of hues, in 1/65,536 of a sixth of it: red, yellow, green, cyan, blue, magenta. The
/// largest and smallest value of a pixel stay.
void turn_hue(std::uint8_t* pixels, std::int64_t count, std::int64_t by);

}  // namespace gw
