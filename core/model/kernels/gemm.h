#pragma once
#include <cstdint>

// Matrix products of the fused kernels: float32, row by row in memory, in the calling thread alone.
namespace gw::kernels {

/// A factor as it lies in memory; `stride` floats from one row to the next.
struct Factor {
    const float* at;
    std::int64_t stride;
    bool transposed = false;  ///< the rows in memory are the columns of the factor
};

/// c [m, n] = a [m, k] b [k, n], with `bias` [n] added to every row if it is given; `add` leaves what is in c and adds
/// the product to it (then without a bias). What is summed in which order depends on the shape and on the processor's
/// instruction set alone. c overlaps neither factor; m, n and k are at least 1.
void gemm(std::int64_t m, std::int64_t n, std::int64_t k, Factor a, Factor b, float* c, std::int64_t c_stride,
          bool add = false, const float* bias = nullptr);

}  // namespace gw::kernels
