#include "model/kernels/block_passes.h"

#include <algorithm>

#include "model/kernels/gemm.h"
#include "model/kernels/head_attention.h"
#include "model/kernels/norm_rows.h"
#include "model/kernels/pieces.h"
#include "model/kernels/scratch_floats.h"

namespace gw::kernels {

namespace {

/// Where in `kept` things lie.
struct Kept {
    Kept(const BlockRun& run, float* at) {
        const BlockPlan& plan = run.plan;
        const std::int64_t n = run.count();
        const auto next = [&](std::int64_t width) {
            float* const here = at;
            at += n * width;
            return here;
        };
        qkv = next(plan.qkv_width());
        mixed = next(plan.width);
        between = next(plan.width);
        u = next(plan.up_width());
        scales1 = {next(1), next(1)};
        scales2 = {next(1), next(1)};
        log_sums = next(plan.heads);
    }
    float *qkv, *mixed, *between, *u;  ///< [N, Q], attention's output [N, D], the stream behind it [N, D], [N, U]
    RowScales scales1, scales2;
    float* log_sums;  ///< [B, heads, T]
};

RowScales from_row(RowScales scales, std::int64_t row) {
    return {scales.mean + row, scales.scale + row};
}

NormRows norm_of(const BlockRun& run, BlockWeight weight, BlockWeight bias) {
    return {run.plan.width, run.plan.rms, run[weight], run[bias]};
}

RotaryRows rotary_of(const BlockRun& run) {
    return {run.time, run.plan.heads + run.plan.kv_heads, run.plan.head_width(), run.cosines, run.sines};
}

/// body(row of the batch, key-value head) for each pair.
template <class Body>
void over_groups(const BlockRun& run, const Body& body) {
    const std::int64_t groups = run.plan.kv_heads, units = run.batch * groups;
    const std::int64_t at_once = std::max<std::int64_t>(1, tokens_at_once * groups / run.time);
    over_pieces(units, at_once, [&](std::int64_t first, std::int64_t count) {
        for (std::int64_t i = first; i < first + count; ++i) body(i / groups, i % groups);
    });
}

/// The parts of query head `head` in the qkv of a row.
HeadPlace place_of(const BlockRun& run, const float* qkv, std::int64_t row, std::int64_t head) {
    const BlockPlan& plan = run.plan;
    const std::int64_t C = plan.head_width(), group = head / (plan.heads / plan.kv_heads);
    const float* const at = qkv + row * run.time * plan.qkv_width();
    return {run.time,
            run.lengths.empty() ? run.time : run.lengths[static_cast<std::size_t>(row)],
            C,
            plan.causal,
            at + head * C,
            at + plan.width + group * C,
            at + plan.width + plan.kv_width() + group * C,
            plan.qkv_width()};
}

/// The gradient of a matrix [out, in], and of the bias beside it, from those of its outputs and from its inputs.
struct Product {
    std::int64_t out, in;
    const float *gradient_y, *x;
    float *weight, *bias;
};

/// Adds the `piece`-th of `pieces` parts of the rows of weight and bias.
void add_product(const Product& product, std::int64_t rows, std::int64_t piece, std::int64_t pieces) {
    const std::int64_t first = product.out * piece / pieces, last = product.out * (piece + 1) / pieces;
    if (first == last) return;
    if (product.weight)
        gemm(last - first, product.in, rows, {product.gradient_y + first, product.out, true}, {product.x, product.in},
             product.weight + first * product.in, product.in, true);
    if (product.bias) add_column_sums(rows, first, last, product.gradient_y, product.out, product.bias);
}

/// The same of a norm.
struct NormGradient {
    NormRows norm;
    const float* x;
    RowScales at;
    const float* gradient_y;
    float *weight, *bias;
};

/// Gradients of weights, in pieces that share no value.
void add_to_weights(std::int64_t rows, const std::vector<Product>& products, const NormGradient& norm) {
    constexpr double multiplications_at_once = 6.4e7;
    double all = 0;
    for (const Product& product : products)
        if (product.weight) all += static_cast<double>(rows) * static_cast<double>(product.out * product.in);
    const auto pieces = static_cast<std::int64_t>(all / multiplications_at_once) + 1;
    over_pieces(pieces, 1, [&](std::int64_t piece, std::int64_t) {
        for (const Product& product : products) add_product(product, rows, piece, pieces);
        const std::int64_t width = norm.norm.width;
        norm_weight_gradients(norm.norm, rows, width * piece / pieces, width * (piece + 1) / pieces, norm.x, norm.at,
                              norm.gradient_y, norm.weight, norm.bias);
    });
}

}  // namespace

void run_block(const BlockRun& run, const float* x, float* y, float* kept_at) {
    using enum BlockWeight;
    const BlockPlan& plan = run.plan;
    const Kept kept(run, kept_at);
    const std::int64_t D = plan.width, Q = plan.qkv_width(), U = plan.up_width(), F = plan.hidden,
                       C = plan.head_width(), T = run.time;
    over_pieces(run.count(), tokens_at_once, [&](std::int64_t first, std::int64_t count) {
        const ScratchFloats normed(count * D);
        const NormRows norm = norm_of(run, norm1_weight, norm1_bias);
        const RowScales scales = from_row(kept.scales1, first);
        find_scales(norm, count, x + first * D, scales);
        normalise(norm, count, x + first * D, scales, normed.data());
        gemm(count, Q, D, {normed.data(), D}, {run[qkv_weight], D, true}, kept.qkv + first * Q, Q, false,
             run[qkv_bias]);
        if (run.cosines) rotate(rotary_of(run), first, count, kept.qkv + first * Q, Q, false);
    });
    over_groups(run, [&](std::int64_t row, std::int64_t group) {
        const std::int64_t members = plan.heads / plan.kv_heads;
        for (std::int64_t head = group * members; head < (group + 1) * members; ++head)
            attend(place_of(run, kept.qkv, row, head), kept.mixed + row * T * D + head * C, D,
                   kept.log_sums + (row * plan.heads + head) * T);
    });
    over_pieces(run.count(), tokens_at_once, [&](std::int64_t first, std::int64_t count) {
        const ScratchFloats normed(count * D), hidden(count * F);
        const NormRows norm = norm_of(run, norm2_weight, norm2_bias);
        const RowScales scales = from_row(kept.scales2, first);
        float *const between = kept.between + first * D, *const u = kept.u + first * U, *const to = y + first * D;
        add_bias(count, D, x + first * D, run[out_bias], between);
        gemm(count, D, D, {kept.mixed + first * D, D}, {run[out_weight], D, true}, between, D, true);
        find_scales(norm, count, between, scales);
        normalise(norm, count, between, scales, normed.data());
        gemm(count, U, D, {normed.data(), D}, {run[up_weight], D, true}, u, U, false, run[up_bias]);
        activate(plan.activation, count, F, u, hidden.data());
        add_bias(count, D, between, run[down_bias], to);
        gemm(count, D, F, {hidden.data(), F}, {run[down_weight], F, true}, to, D, true);
    });
}

void run_block_back(const BlockRun& run, const float* x, float* kept_at, const float* gradient_y, float* gradient_x,
                    const std::array<float*, block_weights>& gradients) {
    using enum BlockWeight;
    const BlockPlan& plan = run.plan;
    const Kept kept(run, kept_at);
    const std::int64_t N = run.count(), D = plan.width, Q = plan.qkv_width(), U = plan.up_width(), F = plan.hidden,
                       C = plan.head_width(), T = run.time;
    const auto gradient = [&](BlockWeight which) { return gradients[static_cast<std::size_t>(which)]; };
    const NormRows norm1 = norm_of(run, norm1_weight, norm1_bias), norm2 = norm_of(run, norm2_weight, norm2_bias);
    const ScratchFloats normed(N * D), gradient_normed(N * D), gradient_between(N * D), gradient_mixed(N * D);
    {
        const ScratchFloats hidden(N * F), gradient_u(N * U);
        over_pieces(N, tokens_at_once, [&](std::int64_t first, std::int64_t count) {
            // SwiGLU's gradients are wider than what they come from.
            const ScratchFloats apart(U == F ? 1 : count * F);
            float *const to_u = gradient_u.data() + first * U, *const to_hidden = U == F ? to_u : apart.data(),
                         *const to_normed = gradient_normed.data() + first * D,
                         *const to_between = gradient_between.data() + first * D;
            const float *const from = gradient_y + first * D, *const between = kept.between + first * D;
            const RowScales scales = from_row(kept.scales2, first);
            gemm(count, F, D, {from, D}, {run[down_weight], F}, to_hidden, F);
            activate_back(plan.activation, count, F, kept.u + first * U, to_hidden, hidden.data() + first * F, to_u);
            gemm(count, D, U, {to_u, U}, {run[up_weight], D}, to_normed, D);
            normalise(norm2, count, between, scales, normed.data() + first * D);
            normalise_back(norm2, count, between, scales, to_normed, from, to_between);
            gemm(count, D, D, {to_between, D}, {run[out_weight], D}, gradient_mixed.data() + first * D, D);
        });
        add_to_weights(
            N,
            {{D, F, gradient_y, hidden.data(), gradient(down_weight), gradient(down_bias)},
             {U, D, gradient_u.data(), normed.data(), gradient(up_weight), gradient(up_bias)},
             {D, D, gradient_between.data(), kept.mixed, gradient(out_weight), gradient(out_bias)}},
            {norm2, kept.between, kept.scales2, gradient_normed.data(), gradient(norm2_weight), gradient(norm2_bias)});
    }
    const ScratchFloats gradient_qkv(N * Q);
    over_groups(run, [&](std::int64_t row, std::int64_t group) {
        const std::int64_t members = plan.heads / plan.kv_heads;
        float* const at = gradient_qkv.data() + row * T * Q;
        float *const to_k = at + D + group * C, *const to_v = to_k + plan.kv_width();
        for (std::int64_t i = 0; i < T; ++i) {
            std::fill(to_k + i * Q, to_k + i * Q + C, 0.0F);
            std::fill(to_v + i * Q, to_v + i * Q + C, 0.0F);
        }
        for (std::int64_t head = group * members; head < (group + 1) * members; ++head) {
            const std::int64_t column = row * T * D + head * C;
            attend_back(place_of(run, kept.qkv, row, head), kept.mixed + column, gradient_mixed.data() + column, D,
                        kept.log_sums + (row * plan.heads + head) * T, at + head * C, to_k, to_v);
        }
    });
    over_pieces(N, tokens_at_once, [&](std::int64_t first, std::int64_t count) {
        float *const from = gradient_qkv.data() + first * Q, *const to_normed = gradient_normed.data() + first * D;
        const RowScales scales = from_row(kept.scales1, first);
        if (run.cosines) rotate(rotary_of(run), first, count, from, Q, true);
        gemm(count, D, Q, {from, Q}, {run[qkv_weight], D}, to_normed, D);
        normalise(norm1, count, x + first * D, scales, normed.data() + first * D);
        if (gradient_x)
            normalise_back(norm1, count, x + first * D, scales, to_normed, gradient_between.data() + first * D,
                           gradient_x + first * D);
    });
    add_to_weights(N, {{Q, D, gradient_qkv.data(), normed.data(), gradient(qkv_weight), gradient(qkv_bias)}},
                   {norm1, x, kept.scales1, gradient_normed.data(), gradient(norm1_weight), gradient(norm1_bias)});
}

}  // namespace gw::kernels
