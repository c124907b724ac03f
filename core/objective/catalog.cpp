#include "objective/catalog.h"

#include <array>

namespace gw {

std::span<const ObjectiveKind> objectives() {
    static const std::array all{next_token_kind(),
                                masked_kind(),
                                span_denoising_kind(),
                                classification_kind(),
                                multi_label_kind(),
                                regression_kind(),
                                word_classes_kind(),
                                simclr_kind(),
                                moco_kind(),
                                rotation_kind(),
                                supervised_contrastive_kind(),
                                metric_learning_kind(),
                                masked_image_kind(),
                                image_text_kind(),
                                forecast_kind(),
                                autoencoder_kind(),
                                vae_kind(),
                                gan_kind(),
                                diffusion_kind()};
    return all;
}

}  // namespace gw
