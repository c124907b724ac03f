#pragma once
#include <algorithm>
#include <vector>

#include "compare/smoothing.h"

namespace gw::ui {

/// One metric over a run, in order of step. A step that comes again (a run taken up from an earlier checkpoint) takes
/// the place of what stood there and after it, so that the curve is that of the weights that exist. However long the
/// run, no more than 2 * `most` buckets are held: neighbours are then put together, which keeps their extremes; what
/// they were one by one stands in the history.
struct Curve {
    static constexpr std::size_t most = 20000;

    std::vector<Bucket> points;  ///< of one value each as they come, of more where the history is long
    std::vector<double> smooth;  ///< one value a bucket
    double window = 20;          ///< of the moving mean, in steps; 0 = none

    /// Returns true when what stood there before is no longer as it was.
    bool add(const Bucket& bucket) {
        bool changed = false;
        while (!points.empty() && points.back().last_step >= bucket.first_step) {
            points.pop_back();
            changed = true;
        }
        if (changed) resmooth();
        points.push_back(bucket);
        smooth.push_back(mean_.next(bucket));
        if (points.size() < 2 * most) return changed;
        coarsen();
        return true;
    }
    bool add(std::int64_t step, double seconds, double value) { return add(Bucket::of(step, seconds, value)); }

    void setWindow(double steps) {
        window = steps;
        resmooth();
    }
    /// The bucket that holds `step`, or the next one, or the last; null of an empty curve.
    const Bucket* at(double step) const {
        if (points.empty()) return nullptr;
        const auto found = std::lower_bound(points.begin(), points.end(), step, [](const Bucket& b, double s) {
            return static_cast<double>(b.last_step) < s;
        });
        return found == points.end() ? &points.back() : &*found;
    }

  private:
    void resmooth() {
        mean_ = MovingMean(window);
        smooth.clear();
        smooth.reserve(points.size());
        for (const Bucket& bucket : points) smooth.push_back(mean_.next(bucket));
    }
    void coarsen() {
        std::size_t to = 0;
        for (std::size_t from = 0; from < points.size(); from += 2, ++to) {
            points[to] = points[from];
            if (from + 1 < points.size()) points[to].add(points[from + 1]);
        }
        points.resize(to);
        resmooth();
    }
    MovingMean mean_{20};
};

}  // namespace gw::ui
