#pragma once
#include <string>

namespace gw {

/// A value in deviations from the mean, as a model gets it. Throws Failure (bad_data) where that is no finite number in
/// 32 bits: nothing that is reckoned with it would be one.
float reckoned(double value, double mean, double deviation, const std::string& column);

}  // namespace gw
