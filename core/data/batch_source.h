#pragma once
#include <cstdint>
#include <vector>

#include "data/token_stream.h"

namespace gw {

/// `rows` stretches of `length` consecutive tokens.
struct Windows {
    std::int64_t rows = 0, length = 0;
    std::vector<Token> ids;             ///< row-major [rows, length]
    std::vector<std::int64_t> starts;   ///< where each row begins in its stream
};

/// Training batches as a pure function of (seed, sample number): resume needs no replay, and any step can be shown again.
///
/// The stream is cut into windows of `length` tokens that step by `stride`; each epoch visits every window once, in an order of
/// its own (a keyed permutation, four Feistel rounds with cycle walking), and shifts all cuts by a phase of its own.
class BatchSource {
  public:
    /// The stream must hold at least `length` + `stride` - 1 tokens or exactly one window. `length` = tokens a row, `stride` <= `length`.
    BatchSource(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::uint64_t seed);
    std::int64_t windows_per_epoch() const { return windows_; }
    /// Samples [first, first + rows) of the endless sequence of epochs.
    Windows batch(std::int64_t first, std::int64_t rows) const;

  private:
    std::int64_t start_of(std::int64_t sample) const;
    const TokenStream* stream_;
    std::int64_t length_, stride_, windows_;
    std::uint64_t seed_;
};

}  // namespace gw
