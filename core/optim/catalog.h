#pragma once
#include "optim/averaging.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"

namespace gw {

OptimizerKind adamw_kind();
OptimizerKind sgd_kind();
OptimizerKind adam_kind();
OptimizerKind lion_kind();
OptimizerKind muon_kind();
OptimizerKind lamb_kind();
OptimizerKind nadam_kind();
OptimizerKind radam_kind();
OptimizerKind adamax_kind();
OptimizerKind rmsprop_kind();
OptimizerKind adagrad_kind();
OptimizerKind adadelta_kind();
OptimizerKind adafactor_kind();

ScheduleKind constant_kind();
ScheduleKind linear_kind();
ScheduleKind cosine_kind();
ScheduleKind cosine_restarts_kind();
ScheduleKind stable_decay_kind();
ScheduleKind one_cycle_kind();
ScheduleKind step_kind();
ScheduleKind exponential_kind();
ScheduleKind polynomial_kind();
ScheduleKind inverse_root_kind();
ScheduleKind plateau_kind();

AveragingKind ema_kind();
AveragingKind swa_kind();

}  // namespace gw
