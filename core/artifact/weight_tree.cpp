#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "artifact/weight_facts.h"

namespace gw {

namespace {

WeightNode& child_of(WeightNode& node, std::string_view name) {
    const auto found =
        std::find_if(node.children.begin(), node.children.end(), [&](const WeightNode& c) { return c.name == name; });
    if (found != node.children.end()) return *found;
    node.children.push_back({std::string(name)});
    return node.children.back();
}

void add(WeightNode& node, const TensorFacts& tensor) {
    node.values += tensor.values;
    node.not_finite += tensor.not_finite;
    node.rows += tensor.rows;
    node.dead_rows += tensor.dead_rows;
    node.norm = std::hypot(node.norm, tensor.norm);
    if (!tensor.change) return;
    if (!node.change) node.change = TensorChange{};
    node.change->norm = std::hypot(node.change->norm, tensor.change->norm);
}

/// L2 of what a tensor was before it changed.
double norm_before(const TensorFacts& tensor) {
    const TensorChange& change = *tensor.change;
    if (change.norm == 0) return tensor.norm;
    return std::isinf(change.share) ? 0 : change.norm / change.share;
}

/// Returns the L2 of what was before, of all below.
double set_shares(WeightNode& node) {
    double before = node.tensor && node.tensor->change ? norm_before(*node.tensor) : 0;
    for (WeightNode& child : node.children) before = std::hypot(before, set_shares(child));
    if (node.change) {
        if (node.change->norm > 0)
            node.change->share = before > 0 ? node.change->norm / before : std::numeric_limits<double>::infinity();
        if (node.tensor && node.children.empty()) node.change->cosine = node.tensor->change->cosine;
    }
    return before;
}

void cut(WeightNode& node, int depth) {
    if (depth == 0)
        node.children.clear();
    else
        for (WeightNode& child : node.children) cut(child, depth - 1);
}

}  // namespace

WeightNode weight_tree(const WeightFacts& facts, int depth) {
    WeightNode root;
    for (const TensorFacts& tensor : facts.tensors) {
        WeightNode* node = &root;
        add(root, tensor);
        const std::string name = tensor.full_name();
        std::string_view rest = name;
        while (!rest.empty()) {
            const std::size_t dot = std::min(rest.find('.'), rest.size());
            node = &child_of(*node, rest.substr(0, dot));
            add(*node, tensor);
            rest.remove_prefix(std::min(dot + 1, rest.size()));
        }
        node->tensor = &tensor;
    }
    set_shares(root);
    if (depth > 0) cut(root, depth);
    return root;
}

}  // namespace gw
