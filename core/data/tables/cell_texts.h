#pragma once
#include <span>
#include <string>
#include <vector>

#include "data/tables/table_input.h"

namespace gw {

/// With at most six digits, and none that say nothing: "48", "0.25", "1.5e-07".
std::string short_number(double value);

/// The same with so many more digits as tell values apart that lie a millionth of `deviation` from each other.
std::string fine_number(double value, double deviation);

/// Days since 1970 in UTC as "2024-01-31", with the time of day where it is not midnight. Years from 0 to 9999; what
/// lies beyond is told as a number of days.
std::string date_text(double days);

/// The cells that values of a row stand for (see TableInput): of words the category whose value is greatest, of numbers
/// what they are in their own unit, nothing where the mark says that it is missing. As many values as the input has.
std::vector<std::string> cells_of(const TableInput& input, std::span<const float> values);

}  // namespace gw
