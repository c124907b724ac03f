#include "eval/side_by_side.h"

#include <torch/types.h>

#include <algorithm>
#include <utility>

#include "util/task_pool.h"

namespace gw {

SideBySide::SideBySide(torch::Device device, std::int64_t most_rows, std::int64_t units)
    : device_(device), rows_(std::max<std::int64_t>(1, most_rows)) {
    if (!device.is_cpu()) return;
    // So many tokens stay in the cache of a core between two operations; nothing is kept for a backward pass, so that
    // several such batches need less memory than a training batch does with all its layers.
    constexpr std::int64_t units_of_batch = 256, least_at_once = 8;
    const std::int64_t most = rows_;
    rows_ = std::min(most, std::max<std::int64_t>(1, units_of_batch / std::max<std::int64_t>(1, units)));
    at_once_ = static_cast<std::size_t>(std::max(least_at_once, 2 * most / rows_));
}

std::vector<Measures> SideBySide::work_off(Backbone& backbone, const Objective& objective, const Pass& pass) {
    const std::vector<Batch> batches = std::exchange(waiting_, {});
    std::vector<Measures> found(batches.size());
    // A batch alone would have all threads of LibTorch, whose sums are others; with an empty piece beside it it has
    // one.
    const auto count = static_cast<std::int64_t>(batches.size());
    const std::int64_t pieces = device_.is_cpu() && count == 1 ? 2 : count;
    TaskPool::shared().run(pieces, [&](std::int64_t number) {
        if (number >= count) return;
        const torch::InferenceMode inference;  // holds for the thread that it is made in
        const auto i = static_cast<std::size_t>(number);
        found[i] = objective.measures(backbone, batches[i].to(device_), pass);
    });
    return found;
}

}  // namespace gw
