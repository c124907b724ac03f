#pragma once
#include <torch/types.h>

#include <string>

#include "model/backbone.h"
#include "model/initialise.h"

// Shape letters: B batch, D width, L points in time.
namespace gw {

/// A filter over points in time that sees none ahead of its own: zeros stand before the series. `kernel` points,
/// `dilation` apart.
class PastConvolution {
  public:
    PastConvolution(const Initialiser& init, const std::string& name, std::int64_t width, std::int64_t kernel,
                    std::int64_t dilation);
    /// [B, D, L] -> the same in the compute dtype.
    torch::Tensor operator()(const torch::Tensor& x_BDL, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    std::string name_;
    std::int64_t dilation_;
    torch::Tensor weight_;  ///< [D, D, kernel]
    torch::Tensor bias_;
};

}  // namespace gw
