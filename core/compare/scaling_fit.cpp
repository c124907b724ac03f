#include "compare/scaling_fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "compare/svg_plot.h"
#include "util/rng.h"

namespace gw {

namespace {

/// a and b of a law with a given c, and the sum of squares that is left. x = log C - middle.
struct ScalingLine {
    double log_a = 0, b = 0, rest = HUGE_VAL;
};

class ScalingFitter {
  public:
    explicit ScalingFitter(const std::vector<ScalingPoint>& points) {
        for (const ScalingPoint& point : points) {
            x_.push_back(std::log(point.compute));
            y_.push_back(std::log(point.loss));
            least_ = std::min(least_, point.loss);
        }
        for (const double x : x_) middle_ += x / static_cast<double>(x_.size());
        for (double& x : x_) x -= middle_;
    }

    ScalingLaw best(double& rest) const {
        // c = least (1 - t), t from 1 down to what rounding and noise still tell apart.
        constexpr int grid = 32;
        constexpr double smallest = 1e-4;
        const auto share = [](double place) { return std::pow(smallest, place); };  // place 0..1
        int best = 0;
        double least = HUGE_VAL;
        for (int i = 0; i <= grid; ++i)
            if (const double here = line(c_of(share(static_cast<double>(i) / grid))).rest; here < least) {
                least = here;
                best = i;
            }
        double low = std::max(0.0, static_cast<double>(best - 1) / grid),
               high = std::min(1.0, static_cast<double>(best + 1) / grid);
        constexpr double golden = 0.6180339887498949;
        constexpr int rounds = 25;
        for (int i = 0; i < rounds; ++i) {
            const double left = high - golden * (high - low), right = low + golden * (high - low);
            if (line(c_of(share(left))).rest < line(c_of(share(right))).rest)
                high = right;
            else
                low = left;
        }
        double c = c_of(share((low + high) / 2));
        ScalingLine found = line(c);
        if (least < found.rest) found = line(c = c_of(share(static_cast<double>(best) / grid)));
        rest = found.rest;
        return {std::exp(found.log_a + found.b * middle_), found.b, c};
    }

  private:
    double c_of(double t) const { return least_ * (1 - t); }

    /// Begins with a straight line through log(L - c), which is exact where there is no noise.
    ScalingLine line(double c) const {
        const auto count = static_cast<double>(x_.size());
        double sy = 0, sxx = 0, sxy = 0;
        for (std::size_t i = 0; i < x_.size(); ++i) {
            const double y = std::log(std::max(std::exp(y_[i]) - c, 1e-6 * least_));
            sy += y;
            sxx += x_[i] * x_[i];
            sxy += x_[i] * y;
        }
        ScalingLine out{sy / count, -sxy / sxx, 0};
        out.rest = rest(out, c);
        constexpr int rounds = 30, halvings = 20;
        for (int round = 0; round < rounds; ++round) {
            // r = y - log(A + c) with A = exp(log_a - b x); dr/dlog_a = -w, dr/db = w x, w = A / (A + c).
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (std::size_t i = 0; i < x_.size(); ++i) {
                const double power = std::exp(out.log_a - out.b * x_[i]), w = power / (power + c),
                             r = y_[i] - std::log(power + c);
                g0 += w * r;
                g1 -= w * x_[i] * r;
                h00 += w * w;
                h01 -= w * w * x_[i];
                h11 += w * w * x_[i] * x_[i];
            }
            const double determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 0)) break;
            const double d0 = (h11 * g0 - h01 * g1) / determinant, d1 = (h00 * g1 - h01 * g0) / determinant;
            double step = 1;
            ScalingLine next = out;
            for (int i = 0; i < halvings; ++i, step /= 2) {
                next = {out.log_a + step * d0, out.b + step * d1, 0};
                next.rest = rest(next, c);
                if (next.rest < out.rest) break;
            }
            if (!(next.rest < out.rest)) break;
            out = next;
        }
        return out;
    }

    double rest(const ScalingLine& at, double c) const {
        double sum = 0;
        for (std::size_t i = 0; i < x_.size(); ++i) {
            const double r = y_[i] - std::log(std::exp(at.log_a - at.b * x_[i]) + c);
            sum += r * r;
        }
        return std::isfinite(sum) ? sum : HUGE_VAL;
    }

    std::vector<double> x_, y_;
    double middle_ = 0, least_ = HUGE_VAL;
};

Error cannot_fit(const std::string& why, const std::string& hint) {
    return {Error::Code::bad_data, why, hint, {"scaling study"}};
}

