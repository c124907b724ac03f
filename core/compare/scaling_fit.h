#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/field.h"
#include "util/result.h"

namespace gw {

/// A run of a scaling study: what it cost and how well it did.
struct ScalingPoint {
    double compute = 0;  ///< FLOP of its training, above 0
    double loss = 0;     ///< held-out, above 0
    std::string size;    ///< what it has in common with runs of other seeds
};

/// The law L(C) = a C^-b + c, with c the loss that no compute goes below.
struct ScalingLaw {
    double a = 0, b = 0, c = 0;
    double loss(double compute) const;
};

struct ScalingFit {
    ScalingLaw law;
    double error = 0;                   ///< root mean square of log(L) - log(L(C)) over the points
    std::vector<ScalingLaw> resampled;  ///< fitted to points whose seeds were drawn anew; empty where a size has one
    /// Between which bounds `share` of the resampled laws see the loss; nothing where there are none.
    std::optional<std::pair<double, double>> band(double compute, double share = 0.9) const;
};

/// Least squares between the logarithms of the losses, as in Hoffmann et al. 2022 (arXiv:2203.15556, section 3.3) with
/// one input: for every c on a falling grid the best a and b by Gauss-Newton, then c by golden section. The seeds of
/// each size are drawn anew `resamples` times, by a generator of its own, so that the same points give the same band.
/// Errors: fewer than three different costs, figures that are not above zero and finite, losses that do not fall.
Result<ScalingFit> fit_scaling(const std::vector<ScalingPoint>& points, int resamples = 200);

Json to_json(const ScalingFit& fit);

/// What a plot of a law draws.
struct ScalingCurve {
    std::vector<double> compute, loss;
    std::vector<double> low, high;  ///< of the band; empty where there is none
};
/// At `steps` + 1 places, evenly in the logarithm, from `from` to `until` (FLOP, above 0).
ScalingCurve scaling_curve(const ScalingFit& fit, double from, double until, int steps = 60);

/// Of the points what is dearest; 0 of none.
double most_compute(const std::vector<ScalingPoint>& points);

/// The points and the law with its band, from the cheapest point to `until` (FLOP): an SVG, both axes as logarithms.
std::string scaling_svg(const std::vector<ScalingPoint>& points, const ScalingFit& fit, double until);

}  // namespace gw
