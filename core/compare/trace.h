#pragma once
#include "compare/axes.h"
#include "store/store.h"

namespace gw {

/// A metric of one run as it is compared: smoothed, along an axis, as a value of the wanted kind.
struct Trace {
    std::vector<double> x, y;  ///< ascending in x; only points with a finite value
    /// The best recorded (not smoothed) value, as `y`, and where; nothing of a metric that cannot be won.
    std::optional<double> recorded_best, best_x;
    std::int64_t points = 0, bad = 0;  ///< recorded points, and how many of them are NaN or infinite

    bool empty() const { return x.empty(); }
    double end() const { return x.empty() ? 0 : x.back(); }
    /// Value at `at` between the points around it; nothing outside of the curve.
    std::optional<double> at(double at) const;
    /// Where the curve first gets as good as `target`, between the points around it; of a metric that cannot be won,
    /// where it first meets it.
    std::optional<double> reaches(double target, Better better) const;
};

struct TraceWish {
    std::string metric;
    XKind x = XKind::step;
    YKind y = YKind::value;
    double window = 0;  ///< of the smoothing, in steps; evaluations (sparse) are never smoothed
};

/// Smoothing applies to what is recorded at (nearly) every step.
bool is_smoothed(const std::string& metric);

Trace make_trace(const std::vector<Bucket>& buckets, const RunScale& scale, const TraceWish& wish);

}  // namespace gw
