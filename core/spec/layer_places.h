#pragma once
#include "model/layer_place.h"
#include "schema/field.h"

namespace gw {

/// Where a parameter of the backbone of this section of a spec stands, as its kind says; `parameter` as in
/// Backbone::parameters().
LayerPlace layer_place(const Json& backbone, const std::string& parameter);

}  // namespace gw
