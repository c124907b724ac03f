#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gw {

/// Two clusters made one. Rows are clusters 0 to rows - 1; the merge of number i makes cluster rows + i.
struct Merge {
    std::int32_t one = 0, other = 0;
    double height = 0;  ///< how far apart they were
};

/// Agglomerative clustering of rows by their Euclidean distances: the two nearest clusters become one again and again.
/// `linkage` says how far clusters are apart: "ward" by how much their sum of squares grows (Ward 1963,
/// doi:10.1080/01621459.1963.10500845), "average" in the mean of all pairs, "complete" at the most, "single" at the
/// least. By chains of nearest neighbours with the updates of Lance and Williams (Murtagh 1983,
/// doi:10.1093/comjnl/26.4.354): time and memory by the square of the rows. `values` are row-major [rows, values /
/// rows]; the merges rise in height. Nothing when `goes_on`, told the share that is done, says no.
std::optional<std::vector<Merge>> merges_of(const std::vector<float>& values, std::int64_t rows,
                                            const std::string& linkage,
                                            const std::function<bool(double share)>& goes_on = {});

/// The cluster of each row where `count` of them are left, 1 to rows; numbered by their first rows.
std::vector<std::int32_t> cut(const std::vector<Merge>& merges, std::int64_t rows, std::int64_t count);

}  // namespace gw
