#include "model/kernels/head_attention.h"

#include <algorithm>
#include <cmath>

#include "model/kernels/gemm.h"
#include "model/kernels/scratch_floats.h"
#include "model/kernels/wide_math.h"

namespace gw::kernels {

namespace {

/// A block of scores: so many positions against so many that they look at.
constexpr std::int64_t lookers = 64, looked_at = 512;

/// What row i of a block sees: the first min(columns, lead + i), and at least one.
struct Seen {
    std::int64_t rows, columns, lead;
};

std::int64_t whole_registers(std::int64_t n, std::int64_t columns) {
    return std::min(columns, (n + 15) / 16 * 16);
}

GW_WIDE_MOST void tops_of(Seen seen, const float* __restrict scores, float* __restrict tops) {
    for (std::int64_t i = 0; i < seen.rows; ++i, scores += looked_at) {
        const std::int64_t n = seen.lead + i < seen.columns ? seen.lead + i : seen.columns;
        float top = tops[i];
        for (std::int64_t j = 0; j < n; ++j) top = scores[j] > top ? scores[j] : top;
        tops[i] = top;
    }
}

/// scores = e^(scale score - shift) of a row, in whole registers where the row goes on.
GW_WIDE_MATH void exponentials(std::int64_t n, float scale, float shift, float* __restrict scores) {
    for (std::int64_t j = 0; j < n; ++j) scores[j] = exponential(scale * scores[j] - shift);
}

GW_WIDE_SUMS float sum_of(std::int64_t n, const float* __restrict x) {
    float sum = 0;
    for (std::int64_t j = 0; j < n; ++j) sum += x[j];
    return sum;
}

GW_WIDE_SUMS float product_of(std::int64_t n, const float* __restrict x, const float* __restrict y) {
    float sum = 0;
    for (std::int64_t j = 0; j < n; ++j) sum += x[j] * y[j];
    return sum;
}

GW_WIDE_MATH void multiply(std::int64_t n, float factor, float* __restrict x) {
    for (std::int64_t j = 0; j < n; ++j) x[j] *= factor;
}

/// gradients = scale weights (gradients - mean)
GW_WIDE_MATH void softmax_back(std::int64_t n, float scale, float mean, const float* __restrict weights,
                               float* __restrict gradients) {
    for (std::int64_t j = 0; j < n; ++j) gradients[j] = scale * weights[j] * (gradients[j] - mean);
}

/// Weights of a block, not yet divided by their sums where `shifts` are the largest scores. What a row does not see is
/// zero.
void weigh(Seen seen, float scale, const float* shifts, float* scores) {
    for (std::int64_t i = 0; i < seen.rows; ++i, scores += looked_at) {
        const std::int64_t n = std::min(seen.columns, seen.lead + i);
        exponentials(whole_registers(n, seen.columns), scale, shifts[i], scores);
        std::fill(scores + n, scores + seen.columns, 0.0F);
    }
}

/// Calls block(first looker, first looked at, seen) in order.
template <class Block>
void over_blocks(const HeadPlace& head, const Block& block) {
    for (std::int64_t i = 0; i < head.time; i += lookers) {
        const std::int64_t rows = std::min(lookers, head.time - i);
        const std::int64_t end = head.causal ? i + rows : head.length;
        for (std::int64_t j = 0; j < end; j += looked_at) {
            const std::int64_t columns = std::min(looked_at, end - j);
            block(i, j, Seen{rows, columns, head.causal ? i - j + 1 : columns}, j + columns >= end);
        }
    }
}

}  // namespace

void attend(const HeadPlace& head, float* out, std::int64_t out_stride, float* log_sums) {
    const float scale = 1.0F / std::sqrt(static_cast<float>(head.width));
    const ScratchFloats memory(lookers * looked_at);
    float* const scores = memory.data();
    float tops[lookers], shifts[lookers], sums[lookers];
    over_blocks(head, [&](std::int64_t i, std::int64_t j, Seen seen, bool last) {
        gemm(seen.rows, seen.columns, head.width, {head.q + i * head.stride, head.stride},
             {head.k + j * head.stride, head.stride, true}, scores, looked_at);
        float before[lookers];
        if (j == 0) std::fill(tops, tops + seen.rows, -HUGE_VALF);
        std::copy(tops, tops + seen.rows, before);
        tops_of(seen, scores, tops);
        for (std::int64_t r = 0; r < seen.rows; ++r) shifts[r] = scale * tops[r];
        weigh(seen, scale, shifts, scores);
        for (std::int64_t r = 0; r < seen.rows; ++r) {
            const float sum = sum_of(seen.columns, scores + r * looked_at);
            if (j == 0) {
                sums[r] = sum;
                continue;
            }
            const float fade = std::exp(scale * (before[r] - tops[r]));
            sums[r] = sums[r] * fade + sum;
            multiply(head.width, fade, out + (i + r) * out_stride);
        }
        gemm(seen.rows, head.width, seen.columns, {scores, looked_at}, {head.v + j * head.stride, head.stride},
             out + i * out_stride, out_stride, j > 0);
        if (!last) return;
        for (std::int64_t r = 0; r < seen.rows; ++r) {
            multiply(head.width, 1.0F / sums[r], out + (i + r) * out_stride);
            log_sums[i + r] = shifts[r] + std::log(sums[r]);
        }
    });
}

void attend_back(const HeadPlace& head, const float* out, const float* gradient_out, std::int64_t out_stride,
                 const float* log_sums, float* gradient_q, float* gradient_k, float* gradient_v) {
    const float scale = 1.0F / std::sqrt(static_cast<float>(head.width));
    const std::int64_t stride = head.stride;
    const ScratchFloats memory(2 * lookers * looked_at);
    float *const weights = memory.data(), *const gradients = weights + lookers * looked_at;
    float means[lookers];
    over_blocks(head, [&](std::int64_t i, std::int64_t j, Seen seen, bool) {
        const Factor back{gradient_out + i * out_stride, out_stride};
        gemm(seen.rows, seen.columns, head.width, {head.q + i * stride, stride}, {head.k + j * stride, stride, true},
             weights, looked_at);
        weigh(seen, scale, log_sums + i, weights);
        gemm(seen.columns, head.width, seen.rows, {weights, looked_at, true}, back, gradient_v + j * stride, stride,
             true);
        gemm(seen.rows, seen.columns, head.width, back, {head.v + j * stride, stride, true}, gradients, looked_at);
        for (std::int64_t r = 0; r < seen.rows; ++r) {
            const std::int64_t at = (i + r) * out_stride;
            if (j == 0) means[r] = product_of(head.width, out + at, gradient_out + at);
            softmax_back(seen.columns, scale, means[r], weights + r * looked_at, gradients + r * looked_at);
        }
        gemm(seen.rows, head.width, seen.columns, {gradients, looked_at}, {head.k + j * stride, stride},
             gradient_q + i * stride, stride, j > 0);
        gemm(seen.columns, head.width, seen.rows, {gradients, looked_at, true}, {head.q + i * stride, stride},
             gradient_k + j * stride, stride, true);
    });
}

}  // namespace gw::kernels
