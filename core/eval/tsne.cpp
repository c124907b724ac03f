#include "eval/tsne.h"

#include <algorithm>
#include <cmath>

namespace gw {

namespace {

/// Where row `i` of the upper triangle begins, less i + 1: p_ij stands at that plus j.
std::size_t triangle_row(std::int64_t rows, std::int64_t i) {
    return static_cast<std::size_t>(i * rows - i * (i + 1) / 2 - i - 1);
}

double squared_distance(const float* a, const float* b, std::int64_t width) {
    double sums[4] = {0, 0, 0, 0};  // independent, so that they can be added up side by side
    std::int64_t k = 0;
    for (; k + 4 <= width; k += 4)
        for (int lane = 0; lane < 4; ++lane) {
            const double d = static_cast<double>(a[k + lane]) - static_cast<double>(b[k + lane]);
            sums[lane] += d * d;
        }
    for (; k < width; ++k) {
        const double d = static_cast<double>(a[k]) - static_cast<double>(b[k]);
        sums[0] += d * d;
    }
    return sums[0] + sums[1] + sums[2] + sums[3];
}

/// Writes the distribution over the others of row `self` at the precision `beta`; its entropy in nats. Distances are
/// counted from the nearest, so that the exponentials never all vanish.
double distribution(const std::vector<double>& distances, std::size_t self, double nearest, double beta,
                    std::vector<double>& out) {
    double sum = 0, weighted = 0;
    for (std::size_t j = 0; j < distances.size(); ++j) {
        const double beyond = distances[j] - nearest;
        out[j] = j == self ? 0 : std::exp(-beta * beyond);
        sum += out[j];
        weighted += out[j] > 0 ? out[j] * beyond : 0;
    }
    for (double& p : out) p /= sum;
    return std::log(sum) + beta * weighted / sum;
}

/// The same at the precision at which the entropy is `wanted`.
double settle_row(const std::vector<double>& distances, std::size_t self, double wanted, std::vector<double>& out) {
    double nearest = HUGE_VAL, sum = 0;
    for (std::size_t j = 0; j < distances.size(); ++j) {
        if (j == self) continue;
        nearest = std::min(nearest, distances[j]);
        sum += distances[j];
    }
    const double mean = sum / static_cast<double>(distances.size() - 1) - nearest;
    constexpr double close = 1e-6;  // ten times closer than is promised
    constexpr int most = 200;
    double beta = mean > 0 ? 1 / mean : 1, low = 0, high = HUGE_VAL;
    double entropy = distribution(distances, self, nearest, beta, out);
    for (int round = 0; round < most && std::abs(entropy - wanted) > close; ++round) {
        // The sharper the distribution, the less its entropy.
        (entropy > wanted ? low : high) = beta;
        beta = std::isinf(high) ? 2 * beta : (low + high) / 2;
        if (!std::isfinite(beta)) break;  // equal rows: no precision tells them apart
        entropy = distribution(distances, self, nearest, beta, out);
    }
    return entropy;
}

/// 1 / (1 + squared distance): the heavy tail that the plane is measured by.
double tail(double dx, double dy) {
    return 1 / (1 + dx * dx + dy * dy);
}

double gain_of(double gain, double gradient, double velocity) {
    constexpr double least = 0.01;
    // A move goes against the slope: where both have one sign the last step went too far.
    return std::max(least, (gradient > 0) == (velocity > 0) ? gain * 0.8 : gain + 0.2);
}

void to_the_middle(std::vector<PlanePoint>& points) {
    PlanePoint mean{0, 0};
    for (const PlanePoint& point : points)
        for (std::size_t axis = 0; axis < 2; ++axis) mean[axis] += point[axis] / static_cast<double>(points.size());
    for (PlanePoint& point : points)
        for (std::size_t axis = 0; axis < 2; ++axis) point[axis] -= mean[axis];
}

}  // namespace

double Nearness::at(std::int64_t i, std::int64_t j) const {
    return upper[triangle_row(rows, std::min(i, j)) + static_cast<std::size_t>(std::max(i, j))];
}

std::optional<Nearness> nearness(const std::vector<float>& values, std::int64_t rows, double perplexity,
                                 const std::function<void(double fraction)>& progress, std::stop_token stop) {
    Nearness out;
    out.rows = rows;
    if (rows < 2) return out;
    const std::int64_t width = static_cast<std::int64_t>(values.size()) / rows;
    const auto count = static_cast<std::size_t>(rows);
    out.upper.assign(count * (count - 1) / 2, 0);
    std::vector<double> distances(count), own(count);
    for (std::int64_t i = 0; i < rows; ++i) {
        if (stop.stop_requested()) return std::nullopt;
        const float* row = values.data() + i * width;
        for (std::int64_t j = 0; j < rows; ++j)
            distances[static_cast<std::size_t>(j)] = squared_distance(row, values.data() + j * width, width);
        out.entropy.push_back(settle_row(distances, static_cast<std::size_t>(i), std::log(perplexity), own));
        for (std::int64_t j = 0; j < rows; ++j)
            if (j != i)
                out.upper[triangle_row(rows, std::min(i, j)) + static_cast<std::size_t>(std::max(i, j))] +=
                    own[static_cast<std::size_t>(j)] / (2 * static_cast<double>(rows));
        if (progress) progress(static_cast<double>(i + 1) / static_cast<double>(rows));
    }
    return out;
}

double tsne_cost(const Nearness& near, const std::vector<PlanePoint>& points) {
    double tails = 0, cost = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = i + 1; j < points.size(); ++j, ++at) {
            const double w = tail(points[i][0] - points[j][0], points[i][1] - points[j][1]), p = near.upper[at];
            tails += 2 * w;
            if (p > 0) cost += 2 * p * (std::log(p) - std::log(w));
        }
    return points.size() < 2 ? 0 : cost + std::log(tails);  // the p_ij sum to 1
}

