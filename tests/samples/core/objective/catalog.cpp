#include "samples/core/objective/catalog.h"

namespace gw::test {

const std::vector<ObjectiveKind>& every_objective() {
    static const auto all = with_samples(objectives(), {sample_token_after_next_kind()});
    return all;
}

}  // namespace gw::test
