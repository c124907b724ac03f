#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

// t-SNE (van der Maaten and Hinton 2008, JMLR 9:2579-2605), exact: time and memory grow with the square of the rows.
namespace gw {

using PlanePoint = std::array<double, 2>;

/// How near rows are to one another: the joint probabilities p_ij of equation 1 and section 3.1, symmetric, of sum 1.
struct Nearness {
    std::int64_t rows = 0;
    std::vector<double> upper;                        ///< p_ij of i < j, row after row
    std::vector<double> entropy;                      ///< of each row's own distribution over the others, in nats
    double at(std::int64_t i, std::int64_t j) const;  ///< i != j
};

/// Each row's width is found by bisection so that its entropy is ln(perplexity) to 1e-5, which can be had for 1 <
/// perplexity < rows - 1 unless several rows are equal: those keep the nearest entropy there is. `values` are row-major
/// [rows, values / rows]. Nothing when stopped.
std::optional<Nearness> nearness(const std::vector<float>& values, std::int64_t rows, double perplexity,
                                 const std::function<void(double fraction)>& progress = {}, std::stop_token stop = {});

/// The Kullback-Leibler divergence of `points` from the rows, in nats (equation 2).
double tsne_cost(const Nearness& near, const std::vector<PlanePoint>& points);
/// Its exact gradient by every point (equation 5), with all p_ij multiplied by `exaggeration`.
std::vector<PlanePoint> tsne_gradient(const Nearness& near, const std::vector<PlanePoint>& points,
                                      double exaggeration = 1);

struct TsneOptions {
    std::int64_t steps = 1000;
    /// The first steps with p_ij enlarged, so that clusters form before they are in each other's way (section 3.4).
    std::int64_t exaggerated = 250;
    double exaggeration = 12;
};

/// Gradient descent with momentum (0.5, later 0.8) and gains as in section 3.4; the rate is rows / exaggeration, 200 at
/// least (Belkina et al. 2019, Nature Communications 10:5415). `start`: a point each, best the two principal components
/// with a deviation of 1e-4, which keep the large picture (Kobak and Berens 2019, Nature Communications 10:5416). The
/// same start gives the same points. Nothing when stopped.
std::optional<std::vector<PlanePoint>> tsne(const Nearness& near, std::vector<PlanePoint> start,
                                            const TsneOptions& options = {},
                                            const std::function<void(double fraction)>& progress = {},
                                            std::stop_token stop = {});

}  // namespace gw
