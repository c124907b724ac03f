#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

namespace gw::ui {

/// One metric over a run, in order of step. A step that comes again (a run taken up from an earlier checkpoint) takes
/// the place of what stood there and after it, so that the curve is that of the weights that exist.
struct Curve {
    struct Point {
        double step, seconds, value;
    };
    std::vector<Point> points;
    std::vector<double> smooth;  ///< one value a point

    /// Share of the past in the moving mean; 0 = none.
    double smoothing = 0.95;

    /// Returns true when points before it were taken away.
    bool add(double step, double seconds, double value) {
        bool rewound = false;
        while (!points.empty() && points.back().step >= step) {
            points.pop_back();
            smooth.pop_back();
            rewound = true;
        }
        if (rewound) resmooth();
        points.push_back({step, seconds, value});
        smooth.push_back(next(value));
        return rewound;
    }
    void resmooth() {
        mean_ = weight_ = 0;
        smooth.clear();
        for (const Point& point : points) smooth.push_back(next(point.value));
    }

  private:
    /// Exponential moving mean divided by the weight seen so far (as Adam's moments are, Kingma and Ba 2015), so that
    /// the first values are not drawn towards zero. Values that are not finite are passed over.
    double next(double value) {
        if (std::isfinite(value)) {
            mean_ = smoothing * mean_ + (1 - smoothing) * value;
            weight_ = smoothing * weight_ + (1 - smoothing);
        }
        return weight_ > 0 ? mean_ / weight_ : value;
    }
    double mean_ = 0, weight_ = 0;
};

}  // namespace gw::ui
