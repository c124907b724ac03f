#include "objective/spans.h"

#include <algorithm>
#include <cmath>

namespace gw {

namespace {

/// Lengths of `parts` stretches that make up `whole`, each 1 at least: between which of its neighbours it is cut is
/// chosen evenly among all choices (Knuth, The Art of Computer Programming 2, section 3.4.2, algorithm S).
std::vector<std::int64_t> cut_evenly(std::int64_t whole, std::int64_t parts, Rng& rng) {
    std::vector<std::int64_t> lengths;
    std::int64_t begun = 0, wanted = parts - 1;
    for (std::int64_t at = 1; at < whole && wanted > 0; ++at) {
        if (static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(whole - at))) >= wanted) continue;
        lengths.push_back(at - begun);
        begun = at;
        --wanted;
    }
    lengths.push_back(whole - begun);
    return lengths;
}

}  // namespace

SpanCounts span_counts(std::int64_t length, double rate, double mean) {
    if (length < 2) return {};
    const auto whole = [](double value) { return static_cast<std::int64_t>(std::llround(value)); };
    SpanCounts out;
    out.dropped = std::clamp<std::int64_t>(whole(rate * static_cast<double>(length)), 1, length - 1);
    out.spans = std::clamp<std::int64_t>(whole(static_cast<double>(out.dropped) / mean), 1,
                                         std::min(out.dropped, length - out.dropped));
    return out;
}

std::vector<DroppedSpan> draw_spans(std::int64_t length, const SpanCounts& counts, Rng& rng) {
    std::vector<DroppedSpan> out;
    if (counts.spans < 1) return out;
    const std::vector<std::int64_t> dropped = cut_evenly(counts.dropped, counts.spans, rng),
                                    kept = cut_evenly(length - counts.dropped, counts.spans, rng);
    std::int64_t at = 0;
    for (std::size_t i = 0; i < dropped.size(); ++i) {
        at += kept[i];
        out.push_back({at, at + dropped[i]});
        at += dropped[i];
    }
    return out;
}

}  // namespace gw
