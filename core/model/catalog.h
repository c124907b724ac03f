#pragma once
#include "model/backbone.h"

namespace gw {

BackboneKind transformer_kind();

}  // namespace gw
