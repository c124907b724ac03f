#pragma once
#include <torch/types.h>

#include <string>

#include "model/backbone.h"
#include "model/initialise.h"

// Shape letters: B batch, C channels, H height, W width.
namespace gw {

/// Correlation of pictures with `out` filters of an odd size, zeros around the picture (LeCun et al. 1989,
/// "Backpropagation applied to handwritten zip code recognition"): [B, in, H, W] -> [B, out, H', W'] with
/// H' = (H - 1) / stride + 1. The product is in the compute dtype; weights stay float32.
class Convolution {
  public:
    struct Shape {
        std::int64_t in, out, kernel, stride;
        bool bias;
    };
    Convolution() = default;
    Convolution(const Initialiser& init, const std::string& name, const Shape& shape);
    torch::Tensor operator()(const torch::Tensor& x_BCHW, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    std::string name_;
    Shape shape_{};
    torch::Tensor weight_;  ///< [out, in, kernel, kernel]
    torch::Tensor bias_;
};

/// Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167) of the second axis:
/// (x - mean) / sqrt(variance + 1e-5) * weight + bias.
///
/// Training takes the mean and the variance (over B, H and W) of the rows that it sees at once: of a micro-batch where
/// gradients are accumulated. It moves the running ones a tenth of the way to them, the variance unbiased there.
/// Everything else takes the running ones, so that a row's output depends on no other row. They stay as they were where
/// a pass is not finite, or where it sees one value a channel, which has no variance.
/// A norm whose weight is not trained (requires_grad) takes its running statistics while training as well, and leaves
/// them: what is frozen stays the function that it was.
/// Statistics are float32 at least, the output in the compute dtype. Not for two threads at once while training.
class BatchNorm {
  public:
    BatchNorm() = default;
    BatchNorm(const std::string& name, std::int64_t channels);
    /// x [B, C] or [B, C, H, W].
    torch::Tensor operator()(const torch::Tensor& x, const Pass& pass) const;
    void list(Parameters& out) const;
    void list(Buffers& out) const;

  private:
    torch::Tensor trained(const torch::Tensor& x) const;
    std::string name_;
    torch::Tensor weight_, bias_;    ///< [C]
    torch::Tensor mean_, variance_;  ///< [C], running
};

/// The largest value, or the mean, of every 2 x 2 values: [B, C, H, W] -> [B, C, H / 2, W / 2]; an odd last row or
/// column is left out.
torch::Tensor max_pool(const torch::Tensor& x_BCHW);
torch::Tensor average_pool(const torch::Tensor& x_BCHW);

}  // namespace gw
