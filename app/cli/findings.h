#pragma once
#include <string>

#include "study/checkup/checkup.h"

namespace gw::cli {

/// A finding on standard output: its title among the sheets, its verdict and `more`, and a line for each sentence.
void print_finding(const CheckFinding& finding, const std::vector<CheckSheet>& sheets, const std::string& more = "");

}  // namespace gw::cli
