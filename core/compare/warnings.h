#pragma once
#include "compare/comparison.h"

namespace gw {

/// Differences that stand in no form, the gravest first: data, tokenizer, seed, device, versions; and why values may
/// not compare.
std::vector<Phrase> unchosen_differences(const std::vector<ComparedRun>& runs, const ComparisonWish& wish);

}  // namespace gw
