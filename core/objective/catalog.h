#pragma once
#include "objective/objective.h"

namespace gw {

ObjectiveKind next_token_kind();
ObjectiveKind masked_kind();
ObjectiveKind classification_kind();
ObjectiveKind multi_label_kind();
ObjectiveKind regression_kind();
ObjectiveKind word_classes_kind();

}  // namespace gw
