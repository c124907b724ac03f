#include "objective/catalog.h"

#include <array>

namespace gw {

std::span<const ObjectiveKind> objectives() {
    static const std::array all{next_token_kind(),
                                masked_kind(),
                                sequence_classification_kind(),
                                multi_label_kind(),
                                sequence_regression_kind(),
                                token_classification_kind()};
    return all;
}

}  // namespace gw
