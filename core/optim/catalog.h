#pragma once
#include "optim/optimizer.h"
#include "optim/schedule.h"

namespace gw {

OptimizerKind adamw_kind();
OptimizerKind sgd_kind();

ScheduleKind constant_kind();
ScheduleKind linear_kind();
ScheduleKind cosine_kind();

}  // namespace gw
