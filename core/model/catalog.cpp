#include "model/catalog.h"

#include <array>

namespace gw {

std::span<const BackboneKind> backbones() {
    static const std::array all{transformer_kind(),  rnn_kind(),
                                mlp_kind(),          cnn_kind(),
                                resnet_kind(),       vit_kind(),
                                hybrid_kind(),       unet_kind(),
                                residual_mlp_kind(), two_towers_kind(),
                                linear_map_kind(),   series_rnn_kind(),
                                series_tcn_kind(),   series_transformer_kind(),
                                series_hybrid_kind()};
    return all;
}

}  // namespace gw
