#pragma once
#include "objective/objective.h"

namespace gw {

ObjectiveKind next_token_kind();
ObjectiveKind masked_kind();

}  // namespace gw
