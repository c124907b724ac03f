#pragma once
#include <optional>

#include "schema/field.h"

namespace gw {

/// A spec that another kind of data was put into, made whole: other kinds in sections whose kinds do not fit it (split,
/// tokenizer, backbone, objective and whatever else needs something of the data), as few of them as will do and each
/// the first of its family that fits. What fits keeps its kind and settings. Nothing where all fits already, or where
/// no choice does.
std::optional<Json> fitted_spec(const Json& spec);

}  // namespace gw
