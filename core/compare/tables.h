#pragma once
#include "compare/comparison.h"

namespace gw {

/// The summary of a comparison as a Markdown table, with its warnings, groups and differing settings.
std::string comparison_markdown(const Comparison& comparison);

/// The curves as CSV, one line a point: run, label, x, value. Numbers are written so that they read back the same.
std::string comparison_csv(const Comparison& comparison);

/// Everything as JSON, for scripts.
Json comparison_json(const Comparison& comparison);

}  // namespace gw