/// Of each size as many seeds as it has, drawn with replacement.
std::vector<ScalingPoint> drawn_anew(const std::map<std::string, std::vector<ScalingPoint>>& sizes, Rng& rng) {
    std::vector<ScalingPoint> out;
    for (const auto& [name, seeds] : sizes)
        for (std::size_t i = 0; i < seeds.size(); ++i) out.push_back(seeds[rng.below(seeds.size())]);
    return out;
}

}  // namespace

double ScalingLaw::loss(double compute) const {
    return a * std::pow(compute, -b) + c;
}

std::optional<std::pair<double, double>> ScalingFit::band(double compute, double share) const {
    if (resampled.empty()) return std::nullopt;
    std::vector<double> losses;
    for (const ScalingLaw& one : resampled) losses.push_back(one.loss(compute));
    std::sort(losses.begin(), losses.end());
    const auto at = [&](double place) {
        return losses[static_cast<std::size_t>(std::lround(place * static_cast<double>(losses.size() - 1)))];
    };
    return std::pair(at((1 - share) / 2), at((1 + share) / 2));
}

Result<ScalingFit> fit_scaling(const std::vector<ScalingPoint>& points, int resamples) {
    std::set<double> costs;
    std::map<std::string, std::vector<ScalingPoint>> sizes;
    for (const ScalingPoint& point : points) {
        if (!(point.compute > 0) || !(point.loss > 0) || !std::isfinite(point.compute) || !std::isfinite(point.loss))
            return cannot_fit("A run has a cost or a loss that is not above zero and finite",
                              "Leave runs out that failed or have no held-out loss");
        costs.insert(point.compute);
        sizes[point.size].push_back(point);
    }
    constexpr std::size_t fewest = 3;
    if (costs.size() < fewest)
        return cannot_fit("Runs of " + std::to_string(costs.size()) + " different costs are too few for a law",
                          "Train at least three sizes");
    ScalingFit out;
    double rest = 0;
    out.law = ScalingFitter(points).best(rest);
    out.error = std::sqrt(rest / static_cast<double>(points.size()));
    if (!(out.law.b > 0))
        return cannot_fit("The loss does not fall with what the runs cost",
                          "Give the larger ones more data or a lower rate");
    const bool several =
        std::all_of(sizes.begin(), sizes.end(), [](const auto& size) { return size.second.size() > 1; });
    Rng rng(0x5ca1ab1e);
    for (int i = 0; several && i < resamples; ++i)
        out.resampled.push_back(ScalingFitter(drawn_anew(sizes, rng)).best(rest));
    return out;
}

Json to_json(const ScalingFit& fit) {
    return {{"a", fit.law.a},
            {"b", fit.law.b},
            {"c", fit.law.c},
            {"error", fit.error},
            {"resamples", fit.resampled.size()}};
}

ScalingCurve scaling_curve(const ScalingFit& fit, double from, double until, int steps) {
    ScalingCurve out;
    for (int i = 0; i <= steps; ++i) {
        const double compute = from * std::pow(until / from, static_cast<double>(i) / steps);
        out.compute.push_back(compute);
        out.loss.push_back(fit.law.loss(compute));
        const auto band = fit.band(compute);
        if (!band) continue;
        out.low.push_back(band->first);
        out.high.push_back(band->second);
    }
    return out;
}

double most_compute(const std::vector<ScalingPoint>& points) {
    double most = 0;
    for (const ScalingPoint& point : points) most = std::max(most, point.compute);
    return most;
}

std::string scaling_svg(const std::vector<ScalingPoint>& points, const ScalingFit& fit, double until) {
    constexpr int points_color = 1;
    SvgPlot plot;
    plot.title = "Held-out loss by training compute";
    plot.x_label = "log10 of FLOP";
    plot.log_y = true;
    double from = until;
    for (const ScalingPoint& point : points) from = std::min(from, point.compute);
    const ScalingCurve curve = scaling_curve(fit, from, until);
    std::vector<double> x;
    for (const double compute : curve.compute) x.push_back(std::log10(compute));
    const std::vector<double> band_x = curve.low.empty() ? std::vector<double>() : x;
    plot.lines = {{"law", x, curve.loss, 0, false, false},
                  {"", band_x, curve.low, 0, true, false},
                  {"", band_x, curve.high, 0, true, false}};
    // Each on its own: points of a study are joined by no line.
    for (const ScalingPoint& point : points)
        plot.lines.push_back({point.size, {std::log10(point.compute)}, {point.loss}, points_color, false, true});
    return svg_of(plot);
}

}  // namespace gw
