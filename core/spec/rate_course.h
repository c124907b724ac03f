#pragma once
#include "schema/field.h"

namespace gw {

/// Whether evaluations have a say in the learning rate of a spec, so that the curve of its schedule alone does not tell
/// what the rate is at a step. False of a schedule that is not sound.
bool rate_goes_by_evaluations(const Json& spec);

}  // namespace gw
