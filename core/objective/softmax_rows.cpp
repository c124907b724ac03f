#include "objective/softmax_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "model/kernels/wide_math.h"
#include "util/wide.h"

namespace gw {

namespace {

/// Sums and maxima go by so many lanes side by side, in an order that the machine's registers do not change.
using Lanes = float __attribute__((vector_size(32)));
constexpr std::int64_t lanes = 8;
/// Values that are summed by themselves before they join the row's sum.
constexpr std::int64_t together = 1024;

GW_WIDE float largest(const float* x, std::int64_t count) {
    Lanes a, b;
    for (std::int64_t k = 0; k < lanes; ++k) a[k] = b[k] = -std::numeric_limits<float>::infinity();
    std::int64_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        Lanes left, right;
        std::memcpy(&left, x + i, sizeof left);
        std::memcpy(&right, x + i + lanes, sizeof right);
        a = left > a ? left : a;
        b = right > b ? right : b;
    }
    float most = -std::numeric_limits<float>::infinity();
    for (std::int64_t k = 0; k < lanes; ++k) {
        most = a[k] > most ? a[k] : most;
        most = b[k] > most ? b[k] : most;
    }
    for (; i < count; ++i) most = x[i] > most ? x[i] : most;
    return most;
}

GW_WIDE float sum_of(const float* x, std::int64_t count) {
    Lanes a = {}, b = {};
    std::int64_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        Lanes left, right;
        std::memcpy(&left, x + i, sizeof left);
        std::memcpy(&right, x + i + lanes, sizeof right);
        a += left;
        b += right;
    }
    a += b;
    float sum = 0;
    for (std::int64_t k = 0; k < lanes; ++k) sum += a[k];
    for (; i < count; ++i) sum += x[i];
    return sum;
}

/// to[i] = e^(x[i] - most), of which none is above 1; the two may be the same. What is no number stays none.
GW_WIDE_MATH void exponentials(const float* x, float* to, std::int64_t count, float most) {
    for (std::int64_t i = 0; i < count; ++i) to[i] = kernels::exponential(x[i] - most);
}

float sum_of_exponentials(const float* x, std::int64_t count, float most) {
    float part[together], sum = 0;
    for (std::int64_t first = 0; first < count; first += together) {
        const std::int64_t here = std::min(together, count - first);
        exponentials(x + first, part, here, most);
        sum += sum_of(part, here);
    }
    return sum;
}

GW_WIDE void times(float* x, std::int64_t count, float factor) {
    for (std::int64_t i = 0; i < count; ++i) x[i] *= factor;
}

bool is_first(const float* scores, std::int64_t target, float most) {
    if (scores[target] != most) return false;
    for (std::int64_t i = 0; i < target; ++i)
        if (scores[i] == most) return false;
    return true;
}

}  // namespace

SoftmaxRow look_at_scores(const float* scores, std::int64_t count, std::int64_t target) {
    const float most = largest(scores, count), said = scores[target] - most;
    return {std::log(sum_of_exponentials(scores, count, most)) - said, is_first(scores, target, most)};
}

SoftmaxRow scores_to_gradient(float* scores, std::int64_t count, std::int64_t target) {
    const float most = largest(scores, count), said = scores[target] - most;
    const bool hit = is_first(scores, target, most);
    float sum = 0;
    for (std::int64_t first = 0; first < count; first += together) {
        const std::int64_t here = std::min(together, count - first);
        exponentials(scores + first, scores + first, here, most);
        sum += sum_of(scores + first, here);
    }
    times(scores, count, 1.0f / sum);
    scores[target] -= 1.0f;
    return {std::log(sum) - said, hit};
}

GW_WIDE void add_to(const float* x, std::int64_t count, float* sum, float factor) {
    for (std::int64_t i = 0; i < count; ++i) sum[i] += factor * x[i];
}

}  // namespace gw
