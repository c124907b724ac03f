#pragma once
#include "objective/objective.h"

namespace gw {

ObjectiveKind next_token_kind();
ObjectiveKind masked_kind();
ObjectiveKind span_denoising_kind();
ObjectiveKind masked_image_kind();
ObjectiveKind classification_kind();
ObjectiveKind multi_label_kind();
ObjectiveKind regression_kind();
ObjectiveKind word_classes_kind();
ObjectiveKind image_text_kind();
ObjectiveKind simclr_kind();
ObjectiveKind moco_kind();
ObjectiveKind rotation_kind();
ObjectiveKind supervised_contrastive_kind();
ObjectiveKind metric_learning_kind();
ObjectiveKind forecast_kind();
ObjectiveKind autoencoder_kind();
ObjectiveKind vae_kind();
ObjectiveKind gan_kind();
ObjectiveKind diffusion_kind();

}  // namespace gw
