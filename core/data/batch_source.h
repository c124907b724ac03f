#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "data/augmentation.h"
#include "data/batch.h"
#include "data/images/picture_store.h"
#include "data/text/token_stream.h"

namespace gw {

/// Makes rows of the labelled examples of one part of a dataset, whatever they are made of.
class ExampleRows {
  public:
    virtual ~ExampleRows() = default;
    virtual HostBatch rows(const std::vector<const Example*>& examples) const = 0;
    /// What a row counts for in a batch: its tokens as far as they are read; 1 of a picture.
    virtual std::int64_t units(const Example& example) const = 0;
    /// What stands behind the tokens of a row that is shorter than others.
    virtual Token padding() const { return 0; }
};

/// Texts: the first `longest` tokens of each, padded with `padding` to the longest of the batch.
std::unique_ptr<ExampleRows> text_rows(const TokenStream& stream, std::int64_t longest, Token padding);
/// Pictures: Example::start is the number of the picture in the store.
std::unique_ptr<ExampleRows> picture_rows(const PictureStore& store);

/// Training batches as a pure function of (seed, sample number): resume needs no replay, and any step can be shown
/// again.
class BatchSource {
  public:
    virtual ~BatchSource() = default;
    virtual std::int64_t rows_per_epoch() const = 0;
    /// Samples [first, first + rows) of the endless sequence of epochs, each of which visits every row once in an order
    /// of its own.
    virtual HostBatch batch(std::int64_t first, std::int64_t rows) const = 0;
    /// Tokens (or pictures) of a row, on average.
    virtual double units_per_row() const = 0;
};

/// Rows cut from a stream: `length` tokens each, stepping by `stride`; each epoch shifts all cuts by a phase of its
/// own. The stream must hold at least `length` + `stride` - 1 tokens or exactly one row; `stride` <= `length`.
std::unique_ptr<BatchSource> stream_source(const TokenStream& stream, std::int64_t length, std::int64_t stride,
                                           std::uint64_t seed);

/// Rows of held-out data as they are trained on: pictures changed by `augmentation` (null = plain), and with two
/// `views` array::second as well. Drawn from a row's place in the data, so that a row is the same whatever stands
/// beside it; never mixed. `rows` and `augmentation` must outlive it.
std::unique_ptr<ExampleRows> viewed_rows(const ExampleRows& rows, const Augmentation* augmentation, std::uint64_t seed,
                                         std::int64_t views);

/// Examples, one a row. `augmentation` (may be null) changes pictures and texts, drawn from the sample's number; with
/// two `views` rows hold array::second as well, drawn from the same number on its own. Rows of one view are mixed with
/// others of the table where the augmentation says so. With `similar` above 1, batches of so many rows (from a multiple
/// of it on) hold rows of similar length, see SimilarOrder. All must outlive the source.
std::unique_ptr<BatchSource> example_source(const ExampleRows& rows, const ExampleTable& table, std::uint64_t seed,
                                            const Augmentation* augmentation = nullptr, std::int64_t views = 1,
                                            std::int64_t similar = 0);

}  // namespace gw
