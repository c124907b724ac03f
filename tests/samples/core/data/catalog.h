#pragma once
#include "data/catalog.h"
#include "samples/with_samples.h"

namespace gw {

DatasetKind sample_numbers_kind();

namespace test {
const std::vector<DatasetKind>& every_dataset();  ///< the catalogue and the sample
}

}  // namespace gw
