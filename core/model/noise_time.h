#pragma once
#include <torch/types.h>

#include "model/layers.h"

// Shape letters: B rows, D width of what is said.
namespace gw {

/// What a backbone offers that can be told by array::times how far its rows are on their way to noise, and from whose
/// features an objective can say the noise: a map as high and wide as the pictures that it reads, or one vector a row.
inline constexpr const char* noise_features = "features of noisy rows";

/// Array of a batch for such a backbone, float [B, width of its features]: what it is told of each row besides the
/// time, such as the class. Zeros say nothing, as does a batch without it.
inline constexpr const char* told_beside_time = "told beside the time";

/// What a backbone is told of array::times: waves of many lengths, and two layers over them (Ho, Jain and Abbeel 2020,
/// arXiv:2006.11239, appendix B, after Vaswani et al. 2017). Rows without times are not on their way at all. What it is
/// told beside the time is added to the waves, so that both layers see both.
class NoiseTime {
  public:
    NoiseTime() = default;
    /// Its weights are called `prefix` + "time_hidden" and "time_output".
    NoiseTime(const Initialiser& init, const std::string& prefix, std::int64_t waves, std::int64_t width,
              std::string activation);
    /// [B, D] in the compute dtype.
    torch::Tensor operator()(const Batch& batch, std::int64_t rows, const Pass& pass) const;
    void list(Parameters& out) const;
    void list(Buffers& out) const;
    static std::int64_t parameters(std::int64_t waves, std::int64_t width) {
        return (waves + 1) * width + (width + 1) * width;
    }

  private:
    std::int64_t waves_ = 0;
    std::string activation_;
    Linear hidden_, output_;
    torch::Tensor frequencies_;  ///< angles a unit of time, of half as many pairs as there are waves (rounded up)
};

}  // namespace gw
