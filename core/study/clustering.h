#pragma once
#include "study/embedding.h"

namespace gw {

/// Rows sorted into clusters by their features alone; labels are only held against the outcome.
struct Clustering {
    std::string method;
    int asked = 0;                 ///< clusters that were looked for
    int count = 0;                 ///< that have rows: of a mixture some may stay empty
    std::vector<std::int32_t> of;  ///< cluster of each row, from 0; the largest comes first
    double spread = 0;             ///< sum of the squared distances of all rows from the mean of their cluster
    double silhouette = 0;         ///< mean over the rows, -1 to 1; Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7
    /// Against the classes, where rows have one each. Rand's index adjusted for chance, 0 in expectation and 1 for the
    /// same sets: Hubert and Arabie 1985, doi:10.1007/BF01908075.
    std::optional<double> adjusted_rand;
    std::optional<double> purity;  ///< share of the rows whose class is the most frequent one of their cluster
    std::vector<std::pair<int, double>> tried;  ///< where the count was looked for: each count and its silhouette
    std::vector<std::int64_t> sizes() const;
};

struct ClusterRequest {
    /// "kmeans"; "mixture": Gaussians, each with a variance a feature; or a linkage of merges_of(): "ward", "average",
    /// "complete", "single"
    std::string method = "kmeans";
    int count = 0;           ///< 0 = that with the best silhouette of 2 to `most_tried`
    std::uint64_t seed = 1;  ///< of the first centres
    ProgressFn progress = {};
    std::stop_token stop = {};
};
inline constexpr int most_tried_clusters = 15;

/// Source: k-means++ (Arthur and Vassilvitskii 2007) with ten beginnings, and expectation maximisation from it, as
/// OpenCV has them; study/hierarchy.h. Errors: fewer than 2 clusters, as many as rows, or more than rows that differ; a
/// mixture of which one cluster alone has rows; stopped.
Result<Clustering> cluster(const Embedding& embedding, const ClusterRequest& request);

}  // namespace gw
