#include "optim/flat_sums.h"

#include <cstring>
#include <numeric>
#include <vector>

#include "optim/flat_loop.h"

namespace gw {

namespace {

/// Squares are summed in so many lanes side by side.
using FourFloats = float __attribute__((vector_size(16)));
using FourDoubles = double __attribute__((vector_size(32)));
constexpr std::int64_t four = 4;

GW_WIDE double squares_of_piece(const float* values, std::int64_t count) {
    FourDoubles a = {}, b = {};
    std::int64_t i = 0;
    for (; i + 2 * four <= count; i += 2 * four) {
        FourFloats left, right;
        std::memcpy(&left, values + i, sizeof left);
        std::memcpy(&right, values + i + four, sizeof right);
        const FourDoubles wide_left = __builtin_convertvector(left, FourDoubles),
                          wide_right = __builtin_convertvector(right, FourDoubles);
        a += wide_left * wide_left;
        b += wide_right * wide_right;
    }
    a += b;
    double sum = (a[0] + a[1]) + (a[2] + a[3]);
    for (; i < count; ++i) sum += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    return sum;
}

GW_WIDE void add_piece(const float* __restrict part, std::int64_t count, float* __restrict out) {
    for (std::int64_t i = 0; i < count; ++i) out[i] += part[i];
}

/// The sum over all pieces of [0, count) of what `piece` gives for each.
template <class Piece>
double sum_of_pieces(std::int64_t count, const Piece& piece) {
    std::vector<double> sums(static_cast<std::size_t>((count + flat_piece - 1) / flat_piece));
    over_flat(0, count, [&](std::int64_t first, std::int64_t last) {
        sums[static_cast<std::size_t>(first / flat_piece)] = piece(first, last);
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace

double sum_of_squares(const float* values, std::int64_t count) {
    return sum_of_pieces(
        count, [&](std::int64_t first, std::int64_t last) { return squares_of_piece(values + first, last - first); });
}

double add_up(std::span<const float* const> parts, std::int64_t count, float* out) {
    return sum_of_pieces(count, [&](std::int64_t first, std::int64_t last) {
        const std::int64_t here = last - first;
        float* const sum = out + first;
        for (const float* const part : parts) add_piece(part + first, here, sum);
        return squares_of_piece(sum, here);
    });
}

}  // namespace gw
