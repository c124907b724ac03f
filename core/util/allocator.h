#pragma once

namespace gw {

/// Lets the allocator keep what a training step frees for the next step, instead of giving it back to the system and
/// faulting every page in again: 15 % of a small model's step was that. Of jemalloc, which the programs are linked
/// with, or of glibc, whose threads wait for each other's locks: a step of many small tensors takes several times as
/// long. Call once, first thing in main(). Does nothing where the user has chosen otherwise (MALLOC_CONF; of glibc
/// MALLOC_MMAP_THRESHOLD_, MALLOC_TRIM_THRESHOLD_, MALLOC_ARENA_MAX, GLIBC_TUNABLES), and with other allocators.
void keep_freed_memory();
/// Gives what was freed back to the system once: behind work that needed much and does not come again, such as the
/// making of a model. Costs a fault for each page that is used again.
void give_back_freed_memory();

}  // namespace gw
