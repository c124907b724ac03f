#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "data/examples.h"
#include "data/token_stream.h"

namespace gw {

/// `rows` stretches of `length` tokens. Of labelled examples each row holds one, padded behind its end.
struct Windows {
    std::int64_t rows = 0, length = 0;
    std::vector<Token> ids;             ///< row-major [rows, length]
    std::vector<std::int64_t> starts;   ///< where each row begins in its stream
    std::vector<std::int64_t> lengths;  ///< tokens of each row before the padding; empty = all rows are full
    std::vector<const Example*> examples;  ///< of labelled rows, else empty; as long-lived as their table
};

/// Training batches as a pure function of (seed, sample number): resume needs no replay, and any step can be shown again.
class BatchSource {
  public:
    virtual ~BatchSource() = default;
    virtual std::int64_t windows_per_epoch() const = 0;
    /// Samples [first, first + rows) of the endless sequence of epochs, each of which visits every window once in an order of its own.
    virtual Windows batch(std::int64_t first, std::int64_t rows) const = 0;
    /// Tokens of a window, on average.
    virtual double tokens_per_window() const = 0;
};

/// Windows cut from a stream: `length` tokens each, stepping by `stride`; each epoch shifts all cuts by a phase of its own.
/// The stream must hold at least `length` + `stride` - 1 tokens or exactly one window; `stride` <= `length`.
std::unique_ptr<BatchSource> stream_source(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::uint64_t seed);

/// Labelled examples, one a row: the first `longest` tokens of each, padded with `padding` to the longest of the batch.
std::unique_ptr<BatchSource> example_source(const TokenStream& stream, const ExampleTable& table, std::int64_t longest, Token padding, std::uint64_t seed);

/// The rows of given examples, as example_source feeds them.
Windows example_rows(const TokenStream& stream, const std::vector<const Example*>& examples, std::int64_t longest, Token padding);

}  // namespace gw
