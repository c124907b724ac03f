#include "data/reckoned.h"

#include <cmath>

#include "data/tables/cell_texts.h"
#include "util/result.h"

namespace gw {

float reckoned(double value, double mean, double deviation, const std::string& column) {
    const auto out = static_cast<float>((value - mean) / deviation);
    if (!std::isfinite(out))
        throw Failure(Error{Error::Code::bad_data,
                            "The value " + short_number(value) +
                                " of this column lies too far from all others to be "
                                "reckoned with",
                            "Mend or remove it, or write the column as logarithms",
                            {"column " + column}});
    return out;
}

}  // namespace gw
