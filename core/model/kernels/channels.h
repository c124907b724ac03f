#pragma once
#include <cstdint>

// Passes over maps of pictures whose channels lie beside each other in memory, float32: x [P, C], P places (rows times
// height times width) of C channels. Cut into pieces by the shape alone, which whoever is free works off.
namespace gw::kernels {

/// Mean and variance (divided by P) of each channel, in float64; P is at least 1.
void channel_moments(const float* x_PC, std::int64_t places, std::int64_t channels, double* mean_C, double* variance_C);

/// y = x scale + shift by channel; with `rectified` what is below zero becomes zero, and what is no number stays none.
/// y may be x.
void channel_scale(const float* x_PC, std::int64_t places, std::int64_t channels, const float* scale_C,
                   const float* shift_C, bool rectified, float* y_PC);

/// How an output of channel_scale() came about, for its backward pass.
struct ChannelScaled {
    const float *x_PC, *gradient_PC;  ///< input; gradient of the output
    std::int64_t places, channels;
    const float *scale_C, *shift_C, *mean_C;
    bool rectified;
};
/// Sums over the places of the gradient (of what was not cut to zero), and of it times (x - mean).
void channel_gradient_sums(const ChannelScaled& of, double* sums_C, double* products_C);
/// out = (the gradient of what was not cut) scale + (x - mean) slope + offset, by channel.
void channel_input_gradient(const ChannelScaled& of, const float* slope_C, const float* offset_C, float* out_PC);

/// The largest of each 2 x 2 places of a map [B, H, W, C]; a last odd row or column is left out. `which` (may be null)
/// [B, H/2, W/2, C]: 0..3, the first of them in the order of the rows; a value that is no number is the largest.
void pool_largest(const float* x_BHWC, std::int64_t maps, std::int64_t height, std::int64_t width,
                  std::int64_t channels, float* y, std::uint8_t* which);
/// Hands each gradient to the place that was the largest; everything else in `out` becomes zero.
void pool_largest_gradient(const float* gradient, const std::uint8_t* which, std::int64_t maps, std::int64_t height,
                           std::int64_t width, std::int64_t channels, float* out_BHWC);

}  // namespace gw::kernels
