#pragma once
#include <string>

#include "data/images/picture_copy.h"

namespace gw {

/// The bytes of a PNG file; of one channel in grey, of three in colour, of any other number the first in grey. Throws
/// Failure where it would be larger than a PNG can be.
std::string png_of(const PictureCopy& picture);

}  // namespace gw
