#include "ui/plots/drawn_curve.h"

#include <algorithm>
#include <cmath>

#include "compare/smoothing.h"
#include "compare/trace.h"
#include "compare/verdict.h"

namespace gw::ui {

namespace {

double between(const std::vector<double>& x, const std::vector<double>& y, double at) {
    const auto after = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), at) - x.begin());
    if (after == 0) return y.front();
    if (after == x.size()) return y.back();
    const double width = x[after] - x[after - 1];
    return width > 0 ? y[after - 1] + (at - x[after - 1]) / width * (y[after] - y[after - 1]) : y[after];
}

}  // namespace

std::optional<double> DrawnCurve::at(double where) const {
    if (x.empty() || where < x.front() || where > x.back()) return std::nullopt;
    return between(x, line, where);
}

double DrawnCurve::stepAt(double where) const {
    return x.empty() ? 0 : between(x, step, where);
}

void DrawnCurve::append(const Bucket& bucket, double smoothed, const RunScale& scale, XKind xKind, YKind yKind) {
    const double at = scale.x(xKind, static_cast<double>(bucket.last_step), bucket.last_seconds);
    if (bucket.bad > 0) bad.push_back(at);
    if (bucket.finite == 0 || !std::isfinite(smoothed)) return;
    x.push_back(at);
    step.push_back(static_cast<double>(bucket.last_step));
    low.push_back(scale.y(yKind, bucket.least));
    high.push_back(scale.y(yKind, bucket.greatest));
    line.push_back(scale.y(yKind, smoothed));
}

DrawnCurve spliced(const DrawnCurve& whole, const DrawnCurve& part) {
    if (part.empty()) return whole;
    DrawnCurve out = part;
    const auto begin = std::lower_bound(whole.step.begin(), whole.step.end(), part.step.front()) - whole.step.begin(),
               end = std::upper_bound(whole.step.begin(), whole.step.end(), part.step.back()) - whole.step.begin();
    using Values = std::vector<double> DrawnCurve::*;
    for (const Values values :
         {&DrawnCurve::x, &DrawnCurve::low, &DrawnCurve::high, &DrawnCurve::line, &DrawnCurve::step}) {
        const std::vector<double>& from = whole.*values;
        std::vector<double>& to = out.*values;
        to.insert(to.begin(), from.begin(), from.begin() + begin);
        to.insert(to.end(), from.begin() + end, from.end());
    }
    out.bad.clear();
    for (const double at : whole.bad)
        if (at < part.x.front()) out.bad.push_back(at);
    out.bad.insert(out.bad.end(), part.bad.begin(), part.bad.end());
    for (const double at : whole.bad)
        if (at > part.x.back() && (out.bad.empty() || at > out.bad.back())) out.bad.push_back(at);
    out.points = whole.points;
    out.givenUp = whole.givenUp;
    return out;
}

DrawnCurve drawnCurve(const std::vector<Bucket>& buckets, const RunScale& scale, const std::string& metric,
                      const DrawingWish& wish, double from) {
    DrawnCurve out;
    const bool smooth = is_smoothed(metric);
    const YKind y = is_loss(metric) ? wish.y : YKind::value;
    MovingMean mean(smooth ? wish.window : 0);
    constexpr std::size_t few = 400;  // dots closer than a few pixels would be a bar
    out.points = !smooth && buckets.size() <= few;
    for (std::vector<double>* values : {&out.x, &out.low, &out.high, &out.line, &out.step})
        values->reserve(buckets.size());
    for (const Bucket& bucket : buckets) {
        const double value = mean.next(bucket);
        if (static_cast<double>(bucket.last_step) < from) continue;
        out.append(bucket, value, scale, wish.x, y);
    }
    return out;
}

DrawnCurve differenceTo(const DrawnCurve& curve, const DrawnCurve& baseline) {
    DrawnCurve out;
    out.points = curve.points;
    out.bad = curve.bad;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        const auto base = baseline.at(curve.x[i]);
        if (!base) continue;
        out.x.push_back(curve.x[i]);
        out.step.push_back(curve.step[i]);
        out.low.push_back(curve.low[i] - *base);
        out.high.push_back(curve.high[i] - *base);
        out.line.push_back(curve.line[i] - *base);
    }
    return out;
}

DrawnCurve bandOf(const std::vector<DrawnCurvePtr>& curves, int places) {
    DrawnCurve out;
    double begin = -HUGE_VAL, end = HUGE_VAL;
    std::size_t most = 2;
    for (const DrawnCurvePtr& curve : curves) {
        if (curve->empty()) continue;
        begin = std::max(begin, curve->x.front());
        end = std::min(end, curve->x.back());
        most = std::max(most, curve->x.size());
    }
    if (!(begin <= end) || !std::isfinite(begin)) return out;
    places = std::min(places, static_cast<int>(most));
    for (int i = 0; i < places; ++i) {
        const double x = begin + (end - begin) * i / std::max(1, places - 1);
        std::vector<double> values;
        for (const DrawnCurvePtr& curve : curves)
            if (const auto value = curve->at(x)) values.push_back(*value);
        if (values.empty()) continue;
        const Spread spread = spread_of(values);
        out.x.push_back(x);
        out.step.push_back(curves.front()->stepAt(x));
        out.line.push_back(spread.mean);
        out.low.push_back(spread.mean - spread.deviation);
        out.high.push_back(spread.mean + spread.deviation);
    }
    return out;
}

}  // namespace gw::ui
