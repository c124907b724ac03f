#include "util/allocator.h"

#include <climits>
#include <cstdlib>  // also says whether this is glibc
#include <initializer_list>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace gw {

void keep_freed_memory() {
#if defined(__GLIBC__)
    for (const char* chosen :
         {"MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_ARENA_MAX", "GLIBC_TUNABLES"})
        if (std::getenv(chosen)) return;
    // The largest that glibc takes on 64 bits (HEAP_MAX_SIZE / 2); what is larger is mapped by itself and rare.
    constexpr int largest_threshold = 32 << 20;
    mallopt(M_MMAP_THRESHOLD, largest_threshold);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    // A thread's own arena lies in maps of 64 MiB that are given back as they empty; the training thread must not have
    // one.
    mallopt(M_ARENA_MAX, 1);
#endif
}

void give_back_freed_memory() {
#if defined(__GLIBC__)
    (void)malloc_trim(0);
#endif
}

}  // namespace gw
