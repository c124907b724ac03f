#include "optim/catalog.h"

#include <array>

namespace gw {

std::span<const OptimizerKind> optimizers() {
    static const std::array all{adamw_kind(),   sgd_kind(),      adam_kind(),     lion_kind(),   muon_kind(),
                                lamb_kind(),    nadam_kind(),    radam_kind(),    adamax_kind(), rmsprop_kind(),
                                adagrad_kind(), adadelta_kind(), adafactor_kind()};
    return all;
}

std::span<const ScheduleKind> schedules() {
    static const std::array all{cosine_kind(),     linear_kind(),          constant_kind(), stable_decay_kind(),
                                one_cycle_kind(),  cosine_restarts_kind(), step_kind(),     exponential_kind(),
                                polynomial_kind(), inverse_root_kind(),    plateau_kind()};
    return all;
}

}  // namespace gw
