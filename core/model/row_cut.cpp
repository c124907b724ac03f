#include "model/row_cut.h"

#include <algorithm>

namespace gw {

namespace {

/// Passes of the model's parameters over a position, as often as which a slot's work must be for its gradients to cost
/// little: they are cleared, added to and summed up.
constexpr double least_reuse = 160;
/// Work for which starting the operations of a pass is little.
constexpr double least_flops = 2e7;
constexpr std::int64_t most_slots = 32;
constexpr std::int64_t most_bytes = std::int64_t{256} << 20;  ///< of gradients more than one slot's
/// Positions of a group: enough for a matrix product to be at its best, few enough for what a block keeps of them to
/// stay near the processor.
constexpr std::int64_t positions_together = 512;

}  // namespace

std::vector<std::vector<RowRange>> cut_rows(const RowWork& work) {
    const std::int64_t rows = std::max<std::int64_t>(1, work.rows);
    const auto parameters = static_cast<double>(std::max<std::int64_t>(1, work.parameters));
    const double flops = static_cast<double>(rows) * (work.flops_a_row > 0
                                                          ? work.flops_a_row
                                                          : 6.0 * parameters * static_cast<double>(work.tokens_a_row)),
                 reuse = flops / (6.0 * parameters);  // how many positions meet each parameter
    const double wanted = std::min({reuse / least_reuse, flops / least_flops, static_cast<double>(most_slots)});
    std::int64_t slots = std::max<std::int64_t>(2, static_cast<std::int64_t>(wanted));
    const std::int64_t bytes = 4 * std::max<std::int64_t>(1, work.parameters), least = work.shares_work ? 1 : 2;
    slots = std::min({slots, std::max(least, 1 + most_bytes / bytes), rows});
    // Slots of as many rows each as the largest one: a step takes as long as that.
    const std::int64_t each = (rows + slots - 1) / slots;
    slots = (rows + each - 1) / each;
    const std::int64_t together =
        std::max<std::int64_t>(1, positions_together / std::max<std::int64_t>(1, work.tokens_a_row));
    std::vector<std::vector<RowRange>> out;
    for (std::int64_t slot = 0; slot < slots; ++slot) {
        const std::int64_t first = rows * slot / slots, last = rows * (slot + 1) / slots,
                           groups = (last - first + together - 1) / together;
        std::vector<RowRange>& ranges = out.emplace_back();
        for (std::int64_t group = 0; group < groups; ++group) {
            const std::int64_t from = first + (last - first) * group / groups,
                               to = first + (last - first) * (group + 1) / groups;
            ranges.push_back({from, to - from});
        }
    }
    return out;
}

}  // namespace gw
