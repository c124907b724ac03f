#include "compare/trace.h"

#include <algorithm>

#include "compare/smoothing.h"

namespace gw {

bool is_smoothed(const std::string& metric) {
    return !metric.starts_with("validation/");
}

Trace make_trace(const std::vector<Bucket>& buckets, const RunScale& scale, const TraceWish& wish) {
    Trace trace;
    const Better better = better_of(wish.metric);
    const auto y_kind = is_loss(wish.metric) ? wish.y : YKind::value;
    const std::vector<double> smooth = smoothed(buckets, is_smoothed(wish.metric) ? wish.window : 0);
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        const Bucket& bucket = buckets[i];
        trace.points += bucket.points;
        trace.bad += bucket.bad;
        if (bucket.finite == 0 || !std::isfinite(smooth[i])) continue;
        const double x = scale.x(wish.x, static_cast<double>(bucket.last_step), bucket.last_seconds);
        const double best = scale.y(y_kind, better == Better::higher ? bucket.greatest : bucket.least);
        if (better != Better::neither && (!trace.recorded_best || is_better(better, best, *trace.recorded_best))) {
            trace.recorded_best = best;
            trace.best_x = x;
        }
        trace.x.push_back(x);
        trace.y.push_back(scale.y(y_kind, smooth[i]));
    }
    return trace;
}

std::optional<double> Trace::at(double at) const {
    if (x.empty() || at < x.front() || at > x.back()) return std::nullopt;
    const auto after = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), at) - x.begin());
    if (after == 0 || x[after] == x[after - 1]) return y[after];
    const double share = (at - x[after - 1]) / (x[after] - x[after - 1]);
    return y[after - 1] + share * (y[after] - y[after - 1]);
}

std::optional<double> Trace::reaches(double target, Better better) const {
    const bool from_below =
        better == Better::higher || (better == Better::neither && !y.empty() && y.front() <= target);
    auto good = [&](double value) { return from_below ? value >= target : value <= target; };
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!good(y[i])) continue;
        if (i == 0 || y[i] == y[i - 1]) return x[i];
        return x[i - 1] + (target - y[i - 1]) / (y[i] - y[i - 1]) * (x[i] - x[i - 1]);
    }
    return std::nullopt;
}

}  // namespace gw
