#include "model/kernels/norm_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "model/kernels/wide_math.h"

namespace gw::kernels {

namespace {

constexpr float row_epsilon = 1e-5F;
/// Column sums are added up over so many rows at a time: the error of a sum grows with the terms of its longest chain.
constexpr std::int64_t chain = 128, at_once = 512;

GW_WIDE_SUMS void scales_of(std::int64_t rows, std::int64_t width, bool rms, const float* __restrict x,
                            float* __restrict mean, float* __restrict scale) {
    const float share = 1.0F / static_cast<float>(width);
    for (std::int64_t i = 0; i < rows; ++i, x += width) {
        float sum = 0, squares = 0;
        if (!rms)
            for (std::int64_t j = 0; j < width; ++j) sum += x[j];
        const float middle = sum * share;
        for (std::int64_t j = 0; j < width; ++j) squares += (x[j] - middle) * (x[j] - middle);
        mean[i] = middle;
        scale[i] = 1.0F / std::sqrt(squares * share + row_epsilon);
    }
}

GW_WIDE_MATH void scaled(std::int64_t rows, std::int64_t width, const float* __restrict x, const float* __restrict mean,
                         const float* __restrict scale, const float* __restrict weight, const float* __restrict bias,
                         float* __restrict y) {
    for (std::int64_t i = 0; i < rows; ++i, x += width, y += width) {
        const float middle = mean[i], times = scale[i];
        if (bias)
            for (std::int64_t j = 0; j < width; ++j) y[j] = (x[j] - middle) * times * weight[j] + bias[j];
        else
            for (std::int64_t j = 0; j < width; ++j) y[j] = (x[j] - middle) * times * weight[j];
    }
}

GW_WIDE_SUMS void scaled_back(std::int64_t rows, std::int64_t width, bool rms, const float* __restrict x,
                              const float* __restrict mean, const float* __restrict scale,
                              const float* __restrict weight, const float* __restrict gradient_y, const float* past,
                              float* gradient_x) {
    const float share = 1.0F / static_cast<float>(width);
    for (std::int64_t i = 0; i < rows; ++i) {
        const float middle = mean[i], times = scale[i];
        float sum = 0, along = 0;
        for (std::int64_t j = 0; j < width; ++j) {
            const float g = gradient_y[j] * weight[j];
            sum += g;
            along += g * (x[j] - middle);
        }
        const float shift = rms ? 0.0F : sum * share, slope = along * times * times * share;
        if (past) {
            for (std::int64_t j = 0; j < width; ++j)
                gradient_x[j] = past[j] + times * (gradient_y[j] * weight[j] - shift - (x[j] - middle) * slope);
            past += width;
        } else {
            for (std::int64_t j = 0; j < width; ++j)
                gradient_x[j] = times * (gradient_y[j] * weight[j] - shift - (x[j] - middle) * slope);
        }
        x += width;
        gradient_y += width;
        gradient_x += width;
    }
}

GW_WIDE_MATH void columns_of(std::int64_t rows, std::int64_t count, const float* __restrict x, std::int64_t stride,
                             float* __restrict sums) {
    for (std::int64_t i = 0; i < rows; ++i, x += stride)
        for (std::int64_t j = 0; j < count; ++j) sums[j] += x[j];
}

GW_WIDE_MATH void scaled_columns_of(std::int64_t rows, std::int64_t count, const float* __restrict x,
                                    const float* __restrict mean, const float* __restrict scale,
                                    const float* __restrict gradient, std::int64_t stride, float* __restrict sums) {
    for (std::int64_t i = 0; i < rows; ++i, x += stride, gradient += stride) {
        const float middle = mean[i], times = scale[i];
        for (std::int64_t j = 0; j < count; ++j) sums[j] += gradient[j] * ((x[j] - middle) * times);
    }
}

GW_WIDE_MATH void add_onto(std::int64_t count, const float* __restrict x, float* __restrict y) {
    for (std::int64_t j = 0; j < count; ++j) y[j] += x[j];
}

GW_WIDE_MATH void biased(std::int64_t rows, std::int64_t width, const float* __restrict x, const float* __restrict bias,
                         float* __restrict y) {
    for (std::int64_t i = 0; i < rows; ++i, x += width, y += width)
        for (std::int64_t j = 0; j < width; ++j) y[j] = x[j] + bias[j];
}

/// add(first row, rows, first column, columns, sums) over blocks of rows and columns, each block's sums then added to
/// `to`.
template <class Add>
void in_chains(std::int64_t rows, std::int64_t first, std::int64_t last, float* to, const Add& add) {
    float sums[at_once];
    for (std::int64_t j = first; j < last; j += at_once) {
        const std::int64_t count = std::min(at_once, last - j);
        for (std::int64_t i = 0; i < rows; i += chain) {
            std::fill(sums, sums + count, 0.0F);
            add(i, std::min(chain, rows - i), j, count, sums);
            add_onto(count, sums, to + j);
        }
    }
}

}  // namespace

void find_scales(const NormRows& norm, std::int64_t rows, const float* x, RowScales to) {
    scales_of(rows, norm.width, norm.rms, x, to.mean, to.scale);
}

void normalise(const NormRows& norm, std::int64_t rows, const float* x, RowScales at, float* y) {
    scaled(rows, norm.width, x, at.mean, at.scale, norm.weight, norm.bias, y);
}

void normalise_back(const NormRows& norm, std::int64_t rows, const float* x, RowScales at, const float* gradient_y,
                    const float* past, float* gradient_x) {
    scaled_back(rows, norm.width, norm.rms, x, at.mean, at.scale, norm.weight, gradient_y, past, gradient_x);
}

void norm_weight_gradients(const NormRows& norm, std::int64_t rows, std::int64_t first, std::int64_t last,
                           const float* x, RowScales at, const float* gradient_y, float* gradient_weight,
                           float* gradient_bias) {
    const std::int64_t stride = norm.width;
    if (gradient_weight)
        in_chains(rows, first, last, gradient_weight,
                  [&](std::int64_t i, std::int64_t high, std::int64_t j, std::int64_t count, float* sums) {
                      scaled_columns_of(high, count, x + i * stride + j, at.mean + i, at.scale + i,
                                        gradient_y + i * stride + j, stride, sums);
                  });
    if (gradient_bias) add_column_sums(rows, first, last, gradient_y, stride, gradient_bias);
}

void add_column_sums(std::int64_t rows, std::int64_t first, std::int64_t last, const float* x, std::int64_t stride,
                     float* sums) {
    in_chains(rows, first, last, sums,
              [&](std::int64_t i, std::int64_t high, std::int64_t j, std::int64_t count, float* part) {
                  columns_of(high, count, x + i * stride + j, stride, part);
              });
}

void add_bias(std::int64_t rows, std::int64_t width, const float* x, const float* bias, float* y) {
    if (bias)
        biased(rows, width, x, bias, y);
    else
        std::memcpy(y, x, static_cast<std::size_t>(rows * width) * sizeof(float));
}

}  // namespace gw::kernels
