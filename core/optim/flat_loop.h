#pragma once
#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdint>

// Compiled for each of these instruction sets and chosen at run time: an update is one pass over memory, and wide loads
// matter.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define GW_WIDE \
    __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3", "no-math-errno", "no-trapping-math")))
#else
#define GW_WIDE
#endif

namespace gw {

/// Calls body(first, last) on slices of [begin, end) in parallel.
template <class Body>
void over_flat(std::int64_t begin, std::int64_t end, const Body& body) {
    at::parallel_for(begin, end, 32768, [&](std::int64_t first, std::int64_t last) { body(first, last); });
}

}  // namespace gw
