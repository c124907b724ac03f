#pragma once
#include "store/store.h"
#include "util/spread.h"

namespace gw {

/// What things cost where a pilot is to be used.
struct CostModel {
    double price_an_hour = 0;  ///< of the machine, while training and while answering
    double items_a_day = 0;
    double value_of_an_error = 0;
    std::string currency;
};

/// What a way was tried with: without it a figure of a way says nothing of the way itself.
struct TriedSettings {
    double rate = 0, passes = 0;  ///< peak learning rate; over the training texts, 0 if the budget is in another unit
    std::int64_t rank = 0;        ///< of the adapters; 0 without
    double alpha = 0;
    std::vector<std::string> projections;  ///< with adapters; none = all
    /// "rate 0.005, rank 8, alpha 16, 5 passes"; empty if nothing is known.
    std::string text() const;
    Json json() const;
};
/// Of the spec of a run.
TriedSettings tried_settings(const Json& spec);

/// One way of training with one count of labels, over its seeds or folds.
struct PilotCell {
    std::string way;
    TriedSettings tried;     ///< of the first of its runs
    std::int64_t count = 0;  ///< labels; 0 = all
    std::string metric;      ///< "test/accuracy", or another task's main metric; of folds "validation/..."
    Spread quality, seconds, milliseconds,
        memory;                  ///< of the part that is judged; of training; an item; bytes at the end
    std::optional<double> kwh;   ///< mean, where the machine tells
    double trainable_share = 0;  ///< of the parameters
    std::int64_t waiting = 0;    ///< runs that have no result yet
    /// By the cost model, a day: answering all items, and the errors among them (of accuracies only).
    double answers_a_day(const CostModel& model) const;
    double errors_a_day(const CostModel& model) const;
};

struct Pilot {
    std::string name;
    std::int64_t folds = 0;        ///< of a cross-validation; 0 = the spread is over seeds
    std::vector<PilotCell> cells;  ///< by way, then by rising count, all last
};

/// Reads a pilot with what its runs have reached so far. Errors: there is none of that name.
Result<Pilot> read_pilot(const Store& store, const std::string& name);

/// One page that a manager can read: the label-efficiency curve, what is best, and what it costs.
std::string pilot_report(const Pilot& pilot, const CostModel& model);

}  // namespace gw
