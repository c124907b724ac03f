#include "spec/rate_course.h"

#include "optim/schedule.h"

namespace gw {

bool rate_goes_by_evaluations(const Json& spec) {
    const Json section = spec.value("schedule", Json::object());
    const ScheduleKind* kind = find_kind(schedules(), section.value("kind", ""));
    return kind && kind->check(section, "schedule").empty() && kind->build(section)->plateau().has_value();
}

}  // namespace gw
