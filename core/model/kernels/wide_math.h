#pragma once
#include <cstdint>

// Loops over rows that do arithmetic, not only loads: they want fused multiply-adds, which no single name of GW_WIDE's
// instruction sets brings along. GW_WIDE_SUMS may also add up in another order (a sum in one register is none), which
// would take the tricks of exponential() apart.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define GW_WIDE_MATH                                                             \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), \
                   optimize("O3", "no-math-errno", "no-trapping-math")))
#define GW_WIDE_SUMS                                                             \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), \
                   optimize("O3", "no-math-errno", "no-trapping-math", "associative-math", "no-signed-zeros")))
/// As GW_WIDE_SUMS, for the largest value alone: what is not finite may be passed over.
#define GW_WIDE_MOST                                                             \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), \
                   optimize("O3", "no-math-errno", "no-trapping-math", "no-signed-zeros", "finite-math-only")))
#else
#define GW_WIDE_MATH
#define GW_WIDE_SUMS
#define GW_WIDE_MOST
#endif
#define GW_INTO_LOOP __attribute__((always_inline)) inline

namespace gw::kernels {

/// e^x within 2 units in the last place for x in [-87, 88]; what lies beyond gets the value of the bound, NaN stays.
/// After Cephes' expf: x = n ln 2 + r, and a polynomial of r.
GW_INTO_LOOP float exponential(float x) {
    x = x < -87.0F ? -87.0F : x;
    x = x > 88.0F ? 88.0F : x;
    const float shifted = x * 1.44269504F + 12582912.0F;  // the sum's last bits are n
    const float n = shifted - 12582912.0F;
    const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
    float y = 1.9875691500e-4F;
    y = y * r + 1.3981999507e-3F;
    y = y * r + 8.3334519073e-3F;
    y = y * r + 4.1665795894e-2F;
    y = y * r + 1.6666665459e-1F;
    y = y * r + 5.0000001201e-1F;
    y = y * r * r + r + 1.0F;
    return y * __builtin_bit_cast(float, (__builtin_bit_cast(std::uint32_t, shifted) + 127U) << 23U);
}

/// The share of a normal distribution below x, and its density at x.
struct Normal {
    float below, density;
};

/// `below` is off by 2e-7 at most (Abramowitz and Stegun 1964, 7.1.26, and its rounding).
GW_INTO_LOOP Normal normal_at(float x) {
    const float size = x < 0 ? -x : x, bell = exponential(-0.5F * x * x);
    const float t = 1.0F / (1.0F + 0.231641888F * size);  // 0.3275911 / sqrt(2)
    float y = 1.061405429F * 0.5F;
    y = y * t - 1.453152027F * 0.5F;
    y = y * t + 1.421413741F * 0.5F;
    y = y * t - 0.284496736F * 0.5F;
    y = y * t + 0.254829592F * 0.5F;
    const float beyond = y * t * bell;
    return {x < 0 ? beyond : 1.0F - beyond, 0.398942280F * bell};
}

}  // namespace gw::kernels
