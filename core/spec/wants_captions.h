#pragma once
#include "schema/field.h"

namespace gw {

/// Whether rows of pictures must hold their captions too (PrepareRequest::captions): some kind of this spec needs them.
bool wants_captions(const Json& spec);

}  // namespace gw