std::vector<PlanePoint> tsne_gradient(const Nearness& near, const std::vector<PlanePoint>& points,
                                      double exaggeration) {
    std::vector<PlanePoint> pull(points.size(), PlanePoint{0, 0}), push(points.size(), PlanePoint{0, 0});
    double tails = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        PlanePoint pulled{0, 0}, pushed{0, 0};
        for (std::size_t j = i + 1; j < points.size(); ++j, ++at) {
            const double dx = points[i][0] - points[j][0], dy = points[i][1] - points[j][1], w = tail(dx, dy),
                         drawn = near.upper[at] * w, parted = w * w;
            tails += 2 * w;
            pulled[0] += drawn * dx;
            pulled[1] += drawn * dy;
            pull[j][0] -= drawn * dx;
            pull[j][1] -= drawn * dy;
            pushed[0] += parted * dx;
            pushed[1] += parted * dy;
            push[j][0] -= parted * dx;
            push[j][1] -= parted * dy;
        }
        for (std::size_t axis = 0; axis < 2; ++axis) {
            pull[i][axis] += pulled[axis];
            push[i][axis] += pushed[axis];
        }
    }
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t axis = 0; axis < 2; ++axis)
            pull[i][axis] = 4 * (exaggeration * pull[i][axis] - (tails > 0 ? push[i][axis] / tails : 0));
    return pull;
}

std::optional<std::vector<PlanePoint>> tsne(const Nearness& near, std::vector<PlanePoint> start,
                                            const TsneOptions& options,
                                            const std::function<void(double fraction)>& progress,
                                            std::stop_token stop) {
    constexpr double usual_rate = 200, slow = 0.5, fast = 0.8;
    // Both rates are for a gradient without the factor 4 of equation 5.
    const double rate = std::max(usual_rate, static_cast<double>(near.rows) / options.exaggeration) / 4;
    std::vector<PlanePoint> points = std::move(start), velocity(points.size(), PlanePoint{0, 0}),
                            gains(points.size(), PlanePoint{1, 1});
    for (std::int64_t step = 0; step < options.steps; ++step) {
        if (stop.stop_requested()) return std::nullopt;
        const bool early = step < options.exaggerated;
        const auto gradient = tsne_gradient(near, points, early ? options.exaggeration : 1);
        const double momentum = early ? slow : fast;
        for (std::size_t i = 0; i < points.size(); ++i)
            for (std::size_t axis = 0; axis < 2; ++axis) {
                double& speed = velocity[i][axis];
                gains[i][axis] = gain_of(gains[i][axis], gradient[i][axis], speed);
                speed = momentum * speed - rate * gains[i][axis] * gradient[i][axis];
                points[i][axis] += speed;
            }
        to_the_middle(points);
        if (progress) progress(static_cast<double>(step + 1) / static_cast<double>(options.steps));
    }
    return points;
}

}  // namespace gw
