#pragma once
#include <torch/types.h>

#include <string>

namespace gw {

/// The processes that train one run together, each with the whole model and a share of every step's rows, and of every
/// look at held-out data. A run of one process is a world of size 1, which this class is.
///
/// A stop is asked of rank 0 alone: the ports of the others never stop by themselves. What a task of a sequence shows
/// of other tasks each process computes for itself, all of it.
///
/// Every call below must be made by all of them in the same order; each returns when all have called it.
class World {
  public:
    virtual ~World() = default;
    virtual std::int64_t rank() const { return 0; }  ///< of this process, from 0
    virtual std::int64_t size() const { return 1; }
    /// Replaces `values` by their sum over the processes: the same bits in each.
    virtual void sum(torch::Tensor& values) { (void)values; }
    /// What rank 0 said.
    virtual std::string from_first(const std::string& said) { return said; }

    /// Rank 0 writes the checkpoints and what else stands on the disk; the others train along.
    bool writes() const { return rank() == 0; }
    bool alone() const { return size() == 1; }
};

}  // namespace gw
