#pragma once
#include "model/backbone.h"

namespace gw {

/// The random numbers of one run's dropout. On a CPU they come from a generator of its own, so that runs and studies
/// side by side in one program do not mix theirs; the fused kernels of a GPU draw from LibTorch's, which has no other
/// way in.
class DropoutStream {
  public:
    explicit DropoutStream(torch::Device device);
    /// Begins anew at a named place.
    void seed(std::uint64_t seed);
    /// The pass that draws from it.
    Pass of(Pass pass) const {
        pass.generator = generator_;
        return pass;
    }

  private:
    std::optional<at::Generator> generator_;
};

}  // namespace gw
