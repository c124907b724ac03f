#pragma once
#include <cstdint>
#include <vector>

#include "objective/objective.h"

namespace gw {

/// Batches that are measured side by side on a CPU, each by one thread. How rows are cut into batches follows from
/// their shape alone, and what is found comes in the order of the batches: figures are the same for any number of
/// threads. On another device one batch is measured at a time.
class SideBySide {
  public:
    /// Of rows of `units` tokens (or pictures), of which at most `most_rows` go into a batch.
    SideBySide(torch::Device device, std::int64_t most_rows, std::int64_t units);
    std::int64_t rows() const { return rows_; }       ///< of a batch
    std::size_t at_once() const { return at_once_; }  ///< batches that are worked off together
    void add(Batch batch) { waiting_.push_back(std::move(batch)); }
    std::size_t size() const { return waiting_.size(); }
    /// What is found in the batches added since the last call, in their order. Throws what a batch threw.
    std::vector<Measures> work_off(Backbone& backbone, const Objective& objective, const Pass& pass);

  private:
    torch::Device device_;
    std::int64_t rows_;
    std::size_t at_once_ = 1;
    std::vector<Batch> waiting_;
};

}  // namespace gw
