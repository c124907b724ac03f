#pragma once
#include <cstdint>

#include "util/pieces.h"
#include "util/wide.h"

namespace gw {

/// Values that one piece of a pass over flat memory goes over: fixed, so that what is summed piece by piece does not
/// depend on the number of threads.
inline constexpr std::int64_t flat_piece = std::int64_t{1} << 15;

/// Calls body(first, last) on pieces of [begin, end), by whoever is free.
template <class Body>
void over_flat(std::int64_t begin, std::int64_t end, const Body& body) {
    by_pieces(begin, end, flat_piece, body);
}

}  // namespace gw
