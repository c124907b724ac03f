#include "samples/core/data/catalog.h"

namespace gw::test {

const std::vector<DatasetKind>& every_dataset() {
    static const auto all = with_samples(datasets(), {sample_numbers_kind()});
    return all;
}

}  // namespace gw::test
