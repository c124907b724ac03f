#pragma once
#include "schema/field.h"

namespace gw {

/// Why a run with the complete spec `spec` cannot begin from a model that was trained with the complete spec `parent`;
/// or success.
Status fits_parent(const Json& spec, const Json& parent);

/// A spec's backbone with what its objective settled: another objective leaves the weights their sense.
Json settled_backbone(const Json& spec);

}  // namespace gw
