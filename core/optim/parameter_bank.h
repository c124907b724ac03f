#pragma once
#include <torch/types.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "model/backbone.h"

namespace gw {

/// All parameters of a run in one flat tensor, and the gradients of those that are trained in another: norm, clipping
/// and update are then single passes over memory, and checkpoints find every value by name. Matrices and tables (two
/// axes or more) come first, since weight decay applies to them alone. A frozen parameter has no gradient and no
/// optimizer state: both are as long as what is trained.
class ParameterBank {
  public:
    /// How an entry is updated: its rate (0 = frozen), and the number of updates that it was frozen for at the
    /// beginning, which bias corrections leave out.
    struct Pace {
        double rate = 1;
        std::int64_t since = 0;
        bool operator==(const Pace&) const = default;
    };
    struct Entry {
        std::string name;
        std::int64_t offset, size;  ///< in the weights
        std::vector<std::int64_t> shape;
        torch::Tensor parameter;
        Pace pace{0, 0};
        std::int64_t trained = -1;  ///< where it begins in the gradients and in optimizer state; -1 = frozen
    };
    /// Neighbouring values that are updated alike.
    struct Stretch {
        std::int64_t first, last;  ///< of the weights
        std::int64_t trained;      ///< where it begins in the gradients
        Pace pace;
    };
    /// Moves the parameters' data into the bank (on `device`); the tensors keep their identity and become views of it.
    /// Everything is trained, or with `frozen` nothing until set_paces().
    ParameterBank(const Parameters& parameters, torch::Device device, bool frozen = false);

    torch::Tensor& weights() { return weights_; }      ///< [size]
    torch::Tensor& gradients() { return gradients_; }  ///< [trained]; the trained parameters' `.grad` are views of it
    std::int64_t size() const { return weights_.numel(); }
    std::int64_t trained() const { return gradients_.numel(); }
    std::int64_t decayed() const { return decayed_; }  ///< the first so many weights belong to matrices
    const std::vector<Entry>& entries() const { return entries_; }
    std::int64_t parameters() const;  ///< values in all (the bank's padding left out)
    std::int64_t trainable() const;   ///< those that are trained

    /// Gives every entry a pace of its own. What joins gets a gradient, what is frozen loses it and costs no backward
    /// pass.
    void set_paces(const std::function<Pace(const Entry&)>& pace_of);
    /// What an update goes over: all that is trained, in order, as few stretches as possible.
    const std::vector<Stretch>& stretches() const { return stretches_; }
    /// Counts the changes of what is trained: optimizer state of another layout must be laid out again.
    std::int64_t layout() const { return layout_; }

    void zero_gradients() { gradients_.zero_(); }
    /// sqrt of the sum of squares of all gradients, as a scalar on the device; on the CPU the same for any number of
    /// threads.
    torch::Tensor gradient_norm() const;
    /// On the CPU: adds `parts`, each as long as the gradients, to them in their order. Gives gradient_norm() of the
    /// sum: one pass over memory for both.
    torch::Tensor add_up_gradients(std::span<const float* const> parts);
    /// The part of a tensor as long as the weights that belongs to one entry, in its shape.
    torch::Tensor view(const torch::Tensor& flat, const Entry& entry) const {
        return flat.narrow(0, entry.offset, entry.size).view(entry.shape);
    }
    /// The same of a tensor as long as the gradients; the entry must be trained.
    torch::Tensor trained_view(const torch::Tensor& flat, const Entry& entry) const {
        return flat.narrow(0, entry.trained, entry.size).view(entry.shape);
    }
    /// The values of a tensor as long as the weights that are trained, as long as the gradients.
    torch::Tensor trained_of(const torch::Tensor& flat) const;
    /// Adds values as long as the gradients to a tensor as long as the weights, each at its weight.
    void add_to(torch::Tensor& flat, const torch::Tensor& values) const;

  private:
    torch::Tensor weights_, gradients_;
    std::int64_t decayed_ = 0, layout_ = 0;
    std::vector<Entry> entries_;
    std::vector<Stretch> stretches_;
};

}  // namespace gw
