#pragma once
#include "schema/field.h"
#include "util/files.h"

namespace gw {

/// Throws Failure where what a checkpoint says of its place in the training is no count: a run would go on from
/// nowhere, or for ever.
void check_counts(const Json& state, const fs::path& checkpoint);

}  // namespace gw
