#pragma once
#include "schema/field.h"

namespace gw {

/// Why a run with the complete spec `spec` cannot begin from a model that was trained with the complete spec `parent`;
/// or success.
Status fits_parent(const Json& spec, const Json& parent);

}  // namespace gw
