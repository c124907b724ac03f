#pragma once
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <span>

#include "schema/kind.h"

namespace gw {

/// The part of a schedule that goes by evaluations: the rate falls each time that so many in a row were no better.
struct Plateau {
    std::int64_t patience = 1;  ///< evaluations, at least 1
    double by = 1, least = 0;   ///< share that a fall leaves; share of the peak that the rate never falls below
    double rate(std::int64_t falls) const { return std::max(least, std::pow(by, static_cast<double>(falls))); }
};

/// How the learning rate moves over a run: a factor on the optimizer's peak rate.
class Schedule {
  public:
    virtual ~Schedule() = default;
    /// Factor for the update that follows `step` finished ones, of `total` in all. Defined for every step >= 0; total >
    /// 0 may be an estimate (a budget in time) and need not be whole.
    virtual double factor(double step, double total) const = 0;
    /// What multiplies that by what evaluations have said; nothing where they have no say.
    virtual std::optional<Plateau> plateau() const { return std::nullopt; }
};

using ScheduleKind = Kind<std::unique_ptr<Schedule>>;

/// All schedule kinds, in the order people see them.
std::span<const ScheduleKind> schedules();

/// A warm-up as people set it, in steps: below 1 it is a share of the run.
inline double warm_up_steps(double warmup, double total) {
    return warmup < 1 ? warmup * total : warmup;
}
/// Linear warm-up: (step + 1) / warmup while step < warmup, then 1.
inline double warm_up(double step, double warmup) {
    return warmup > 0 ? std::min(1.0, (step + 1.0) / warmup) : 1.0;
}
/// Share of the way from the end of the warm-up to the end of the run, 0..1.
inline double after_warm_up(double step, double warmup, double total) {
    return total > warmup ? std::clamp((step - warmup) / (total - warmup), 0.0, 1.0) : 1.0;
}

}  // namespace gw
