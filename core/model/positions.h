#pragma once
#include <torch/types.h>

#include <cstdint>

namespace gw {

/// Fixed position vectors [context, width]: sines in the even columns, cosines in the odd ones
/// (Vaswani et al. 2017, section 3.5, arXiv:1706.03762).
torch::Tensor sinusoidal_positions(std::int64_t context, std::int64_t width);

/// The same for places in `rows` x `columns`, in row order: [rows * columns, width], the first half (rounded up) of the
/// columns for the row of a place and the rest for its column, as He et al. 2021 (arXiv:2111.06377) have it.
torch::Tensor sinusoidal_places(std::int64_t rows, std::int64_t columns, std::int64_t width);

/// Rotation angles of rotary positions (Su et al. 2021, arXiv:2104.09864), as cosines and sines [context, head_width /
/// 2].
struct Rotary {
    torch::Tensor cosines, sines;  ///< on the device of what is rotated
    static Rotary make(std::int64_t context, std::int64_t head_width, double base);
    /// x [B, H, T, head_width] -> the same, the first half of each head rotated against the second.
    torch::Tensor operator()(const torch::Tensor& x_BHTC) const;
};

}  // namespace gw
