#pragma once

/// Before a function: it is compiled for each of these instruction sets and the one that fits is chosen at run time.
/// For loops over plain memory, whose speed is that of wide loads. Functions that it calls are not compiled along:
/// write the arithmetic in the loop itself, and not in a lambda.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define GW_WIDE \
    __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3", "no-math-errno", "no-trapping-math")))
#else
#define GW_WIDE
#endif
