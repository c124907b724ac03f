#include "model/kernels/gemm.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "model/kernels/scratch_floats.h"

namespace gw::kernels {

namespace {

using Tile = void (*)(std::int64_t k, const float* a, std::int64_t a_stride, const float* b, float* c,
                      std::int64_t c_stride, bool add, const float* bias);

#if defined(__GNUC__) && !defined(__clang__)
#define GW_TILE_FAST optimize("O3", "no-math-errno", "no-trapping-math")
#else
#define GW_TILE_FAST
#endif

namespace tile_any {
#define GW_TILE_TARGET __attribute__((GW_TILE_FAST))
#define GW_TILE_LANES 4
#include "model/kernels/gemm_tile.inc"
}  // namespace tile_any

#if defined(__x86_64__) && defined(__GNUC__)
namespace tile_avx2 {
#define GW_TILE_TARGET __attribute__((target("avx2,fma"), GW_TILE_FAST))
#define GW_TILE_LANES 8
#include "model/kernels/gemm_tile.inc"
}  // namespace tile_avx2

namespace tile_avx512 {
#define GW_TILE_TARGET __attribute__((target("avx512f,avx2,fma"), GW_TILE_FAST))
#define GW_TILE_LANES 16
#include "model/kernels/gemm_tile.inc"
}  // namespace tile_avx512

/// out [k, 16] = the transposed of rows [16, k]; k a multiple of 8.
__attribute__((target("avx2"), GW_TILE_FAST)) void transpose16(const float* rows, std::int64_t stride, std::int64_t k,
                                                               float* out, std::int64_t out_stride) {
    using Eight = float __attribute__((vector_size(32)));
    using LooseEight = float __attribute__((vector_size(32), aligned(4), may_alias));
    for (int half = 0; half < 16; half += 8)
        for (std::int64_t p = 0; p < k; p += 8) {
            Eight x[8], y[8];
#pragma GCC unroll 8
            for (int r = 0; r < 8; ++r) x[r] = *reinterpret_cast<const LooseEight*>(rows + (half + r) * stride + p);
#pragma GCC unroll 4
            for (int r = 0; r < 8; r += 2) {
                y[r] = __builtin_shufflevector(x[r], x[r + 1], 0, 8, 1, 9, 4, 12, 5, 13);
                y[r + 1] = __builtin_shufflevector(x[r], x[r + 1], 2, 10, 3, 11, 6, 14, 7, 15);
            }
#pragma GCC unroll 2
            for (int r = 0; r < 8; r += 4) {
                x[r] = __builtin_shufflevector(y[r], y[r + 2], 0, 1, 8, 9, 4, 5, 12, 13);
                x[r + 1] = __builtin_shufflevector(y[r], y[r + 2], 2, 3, 10, 11, 6, 7, 14, 15);
                x[r + 2] = __builtin_shufflevector(y[r + 1], y[r + 3], 0, 1, 8, 9, 4, 5, 12, 13);
                x[r + 3] = __builtin_shufflevector(y[r + 1], y[r + 3], 2, 3, 10, 11, 6, 7, 14, 15);
            }
#pragma GCC unroll 4
            for (int r = 0; r < 4; ++r) {
                *reinterpret_cast<LooseEight*>(out + (p + r) * out_stride + half) =
                    __builtin_shufflevector(x[r], x[r + 4], 0, 1, 2, 3, 8, 9, 10, 11);
                *reinterpret_cast<LooseEight*>(out + (p + r + 4) * out_stride + half) =
                    __builtin_shufflevector(x[r], x[r + 4], 4, 5, 6, 7, 12, 13, 14, 15);
            }
        }
}
#endif

constexpr int most_rows = 12, most_columns = 32;
/// Steps of k that stay in the caches: a panel of b in the first, the rows of a in the second.
constexpr std::int64_t most_depth = 256, most_height = 264;
/// Panels of b that the rows of a must meet before it pays to lay them side by side.
constexpr std::int64_t worth_copying = 6;

struct Kernel {
    int rows = 0, columns = 0;
    bool transposes = false;
    std::array<Tile, most_rows + 1> plain{}, packed{};  ///< by the number of rows
};

template <int... n>
Kernel tiles_any(std::integer_sequence<int, n...>) {
    return {static_cast<int>(sizeof...(n)),
            tile_any::columns,
            false,
            {nullptr, tile_any::tile<n + 1, false>...},
            {nullptr, tile_any::tile<n + 1, true>...}};
}

#if defined(__x86_64__) && defined(__GNUC__)
template <int... n>
Kernel tiles_avx2(std::integer_sequence<int, n...>) {
    return {static_cast<int>(sizeof...(n)),
            tile_avx2::columns,
            true,
            {nullptr, tile_avx2::tile<n + 1, false>...},
            {nullptr, tile_avx2::tile<n + 1, true>...}};
}

template <int... n>
Kernel tiles_avx512(std::integer_sequence<int, n...>) {
    return {static_cast<int>(sizeof...(n)),
            tile_avx512::columns,
            true,
            {nullptr, tile_avx512::tile<n + 1, false>...},
            {nullptr, tile_avx512::tile<n + 1, true>...}};
}
#endif

Kernel kernel_here() {
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx512f")) return tiles_avx512(std::make_integer_sequence<int, 12>());
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return tiles_avx2(std::make_integer_sequence<int, 6>());
#endif
    return tiles_any(std::make_integer_sequence<int, 6>());
}

/// Parts of about equal size, none above `most`.
std::int64_t even_step(std::int64_t whole, std::int64_t most) {
    const std::int64_t parts = (whole + most - 1) / most;
    return (whole + parts - 1) / parts;
}

/// Rows of the next tile where `left` are left: a last tile of one or two rows would wait for its own sums.
int next_rows(std::int64_t left, int most) {
    if (left >= 2 * most || left == most) return most;
    if (left < most) return static_cast<int>(left);
    return static_cast<int>(left - most < most / 2 ? (left + 1) / 2 : most);
}

/// `k` rows of `columns` of b, what lies beyond its `n` columns as zeros.
void pack_b(const Kernel& kernel, const Factor& b, std::int64_t n, std::int64_t k, float* out) {
    const std::int64_t columns = kernel.columns;
    if (!b.transposed) {
        if (n == columns && columns == 16) {  // of a size that is known here: no call a row
            for (std::int64_t p = 0; p < k; ++p) {
                const float* const from = b.at + p * b.stride;
                // The rows lie pages apart, which no processor guesses: the next panel is fetched while this one works.
                __builtin_prefetch(from + 16, 0, 2);
                std::memcpy(out + p * 16, from, 16 * sizeof(float));
            }
            return;
        }
        for (std::int64_t p = 0; p < k; ++p) {
            std::copy(b.at + p * b.stride, b.at + p * b.stride + n, out + p * columns);
            std::fill(out + p * columns + n, out + (p + 1) * columns, 0.0F);
        }
        return;
    }
    std::int64_t done = 0;  // of the columns, to the whole of `even` steps
    const std::int64_t even = k / 8 * 8;
#if defined(__x86_64__) && defined(__GNUC__)
    if (kernel.transposes)
        for (; done + 16 <= n; done += 16) transpose16(b.at + done * b.stride, b.stride, even, out + done, columns);
#endif
    for (std::int64_t j = 0; j < n; ++j)
        for (std::int64_t p = j < done ? even : 0; p < k; ++p) out[p * columns + j] = b.at[j * b.stride + p];
    for (std::int64_t p = 0; n < columns && p < k; ++p) std::fill(out + p * columns + n, out + (p + 1) * columns, 0.0F);
}

/// Calls group(first row, rows) for the tiles of `m` rows.
template <class Group>
void over_tiles(std::int64_t m, int most, const Group& group) {
    for (std::int64_t i = 0; i < m;) {
        const int rows = next_rows(m - i, most);
        group(i, rows);
        i += rows;
    }
}

/// The first `groups` of pack_a(), all of which have `rows` rows.
template <int rows>
void pack_whole(const float* from, std::int64_t stride, std::int64_t groups, std::int64_t k, float* out) {
    for (std::int64_t p = 0; p < k; ++p, from += stride, out += rows)
        for (std::int64_t i = 0; i < groups; ++i)
            std::memcpy(out + i * rows * k, from + i * rows, rows * sizeof(float));
}

/// The rows of a transposed factor in groups as next_rows() cuts them, each as `k` columns. Read row by row: these lie
/// so far apart, often by a power of two, that the nearest cache holds few of them.
void pack_a(const Kernel& kernel, const Factor& a, std::int64_t m, std::int64_t k, float* out) {
    std::int64_t whole = 0;
    over_tiles(m, kernel.rows, [&](std::int64_t i, int rows) {
        if (rows == kernel.rows) {
            ++whole;
            return;
        }
        for (std::int64_t p = 0; p < k; ++p)
            std::copy(a.at + p * a.stride + i, a.at + p * a.stride + i + rows, out + i * k + p * rows);
    });
    if (kernel.rows == 12)
        pack_whole<12>(a.at, a.stride, whole, k, out);
    else
        pack_whole<6>(a.at, a.stride, whole, k, out);
}

/// A tile at the right edge, by way of a whole one.
void edge_tile(Tile tile, int rows, int columns, std::int64_t n, std::int64_t k, const float* a, std::int64_t a_stride,
               const float* b, float* c, std::int64_t c_stride, bool add, const float* bias) {
    float whole[most_rows * most_columns], padded[most_columns] = {};
    if (bias) std::copy(bias, bias + n, padded);
    if (add)
        for (int r = 0; r < rows; ++r) {
            std::copy(c + r * c_stride, c + r * c_stride + n, whole + r * columns);
            std::fill(whole + r * columns + n, whole + (r + 1) * columns, 0.0F);
        }
    tile(k, a, a_stride, b, whole, columns, add, bias ? padded : nullptr);
    for (int r = 0; r < rows; ++r) std::copy(whole + r * columns, whole + r * columns + n, c + r * c_stride);
}

#undef GW_TILE_FAST

}  // namespace

void gemm(std::int64_t m, std::int64_t n, std::int64_t k, Factor a, Factor b, float* c, std::int64_t c_stride, bool add,
          const float* bias) {
    static const Kernel kernel = kernel_here();
    const std::int64_t depth = even_step(k, most_depth), height = even_step(m, most_height);
    const bool copied = !a.transposed && n >= worth_copying * kernel.columns;
    const ScratchFloats memory(depth * kernel.columns + (a.transposed || copied ? depth * height : 0) + 16);
    float *panel = memory.data(), *left = memory.data() + depth * kernel.columns;
    for (std::int64_t p = 0; p < k; p += depth) {
        const std::int64_t deep = std::min(depth, k - p);
        const bool onto = add || p > 0;
        for (std::int64_t i = 0; i < m; i += height) {
            const std::int64_t high = std::min(height, m - i);
            const float* rows_at = a.transposed ? a.at + p * a.stride + i : a.at + i * a.stride + p;
            std::int64_t rows_stride = a.stride;
            if (a.transposed) {
                pack_a(kernel, {rows_at, a.stride, true}, high, deep, left);
                rows_at = left;
            } else if (copied) {
                for (std::int64_t r = 0; r < high; ++r)
                    std::memcpy(left + r * deep, rows_at + r * a.stride,
                                static_cast<std::size_t>(deep) * sizeof(float));
                rows_at = left;
                rows_stride = deep;
            }
            for (std::int64_t j = 0; j < n; j += kernel.columns) {
                const std::int64_t wide = std::min<std::int64_t>(kernel.columns, n - j);
                pack_b(kernel,
                       {b.transposed ? b.at + j * b.stride + p : b.at + p * b.stride + j, b.stride, b.transposed}, wide,
                       deep, panel);
                over_tiles(high, kernel.rows, [&](std::int64_t r, int rows) {
                    const auto count = static_cast<std::size_t>(rows);
                    const Tile tile = a.transposed ? kernel.packed[count] : kernel.plain[count];
                    const float *const from = rows_at + r * (a.transposed ? deep : rows_stride), *const start =
                                                                                                     bias ? bias + j
                                                                                                          : nullptr;
                    float* const to = c + (i + r) * c_stride + j;
                    if (wide == kernel.columns)
                        tile(deep, from, rows_stride, panel, to, c_stride, onto, start);
                    else
                        edge_tile(tile, rows, kernel.columns, wide, deep, from, rows_stride, panel, to, c_stride, onto,
                                  start);
                });
            }
        }
    }
}

}  // namespace gw::kernels
