#include "workspace/record/clock_watch.h"

#include <cmath>
#include <ctime>

#include "train/message/disk_texts.h"
#include "util/text.h"

namespace gw {

namespace {

double read_clock(clockid_t clock) {
    struct timespec at {};
    return clock_gettime(clock, &at) == 0 ? static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9 : 0;
}

}  // namespace

ClockReading ClockReading::now() {
    return {read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_BOOTTIME), read_clock(CLOCK_REALTIME)};
}

std::optional<Phrase> ClockWatch::note(const ClockReading& now) {
    constexpr double least_sleep = 10, least_jump = 60;  // seconds; daemons that keep the time move it by less
    const std::optional<ClockReading> before = last_;
    last_ = now;
    if (!before) return std::nullopt;
    const double passed = now.since_boot - before->since_boot, slept = passed - (now.awake - before->awake),
                 jumped = now.wall - before->wall - passed;
    if (std::abs(jumped) >= least_jump)
        return Phrase{jumped > 0 ? say::clock_forward : say::clock_back, {duration_text(std::abs(jumped))}};
    if (slept >= least_sleep) return Phrase{say::machine_slept, {duration_text(slept)}};
    return std::nullopt;
}

}  // namespace gw
