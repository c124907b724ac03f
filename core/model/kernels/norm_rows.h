#pragma once
#include <cstdint>

// Row after row of float32, in the calling thread alone. Shape letters: N rows, D width.
namespace gw::kernels {

/// Layer norm, or root-mean-square norm, as Norm in layers.h has it.
struct NormRows {
    std::int64_t width;
    bool rms;
    const float* weight;  ///< [D]
    const float* bias;    ///< [D] or null
};

/// What a row is shifted by and multiplied with; the first is 0 for a root-mean-square norm.
struct RowScales {
    float* mean;   ///< [N]
    float* scale;  ///< [N]
};

void find_scales(const NormRows& norm, std::int64_t rows, const float* x, RowScales to);
void normalise(const NormRows& norm, std::int64_t rows, const float* x, RowScales at, float* y);
/// gradient_x = past + what comes back through the norm; `past` is the gradient that the residual path brings, or null.
void normalise_back(const NormRows& norm, std::int64_t rows, const float* x, RowScales at, const float* gradient_y,
                    const float* past, float* gradient_x);
/// ADDS to the gradients of weight and bias (either may be null) for the columns [first, last).
void norm_weight_gradients(const NormRows& norm, std::int64_t rows, std::int64_t first, std::int64_t last,
                           const float* x, RowScales at, const float* gradient_y, float* gradient_weight,
                           float* gradient_bias);
/// ADDS the sums of the columns [first, last) of x [N, stride] to sums[first, last).
void add_column_sums(std::int64_t rows, std::int64_t first, std::int64_t last, const float* x, std::int64_t stride,
                     float* sums);
/// y = x + bias (which may be null), for every row of `width`.
void add_bias(std::int64_t rows, std::int64_t width, const float* x, const float* bias, float* y);

}  // namespace gw::kernels
