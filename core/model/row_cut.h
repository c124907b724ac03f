#pragma once
#include <cstdint>
#include <vector>

namespace gw {

/// What decides how the rows of a micro-batch are cut: its shape alone, never the machine or its threads.
struct RowWork {
    std::int64_t rows = 1;
    std::int64_t tokens_a_row = 1;  ///< positions that are kept for the backward pass together; 1 of pictures
    double flops_a_row = 0;         ///< of the backbone, forward and backward; 0 = not known
    std::int64_t parameters = 0;    ///< that are trained
    bool shares_work = false;       ///< as Backbone::shares_work()
};
struct RowRange {
    std::int64_t first = 0, count = 0;
    bool operator==(const RowRange&) const = default;
};
/// Of each slot the groups of rows that go through the model together, one group after another. The rows lie in their
/// order. Small models get several slots, of as much work as makes their gradients worth the memory that they go
/// through; large ones few, whose gradients take 256 MiB more than those of one at most: one, or two where a pass does
/// not share its work with other threads by itself. Of a single row there is one slot.
std::vector<std::vector<RowRange>> cut_rows(const RowWork& work);

}  // namespace gw
