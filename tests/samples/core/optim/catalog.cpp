#include "samples/core/optim/catalog.h"

namespace gw::test {

const std::vector<OptimizerKind>& every_optimizer() {
    static const auto all = with_samples(optimizers(), {sample_signum_kind()});
    return all;
}

}  // namespace gw::test
