#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "util/rng.h"

namespace gw {

/// How much of a row is dropped, and in how many stretches.
struct SpanCounts {
    std::int64_t dropped = 0, spans = 0;
};
/// Of a row of `length` tokens, which alone decides: a share `rate` of them, in stretches of `mean` tokens on average,
/// as near to both as whole numbers come. A stretch has one token at least, and so has what stands before each; a row
/// of one token loses none.
SpanCounts span_counts(std::int64_t length, double rate, double mean);

/// Tokens [begin, end) of a row.
struct DroppedSpan {
    std::int64_t begin = 0, end = 0;
};
/// Stretches from the front of a row to its end, kept and dropped ones in turns: the first token is kept, the last is
/// dropped. All ways to cut the dropped tokens into stretches are equally likely, and so are those of the kept ones
/// (Raffel et al. 2020, arXiv:1910.10683, section 3.1.4, and random_spans_noise_mask() in their program).
std::vector<DroppedSpan> draw_spans(std::int64_t length, const SpanCounts& counts, Rng& rng);

}  // namespace gw
