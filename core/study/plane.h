#pragma once
#include "eval/tsne.h"
#include "study/embedding.h"

namespace gw {

/// The rows in the plane.
struct Plane {
    std::vector<PlanePoint> points;  ///< one a row
    double explained = 0;            ///< by components: the share of the variance that the plane keeps
    std::vector<double> shares;      ///< by components: of each direction, falling; together 1, or empty if none varies
    /// By components: the fewest directions that keep such a share of the variance; 0 where nothing varies.
    std::int64_t directions_for(double share) const;
    bool settled = true;              ///< by independence: whether the search came to rest
    double perplexity = 0, cost = 0;  ///< by neighbours: what it was made with, and what it differs by, in nats
};

/// The two principal components, exact, in float64. Their sign is that with which the largest loading is positive.
Plane principal_plane(const Embedding& embedding);

/// t-SNE from the principal plane. `perplexity`, about how many neighbours count: 0 = 30, or a third of the rows where
/// there are few. Errors: a perplexity that is not above 1 and below the rows - 1; stopped.
Result<Plane> neighbour_plane(const Embedding& embedding, double perplexity, const ProgressFn& progress,
                              std::stop_token stop);

}  // namespace gw
