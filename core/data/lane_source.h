#pragma once
#include "data/batch_source.h"

namespace gw {

/// Windows of `length` tokens, stepping by `stride`, that a lane of `lanes` has in a stream of `size` tokens; 0 where
/// there are fewer windows than lanes.
std::int64_t windows_of_lane(std::int64_t size, std::int64_t length, std::int64_t stride, std::int64_t lanes);

/// Rows cut from a stream as stream_source() cuts them, but in its order: the stream lies in `lanes` stretches of
/// equally many windows, sample n is a window of lane n % lanes, and sample n + lanes the one behind it, until the
/// epoch ends. Each epoch shifts all lanes by a phase of its own, so that what is left behind the last lane has its
/// turn. windows_of_lane() must be above 0.
std::unique_ptr<BatchSource> lane_source(const TokenStream& stream, std::int64_t length, std::int64_t stride,
                                         std::int64_t lanes, std::uint64_t seed);

}  // namespace gw
