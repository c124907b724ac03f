#include "util/spread.h"

#include <cmath>

#include "util/text.h"

namespace gw {

Spread spread_of(const std::vector<double>& values) {
    Spread out;
    out.count = values.size();
    for (const double value : values) out.mean += value / static_cast<double>(values.size());
    if (values.size() < 2) return out;
    double squares = 0;
    for (const double value : values) squares += (value - out.mean) * (value - out.mean);
    out.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
    return out;
}

std::string spread_text(const Spread& spread, int digits, const char* none) {
    if (spread.count == 0) return none;
    return significant(spread.mean, digits) + (spread.count > 1 ? " ± " + significant(spread.deviation, 2) : "");
}

}  // namespace gw
