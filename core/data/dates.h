#pragma once
#include <string>
#include <vector>

#include "util/result.h"

namespace gw {

/// Points in time of a column, as numbers that rise with time.
struct Times {
    std::vector<double>
        values;  ///< seconds since 1970 in UTC, where the column holds dates; else its numbers as they are
    std::string
        form;  ///< what the cells were read as: "numbers", "dates", "dates day/month/year", "dates month/day/year"
};

/// Reads a column of times, all by one rule. Numbers (years, seconds or milliseconds since 1970, ...) stand for
/// themselves. Dates may be written 2026-01-31, 2026/01/31, 2026.1.31, 20260131T120000, 2026-01,
/// 2026年1月31日, 31.01.2026, 31/01/2026 or 01/31/2026 (of these two the whole column decides), 31 Jan 2026, Jan 31,
/// 2026, or after RFC 2822, each with or without a time and a zone; without a zone they are taken for UTC. Errors: a
/// cell that is none of these, a column in which day and month cannot be told apart, numbers among dates. `bad` is then
/// the number of the cell that shows it.
Result<Times> read_times(const std::vector<std::string>& cells, std::size_t& bad);

}  // namespace gw
