#pragma once
#include <cstdint>
#include <functional>
#include <optional>

namespace gw {

/// How the rows of a step are cut: one after another, `number` times `rows` of them are in memory.
struct MicroBatches {
    std::int64_t rows = 1, number = 1;
    /// The next smaller ones that make the same step, none where they hold one row.
    std::optional<MicroBatches> smaller() const;
    bool operator==(const MicroBatches&) const = default;
};

/// A micro-batch that is about to be computed.
struct MicroBatchPlace {
    std::int64_t step = 0;    ///< updates made before
    std::int64_t number = 0;  ///< within the step, from 0
    std::int64_t rows = 0;
};
/// For tests: is told of each micro-batch in place of nobody; what it throws counts as thrown by the computation. Null
/// = nobody. Set it while nothing is trained.
void set_micro_batch_hook(std::function<void(const MicroBatchPlace&)> hook);
void tell_micro_batch(const MicroBatchPlace& place);

}  // namespace gw
