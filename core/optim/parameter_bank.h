#pragma once
#include <torch/types.h>

#include <functional>
#include <string>
#include <vector>

#include "model/backbone.h"

namespace gw {

/// All parameters of a run in one flat tensor, and their gradients in another: norm, clipping and update are then single passes
/// over memory, and checkpoints find every value by name. Matrices and tables (two axes or more) come first, since weight decay
/// applies to them alone.
class ParameterBank {
  public:
    struct Entry {
        std::string name;
        std::int64_t offset, size;
        std::vector<std::int64_t> shape;
        torch::Tensor parameter;
        double rate = 1;  ///< times the learning rate; 0 = frozen
    };
    /// How an entry is updated: its rate, and the number of updates that it was frozen for at the beginning, which bias corrections leave out.
    struct Pace {
        double rate = 1;
        std::int64_t since = 0;
        bool operator==(const Pace&) const = default;
    };
    /// Neighbouring values that are updated alike.
    struct Stretch {
        std::int64_t first, last;
        Pace pace;
    };
    /// Moves the parameters' data into the bank (on `device`); the tensors keep their identity and become views of it.
    ParameterBank(const Parameters& parameters, torch::Device device);

    torch::Tensor& weights() { return weights_; }      ///< [size]
    torch::Tensor& gradients() { return gradients_; }  ///< [size]; the parameters' `.grad` are views of it
    std::int64_t size() const { return weights_.numel(); }
    std::int64_t decayed() const { return decayed_; }  ///< the first so many values belong to matrices
    const std::vector<Entry>& entries() const { return entries_; }
    std::int64_t parameters() const;                   ///< values in all (the bank's padding left out)
    std::int64_t trainable() const;                    ///< those with a rate above 0

    /// Gives every entry a pace of its own. A frozen one gets no gradient and costs no backward pass.
    void set_paces(const std::function<Pace(const Entry&)>& pace_of);
    /// What an update goes over: everything with a rate above 0, in order, as few stretches as possible.
    const std::vector<Stretch>& stretches() const { return stretches_; }

    void zero_gradients() { gradients_.zero_(); }
    /// sqrt of the sum of squares of all gradients, as a scalar on the device.
    torch::Tensor gradient_norm() const { return gradients_.norm(); }
    /// The part of a flat tensor (weights or optimizer state) that belongs to one entry, in its shape.
    torch::Tensor view(const torch::Tensor& flat, const Entry& entry) const { return flat.narrow(0, entry.offset, entry.size).view(entry.shape); }

  private:
    torch::Tensor weights_, gradients_;
    std::int64_t decayed_ = 0;
    std::vector<Entry> entries_;
    std::vector<Stretch> stretches_;
};

}  // namespace gw
