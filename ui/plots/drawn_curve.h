#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "compare/axes.h"
#include "store/pyramid.h"

namespace gw::ui {

/// A curve ready to be drawn: for each bucket its place on the axes. Made in the background, then never changed, so
/// that it can be handed to the window's thread as it is.
struct DrawnCurve {
    std::vector<double> x, low, high,
        line;                  ///< ascending x; extremes of the recorded values; the smoothed (or recorded) value
    std::vector<double> step;  ///< last step of the bucket
    std::vector<double> bad;   ///< x of values that are not a number or infinite
    bool points = false;       ///< sparse: drawn with a dot at each value
    /// What was recorded after the steps from which the run was taken up again, drawn thin and grey below the line.
    std::vector<std::shared_ptr<const DrawnCurve>> givenUp = {};

    bool empty() const { return x.empty(); }
    /// One bucket more at the end; `smoothed` is what the line shows of it. One without a finite value is put down
    /// among the bad ones.
    void append(const Bucket& bucket, double smoothed, const RunScale& scale, XKind xKind, YKind yKind = YKind::value);
    std::optional<double> at(double x) const;
    /// The step at a place of the axis, between the buckets around it.
    double stepAt(double x) const;
};
using DrawnCurvePtr = std::shared_ptr<const DrawnCurve>;

/// How curves are turned into places on the axes.
struct DrawingWish {
    XKind x = XKind::step;
    YKind y = YKind::value;
    double window = 20;  ///< of the smoothing, in steps
};

/// Buckets that end before `from` only warm the smoothing up.
DrawnCurve drawnCurve(const std::vector<Bucket>& buckets, const RunScale& scale, const std::string& metric,
                      const DrawingWish& wish, double from);

/// `whole` with the finer `part` in the place of what lies between its first and last step.
DrawnCurve spliced(const DrawnCurve& whole, const DrawnCurve& part);

/// The difference to `baseline` at equal x, where both have a value.
DrawnCurve differenceTo(const DrawnCurve& curve, const DrawnCurve& baseline);

/// Mean of the curves on common places, and one sample standard deviation around it (as low and high).
DrawnCurve bandOf(const std::vector<DrawnCurvePtr>& curves, int places);

}  // namespace gw::ui
