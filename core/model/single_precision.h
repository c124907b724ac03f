#pragma once
#include "model/backbone.h"

namespace gw {

/// The same pass in single precision, or double where it is so, for what the three digits of half precision would
/// spoil.
inline Pass in_single_precision(Pass pass) {
    if (pass.compute != torch::kFloat64) pass.compute = torch::kFloat32;
    return pass;
}

}  // namespace gw
