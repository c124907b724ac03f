#pragma once
#include <algorithm>
#include <cstdint>

#include "util/task_pool.h"

namespace gw {

/// Calls body(first, last) on [begin, end) in pieces of `each` items, the last one shorter, by whoever is free. The cut
/// is a function of these three alone, so that what is summed piece by piece does not depend on the number of threads.
template <class Body>
void by_pieces(std::int64_t begin, std::int64_t end, std::int64_t each, const Body& body) {
    TaskPool::shared().run((end - begin + each - 1) / each, [&](std::int64_t piece) {
        const std::int64_t first = begin + piece * each;
        body(first, std::min(end, first + each));
    });
}

}  // namespace gw
