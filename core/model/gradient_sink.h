#pragma once
#include <torch/types.h>

#include <cstdint>
#include <unordered_map>

namespace gw {

/// Where the gradients of weights go that a backward pass adds up itself instead of handing them out as tensors: one
/// flat memory for all of them. A backward function that knows of it asks current(); where there is one it ADDS the
/// gradient of a weight to of(weight) and returns an undefined tensor for it, else it returns tensors as usual.
///
/// Set in a thread by Use for the length of a forward and backward pass on the CPU; autograd runs such a backward pass
/// in the thread that asked for it.
class GradientSink {
  public:
    /// That of the calling thread; null = gradients are asked for as tensors.
    static GradientSink* current();

    /// Where the gradient of `weight` is added up: contiguous float32 of the weight's shape. Null: it is not trained,
    /// or not known here.
    float* of(const torch::Tensor& weight) const {
        const auto it = at_.find(weight.unsafeGetTensorImpl());
        return it == at_.end() ? nullptr : it->second;
    }
    void set(const torch::Tensor& weight, float* gradient) { at_[weight.unsafeGetTensorImpl()] = gradient; }
    void clear() { at_.clear(); }

    /// Makes a sink the calling thread's while it lives.
    class Use {
      public:
        explicit Use(GradientSink& sink);
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use();

      private:
        GradientSink* before_;
    };

  private:
    std::unordered_map<const void*, float*> at_;
};

}  // namespace gw
