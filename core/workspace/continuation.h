#pragma once
#include "store/records.h"

namespace gw {

/// How far a run has come in a budget.
struct BudgetLeft {
    std::optional<std::int64_t> total_steps;  ///< that the budget comes to; nothing for a budget of time
    bool spent = false;                       ///< at that step: nothing is left to train
};

/// What a budget (the section "training" of a spec) leaves of a run at one of its steps, as far as its history tells:
/// epochs and tokens become steps by what they were in the run so far.
BudgetLeft budget_left(const RunRecord& run, const Json& training, std::int64_t step);

/// The learning rate of a spec at a step of `total` in all.
double rate_at(const Json& spec, std::int64_t step, std::int64_t total);

/// What to extend a run by (LaunchRequest::extend, beside its budget) so that its rate stays what it was at `step` of
/// `total`.
Json level_rate(const Json& spec, std::int64_t step, std::int64_t total);

}  // namespace gw
