#pragma once
#include "data/batch_source.h"

namespace gw {

/// Pictures with their captions: Example::picture is the number of the picture in the store, `start` and `length` are
/// the tokens of its caption, of which the first `longest` are read, padded with `padding` to the longest of the batch.
/// A row counts as one picture.
std::unique_ptr<ExampleRows> pair_rows(const PictureStore& store, const TokenStream& captions, std::int64_t longest,
                                       Token padding);

}  // namespace gw
