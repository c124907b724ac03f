#pragma once
#include "objective/objective.h"

namespace gw {

ObjectiveKind next_token_kind();
ObjectiveKind masked_kind();
ObjectiveKind sequence_classification_kind();
ObjectiveKind multi_label_kind();
ObjectiveKind sequence_regression_kind();
ObjectiveKind token_classification_kind();

}  // namespace gw
