#pragma once
#include <torch/types.h>

#include <unordered_map>
#include <unordered_set>

namespace gw {

/// Tensors that layers multiply by in place of their weights, such as these divided by something: what flows back goes
/// through them to the weights. Linear and Convolution ask for them by in_use(); fused kernels, and blocks that go
/// forward a second time, do without while there are any.
///
/// Set in a thread by Use for the length of a forward pass.
class StandIns {
  public:
    /// Those of the calling thread; null = layers use their own weights.
    static StandIns* current();

    void set(const torch::Tensor& weight, torch::Tensor other) {
        others_[weight.unsafeGetTensorImpl()] = std::move(other);
    }
    /// What stands for `weight`: itself where nothing does.
    const torch::Tensor& of(const torch::Tensor& weight) {
        asked_.insert(weight.unsafeGetTensorImpl());
        const auto it = others_.find(weight.unsafeGetTensorImpl());
        return it == others_.end() ? weight : it->second;
    }
    /// Whether a layer has asked for it.
    bool was_asked_for(const torch::Tensor& weight) const { return asked_.contains(weight.unsafeGetTensorImpl()); }

    /// Makes them the calling thread's while it lives.
    class Use {
      public:
        explicit Use(StandIns& all);
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use();

      private:
        StandIns* before_;
    };

  private:
    std::unordered_map<const void*, torch::Tensor> others_;
    std::unordered_set<const void*> asked_;
};

/// What a layer multiplies by.
inline const torch::Tensor& in_use(const torch::Tensor& weight) {
    StandIns* const all = StandIns::current();
    return all ? all->of(weight) : weight;
}

}  // namespace gw
