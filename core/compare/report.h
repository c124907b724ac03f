#pragma once
#include "compare/comparison.h"

namespace gw {

/// One run or a comparison as one HTML page that needs nothing else: curves, figures, findings, settings, environment,
/// samples. It opens without a network and prints.
Result<std::string> run_report(const Store& store, const RunRecord& run);
Result<std::string> comparison_report(const Store& store, const ComparisonWish& wish);

}  // namespace gw
