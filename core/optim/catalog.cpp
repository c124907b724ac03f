#include "optim/catalog.h"

#include <array>

namespace gw {

std::span<const OptimizerKind> optimizers() {
    static const std::array all{adamw_kind(), sgd_kind()};
    return all;
}

std::span<const ScheduleKind> schedules() {
    static const std::array all{cosine_kind(), linear_kind(), constant_kind()};
    return all;
}

}  // namespace gw
