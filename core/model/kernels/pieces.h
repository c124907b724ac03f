#pragma once
#include <cstdint>

#include "util/task_pool.h"

namespace gw::kernels {

/// Positions that one thread takes at a time: their activations stay in the caches beside the weights.
inline constexpr std::int64_t tokens_at_once = 320;

/// body(first, count) over [0, whole) in pieces of about equal size of at most `at_once`; a function of these two
/// alone. A single piece runs as if it were called.
template <class Body>
void over_pieces(std::int64_t whole, std::int64_t at_once, const Body& body) {
    const std::int64_t pieces = (whole + at_once - 1) / at_once;
    const auto piece = [&](std::int64_t i) {
        const std::int64_t first = whole * i / pieces;
        body(first, whole * (i + 1) / pieces - first);
    };
    if (pieces == 1)
        piece(0);
    else
        TaskPool::shared().run(pieces, piece);
}

}  // namespace gw::kernels
