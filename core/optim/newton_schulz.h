#pragma once
#include <torch/types.h>

#include <cstdint>

namespace gw {

/// Brings the singular values of a matrix, which must lie in (0, 1], near 1 and leaves its singular vectors: five times
/// X = a X + (b A + c A^2) X with A = X X^T and (a, b, c) = (3.4445, -4.7750, 2.0315). A value s becomes one of about
/// .7 to 1.2 (Jordan et al. 2024, kellerjordan.github.io/posts/muon). `rows` is at most `columns`; x [rows, columns],
/// in the calling thread alone.
void newton_schulz(std::int64_t rows, std::int64_t columns, float* x);
/// The same by operations on tensors.
torch::Tensor newton_schulz(torch::Tensor x);

}  // namespace gw
