#pragma once
#include <string>
#include <vector>

#include "util/files.h"

namespace gw {

/// How a matrix stretches space.
struct SingularValues {
    std::vector<double> values;  ///< largest first
    /// Squared Frobenius norm by the square of the largest (Rudelson and Vershynin 2007, arXiv:math/0503442).
    double stable_rank = 0;
    /// exp of the entropy of the values as shares of their sum (Roy and Vetterli 2007, "The effective rank").
    double effective_rank = 0;
};

/// Of a weight of a checkpoint, by its full name ("backbone.blocks.0.attention.qkv.weight"); further axes than two are
/// joined into the second one, as of a convolution. In double precision by way of the smaller Gram matrix, so that
/// values below 1e-7 of the largest are rounding. Errors: those of read_tensor, a tensor of one axis, values that are
/// not finite, or both sides longer than 16,384.
Result<SingularValues> singular_values(const fs::path& checkpoint, const std::string& full_name);

}  // namespace gw
