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
    /// `gain` scales the first weights.
    Convolution(const Initialiser& init, const std::string& name, const Shape& shape, double gain = 1.0);
    torch::Tensor operator()(const torch::Tensor& x_BCHW, const Pass& pass) const;
    void list(Parameters& out) const;
    /// As Linear::adapt: A is a convolution of the same kernel and stride with `rank` filters, B one of 1 x 1 pixels
    /// behind it, which merged are one convolution. Where there are fewer filters, or values behind each, than `rank`,
    /// the adapter has as many: it reaches every change of the weight so, and first layers are often that small.
    void adapt(const LoraShape& lora, const std::string& projection, std::uint64_t seed, std::vector<Adapted>& adapted);
    void merge_adapter();

  private:
    std::string name_;
    Shape shape_{};
    torch::Tensor weight_;  ///< [out, in, kernel, kernel]
    torch::Tensor bias_;
    torch::Tensor lora_a_, lora_b_;  ///< [rank, in, kernel, kernel], [out, rank]; undefined without an adapter
    double lora_scale_ = 0, lora_dropout_ = 0;
};

/// The largest value, or the mean, of every 2 x 2 values: [B, C, H, W] -> [B, C, H / 2, W / 2]; an odd last row or
/// column is left out.
torch::Tensor max_pool(const torch::Tensor& x_BCHW);
torch::Tensor average_pool(const torch::Tensor& x_BCHW);

/// The largest of 3 x 3 values around every other value of every other row: [B, C, H, W] -> [B, C, H', W'] with
/// H' = (H - 1) / 2 + 1.
torch::Tensor overlapping_max_pool(const torch::Tensor& x_BCHW);

}  // namespace gw
