#pragma once
#include "compare/cost.h"
#include "compare/spec_table.h"
#include "compare/trace.h"
#include "compare/verdict.h"

namespace gw {

/// What to compare, and how: what a saved comparison keeps.
struct ComparisonWish {
    std::vector<std::string> runs;  ///< ids, in the order of the list
    std::string baseline;           ///< one of them; empty = the first
    std::string metric;             ///< of the summary; empty = the validation loss, or the first that all runs have
    XKind x = XKind::step;
    YKind y = YKind::value;
    double window = 20;            ///< of the smoothing, in steps
    std::optional<double> target;  ///< value whose reaching is timed; empty = the baseline's last
};
Json to_json(const ComparisonWish& wish);
/// Unknown words fall back to the defaults: a saved comparison of a newer version still opens.
ComparisonWish comparison_wish(const Json& json);

/// The wished metric of one run.
struct ComparedRun {
    RunRecord record;
    std::string label;  ///< its name, with what tells it from others of that name
    std::size_t group = 0;
    RunScale scale;
    Trace trace;
    Phrase missing;             ///< why there is no trace; empty otherwise
    bool by_criterion = false;  ///< train/loss is what training minimises, with smoothing, weights or a teacher;
                                ///< validation/loss the plain loss
    std::optional<double> best, best_x, last;
    std::optional<double> at_equal_x;  ///< value at Comparison::equal_x
    std::optional<double> difference;  ///< the same minus the baseline's
    std::optional<double> target_x,
        target_share;  ///< where it reaches the target; as a share of where the baseline does
    RunCost cost;
};

/// Runs that differ only in their seed.
struct RunGroup {
    std::string label;
    std::vector<std::size_t> runs;
    Spread spread;    ///< of the values at Comparison::equal_x
    Verdict verdict;  ///< against the baseline's group
};

/// Mean and spread of a group's curves where all its runs have a value.
struct Band {
    std::vector<double> x, mean, low, high;  ///< low and high: one sample standard deviation away
};

struct Comparison {
    ComparisonWish wish;  ///< with what was left open filled in
    std::vector<ComparedRun> runs;
    std::size_t baseline = 0;
    std::vector<std::string> metrics;  ///< that any of the runs has
    std::vector<RunGroup> groups;      ///< the baseline's first
    std::vector<Phrase> warnings;      ///< differences that nobody chose, and what cannot be compared
    std::vector<SpecRow> settings;
    std::string x_unit;             ///< what the axis counts: "steps", "tokens", "images", ...
    std::optional<double> equal_x;  ///< the furthest x that all runs with a trace have
    std::optional<double> target;
    CostRates rates;  ///< of ComparedRun::cost
};

/// Reads and compares. Runs that are gone are left out with a warning; none left is an error.
Result<Comparison> compare(const Store& store, const ComparisonWish& wish);

/// Whether there is anything to say of seeds: runs that differ in nothing else, and values to take means of.
bool tells_of_seeds(const Comparison& comparison);

Band band_of(const Comparison& comparison, const RunGroup& group, std::size_t points = 400);

/// "Reaches 3.20 with 0.71 times the tokens": a run against the baseline.
Phrase target_phrase(const Comparison& comparison, const ComparedRun& run);

}  // namespace gw
