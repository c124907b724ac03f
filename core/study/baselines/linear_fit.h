#pragma once
#include "study/baselines/baseline.h"

namespace gw {

enum class LinearLoss { logistic, squared_hinge };

/// A linear function for each class against all others, each with half the square of its weights beside `cost` times
/// the sum of the losses; what it says is the class whose function is greatest. Texts are rows of length 1 with each
/// feature that stands in them; pictures are their values. By LIBLINEAR (Fan et al. 2008, JMLR 9).
std::vector<std::int32_t> by_linear_fit(const PlainData& data, LinearLoss loss, double cost,
                                        const BaselineWatch& watch);

}  // namespace gw
