#pragma once
#include <map>
#include <vector>

#include "eval/world.h"

namespace gw {

class Backbone;

/// Whether what a model says depends on statistics of the rows that its own process has trained on (batch norm), which
/// a world does not share: its looks are each process's own then, and those that count are of rank 0.
bool keeps_running_statistics(const Backbone& backbone);

/// A process's share of a look that a world takes together: of the batches in which anything counts, every so-many-th.
/// All go through the same batches in the same order, so that each knows what there is without asking.
class Share {
  public:
    /// Null or a world of size 1: all of it.
    explicit Share(World* world) : world_(world && !world->alone() ? world : nullptr) {}
    /// Whether the next batch in which anything counts is for this process. The first is rank 0's.
    bool next() { return !world_ || turn_++ % world_->size() == world_->rank(); }
    /// Whether all went through to the end; to be asked by all, also where a stop came.
    bool all_through(bool here) const;
    /// Replaces sums by those over the processes. Their names are rank 0's.
    void meet(std::map<std::string, double>& sums) const;
    /// Of values of which each process has its own and zeros for those of the others.
    void meet(std::vector<float>& values) const;

  private:
    World* world_;
    std::int64_t turn_ = 0;
};

}  // namespace gw
