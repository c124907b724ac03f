#pragma once
#include "model/backbone.h"

namespace gw {

BackboneKind transformer_kind();
BackboneKind rnn_kind();
BackboneKind mlp_kind();
BackboneKind residual_mlp_kind();
BackboneKind cnn_kind();
BackboneKind resnet_kind();
BackboneKind vit_kind();
BackboneKind hybrid_kind();
BackboneKind unet_kind();
BackboneKind two_towers_kind();
BackboneKind linear_map_kind();
BackboneKind series_rnn_kind();
BackboneKind series_tcn_kind();
BackboneKind series_transformer_kind();
BackboneKind series_hybrid_kind();

}  // namespace gw
