#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "util/files.h"

namespace gw {

/// What became of a tensor between two checkpoints.
struct TensorChange {
    double norm = 0;    ///< L2 of the difference
    double share = 0;   ///< of the L2 norm before; infinite where that was 0 and something changed
    double cosine = 1;  ///< between before and now, all values as one vector; 1 where both are all zeros
};

/// A saved tensor in figures. Values that are not finite are counted and take no part in anything else.
struct TensorFacts {
    std::string part;  ///< "backbone" or "head"
    std::string name;  ///< in its file: "blocks.0.attention.qkv.weight"
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::int64_t values = 0;
    double norm = 0;  ///< L2
    double mean = 0, deviation = 0, low = 0, high = 0;
    std::int64_t zeros = 0, not_finite = 0;
    std::int64_t rows = 0;                ///< along the first axis, of tensors with two axes or more; else 0
    std::int64_t dead_rows = 0;           ///< those with an L2 norm of at most a thousandth of the median row's, or 0
    std::vector<std::int64_t> histogram;  ///< equal bins from low to high; empty where there is no finite value
    std::optional<TensorChange> change;

    std::string full_name() const { return part + "." + name; }
};

/// All weights of a checkpoint, and what became of them since another one.
struct WeightFacts {
    std::vector<TensorFacts> tensors;  ///< backbone, then head, each in the order of its file
    std::vector<std::string> only_here, only_there, other_shape;  ///< full names; of a comparison
};

struct WeightFactsRequest {
    fs::path checkpoint;
    fs::path against = {};  ///< the checkpoint before; empty = none
    std::int64_t bins = 64;
    std::function<void(const std::string& phase, double share)> progress = {};
    std::stop_token stop = {};
};

/// Reads the weights of a checkpoint through a map of its files, so that none of them is in memory twice. Errors: a
/// file is missing or damaged, the two have no tensor in common, or `cancelled`.
Result<WeightFacts> read_weight_facts(const WeightFactsRequest& request);

struct TensorValues {
    std::vector<std::int64_t> shape;
    std::vector<double> values;  ///< row-major
};
/// The tensor of a TensorFacts::full_name(). Errors: a file is missing or damaged, or there is none of that name.
Result<TensorValues> read_tensor(const fs::path& checkpoint, const std::string& full_name);

/// A module, or a tensor as a leaf, with the sums over all below it.
struct WeightNode {
    std::string name;                     ///< its own: "blocks"
    const TensorFacts* tensor = nullptr;  ///< of a leaf; lives as long as the facts
    std::int64_t values = 0, not_finite = 0, rows = 0, dead_rows = 0;
    double norm = 0;                     ///< L2 of all values below
    std::optional<TensorChange> change;  ///< of all tensors below that both have; no cosine of several
    std::vector<WeightNode> children;
};

/// The modules by the dots in the names, in the order of their first tensor; the root has no name. `depth` > 0 sums up
/// what is deeper.
WeightNode weight_tree(const WeightFacts& facts, int depth = 0);

}  // namespace gw
