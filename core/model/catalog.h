#pragma once
#include "model/backbone.h"

namespace gw {

BackboneKind transformer_kind();
BackboneKind mlp_kind();
BackboneKind cnn_kind();

}  // namespace gw
