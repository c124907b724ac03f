#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace gw {

/// How values of runs that differ in their seed alone lie.
struct Spread {
    std::size_t count = 0;
    double mean = 0;
    double deviation = 0;  ///< sample standard deviation (divisor count - 1); 0 for a single run
};
Spread spread_of(const std::vector<double>& values);
/// "0.91 ± 0.012"; a single value alone; `none` of none.
std::string spread_text(const Spread& spread, int digits = 4, const char* none = "-");

}  // namespace gw
