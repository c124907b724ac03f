#pragma once
#include <cstdint>

#include "util/rng.h"

// Draws of changes of pictures, in 1/65,536. Draws alone are floating-point, and of each one product is taken, so that
// the bytes are the same on every machine.
namespace gw {

/// Uniform between -most and most.
inline std::int64_t either_way(Rng& rng, double most) {
    const double either = 2 * rng.uniform() - 1;  // exact
    return static_cast<std::int64_t>(most * 65536 * either);
}

/// Uniform between 0 and most.
inline std::int64_t up_to(Rng& rng, double most) {
    return static_cast<std::int64_t>(most * 65536 * rng.uniform());
}

}  // namespace gw
