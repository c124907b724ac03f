#pragma once
#include <torch/types.h>

#include <optional>
#include <string>
#include <vector>

#include "model/convolution.h"
#include "model/normalisation.h"

// Shape letters: B batch, C channels, H height, W width of a map.
namespace gw {

/// A convolution with its norm.
struct NormedConvolution {
    Convolution convolution;
    ChannelNorm norm;
    torch::Tensor operator()(const torch::Tensor& x_BCHW, const Pass& pass) const;
    /// An activation after it.
    torch::Tensor activated(const torch::Tensor& x_BCHW, const std::string& activation, const Pass& pass) const;
};

/// activation(branch(x) + shortcut(x)) of He et al. 2015 (arXiv:1512.03385), with the activation between the
/// convolutions of the branch as well.
struct ResidualBlock {
    std::vector<NormedConvolution> branch;
    /// The shortcut of another size or width than the input (option B of the paper). Without one it is the input: of
    /// every `stride`-th row and column, with `wider` channels of zeros behind its own (option A).
    std::optional<NormedConvolution> projection;
    std::int64_t stride = 1, wider = 0;

    torch::Tensor operator()(const torch::Tensor& x_BCHW, const std::string& activation, const Pass& pass) const;

  private:
    torch::Tensor past(const torch::Tensor& x_BCHW, const Pass& pass) const;
};

}  // namespace gw
