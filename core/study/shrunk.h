#pragma once
#include "data/images/picture_copy.h"

namespace gw {

/// A picture reduced by a whole factor, the mean of each square of pixels, so that no side is longer than
/// `longest_side` >= 1; as it is where it is small enough. Squares at the right and lower edge may be cut.
PictureCopy shrunk(const Picture& picture, std::int64_t longest_side);

}  // namespace gw
