#pragma once
#include <cmath>
#include <span>
#include <vector>

#include "store/pyramid.h"

namespace gw {

/// Exponential moving mean over the steps of a curve: the value at step t is the mean of all values up to t, each with
/// the weight exp(-(t - its step) / window). Dividing by the sum of the weights (Adam's bias correction, Kingma and Ba
/// 2015, for steps that need not be evenly spaced) keeps the first values from being drawn towards zero; values that
/// are not finite are passed over. A bucket counts as its finite points at their mean step; a window much longer than a
/// bucket gives the same curve at every level.
class MovingMean {
  public:
    explicit MovingMean(double window_steps) : window_(window_steps) {}
    double next(const Bucket& bucket) {
        const double at = 0.5 * static_cast<double>(bucket.first_step + bucket.last_step);
        if (window_ <= 0) return bucket.finite > 0 ? bucket.mean() : NAN;
        const double kept = weight_ > 0 ? std::exp(-(at - at_) / window_) : 0;
        sum_ = kept * sum_ + bucket.sum;
        weight_ = kept * weight_ + bucket.finite;
        at_ = at;
        return weight_ > 0 ? sum_ / weight_ : NAN;
    }

  private:
    double window_, sum_ = 0, weight_ = 0, at_ = 0;
};

inline std::vector<double> smoothed(std::span<const Bucket> buckets, double window_steps) {
    std::vector<double> out;
    out.reserve(buckets.size());
    MovingMean mean(window_steps);
    for (const Bucket& bucket : buckets) out.push_back(mean.next(bucket));
    return out;
}

}  // namespace gw
