#pragma once

namespace gw {

/// How many threads the mathematics of the calling thread has: LibTorch's operations, and the pieces of
/// TaskPool::shared(), within which each thread has LibTorch (with its OpenMP, OpenBLAS and MKL) for itself alone.
void use_threads(int threads);

}  // namespace gw
