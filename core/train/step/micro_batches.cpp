#include "train/step/micro_batches.h"

#include <utility>

namespace gw {

namespace {

std::function<void(const MicroBatchPlace&)>& micro_batch_hook() {
    static std::function<void(const MicroBatchPlace&)> hook;
    return hook;
}

}  // namespace

std::optional<MicroBatches> MicroBatches::smaller() const {
    for (std::int64_t factor = 2; factor <= rows; ++factor)
        if (rows % factor == 0) return MicroBatches{rows / factor, number * factor};
    return std::nullopt;
}

void set_micro_batch_hook(std::function<void(const MicroBatchPlace&)> hook) {
    micro_batch_hook() = std::move(hook);
}

void tell_micro_batch(const MicroBatchPlace& place) {
    if (const auto& hook = micro_batch_hook()) hook(place);
}

}  // namespace gw
