#include "samples/core/model/catalog.h"

namespace gw::test {

const std::vector<BackboneKind>& every_backbone() {
    static const auto all = with_samples(backbones(), {sample_word_average_kind()});
    return all;
}

}  // namespace gw::test
