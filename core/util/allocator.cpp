#include "util/allocator.h"

#include <sys/types.h>

#include <algorithm>
#include <climits>
#include <cstdlib>  // also says whether this is glibc
#include <initializer_list>
#include <string>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#if defined(__GNUC__) && !defined(_WIN32)
#define GROUNDWORK_MAY_HAVE_JEMALLOC
// Of jemalloc, where a program is linked with it or somebody has loaded it before; else null.
extern "C" int mallctl(const char* name, void* old, size_t* old_length, void* fresh, size_t fresh_length)
    __attribute__((weak));
#endif

namespace gw {

namespace {

bool chosen_by_user(std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [](const char* name) { return std::getenv(name) != nullptr; });
}

}  // namespace

void keep_freed_memory() {
#if defined(GROUNDWORK_MAY_HAVE_JEMALLOC)
    if (mallctl) {
        if (chosen_by_user({"MALLOC_CONF"})) return;
        ssize_t never = -1;  // milliseconds until what was freed is given back
        unsigned arenas = 0;
        size_t length = sizeof arenas;
        if (mallctl("arenas.narenas", &arenas, &length, nullptr, 0) != 0) arenas = 0;
        for (const std::string decay : {"dirty_decay_ms", "muzzy_decay_ms"}) {
            (void)mallctl(("arenas." + decay).c_str(), nullptr, nullptr, &never, sizeof never);  // of those to come
            for (unsigned i = 0; i < arenas; ++i)
                (void)mallctl(("arena." + std::to_string(i) + "." + decay).c_str(), nullptr, nullptr, &never,
                              sizeof never);
        }
        return;
    }
#endif
#if defined(__GLIBC__)
    if (chosen_by_user({"MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_ARENA_MAX", "GLIBC_TUNABLES"}))
        return;
    // The largest that glibc takes on 64 bits (HEAP_MAX_SIZE / 2); what is larger is mapped by itself and rare.
    constexpr int largest_threshold = 32 << 20;
    mallopt(M_MMAP_THRESHOLD, largest_threshold);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

void give_back_freed_memory() {
#if defined(GROUNDWORK_MAY_HAVE_JEMALLOC)
    if (mallctl) {
        (void)mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // of all (MALLCTL_ARENAS_ALL)
        return;
    }
#endif
#if defined(__GLIBC__)
    (void)malloc_trim(0);
#endif
}

}  // namespace gw
