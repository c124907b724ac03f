#pragma once
#include "optim/catalog.h"
#include "samples/with_samples.h"

namespace gw {

OptimizerKind sample_signum_kind();

namespace test {
const std::vector<OptimizerKind>& every_optimizer();  ///< the catalogue and the sample
}

}  // namespace gw
