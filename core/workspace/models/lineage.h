#pragma once
#include "store/store.h"

namespace gw {

/// A run among its relatives.
struct LineageNode {
    RunRecord run;
    int generation = 0;                     ///< 0 = the oldest ancestor that is known
    std::optional<std::int64_t> from_step;  ///< of the parent's checkpoint that it began from
};

/// The oldest known ancestor of a run and all that descends from it: each run behind its parent, the children of one in
/// the order in which they were made. Errors: there is no such run.
Result<std::vector<LineageNode>> family_of(const Store& store, const std::string& id_or_name);

}  // namespace gw
