#pragma once
#include "model/catalog.h"
#include "samples/with_samples.h"

namespace gw {

BackboneKind sample_word_average_kind();

namespace test {
const std::vector<BackboneKind>& every_backbone();  ///< the catalogue and the sample
}

}  // namespace gw
