#pragma once
#include "objective/catalog.h"
#include "samples/with_samples.h"

namespace gw {

ObjectiveKind sample_token_after_next_kind();

namespace test {
const std::vector<ObjectiveKind>& every_objective();  ///< the catalogue and the sample
}

}  // namespace gw
