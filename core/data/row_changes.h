#pragma once
#include <cstdint>
#include <functional>

#include "data/augmentation.h"
#include "data/batch.h"

// What becomes of rows on their way from the data to an objective. Each takes its draws from streams of its own, so
// that none changes what another draws.
namespace gw {

/// The seed of one of a row's random streams; `purpose` keeps these apart.
using RowStreams = std::function<std::uint64_t(std::int64_t row, std::uint64_t purpose)>;

/// Changes the pictures of rows that have them, and with two `views` puts a second view of each beside it, changed on
/// its own. Without an augmentation (null) both are the picture as it is.
void make_views(HostBatch& rows, const Augmentation* augmentation, std::int64_t views, const RowStreams& streams);

/// Changes the tokens of rows that have them, and pads what they lose.
void change_texts(HostBatch& rows, const Augmentation& augmentation, Token padding, const RowStreams& streams);

/// Another example of `count` (two at least) than the one at `own`, each as likely.
std::int64_t partner_of(std::int64_t own, std::int64_t count, const RowStreams& streams, std::int64_t row);
/// Mixes rows of pictures, which are changed already, with their partners, which are not: as many rows of such pictures
/// with their examples. Names partners and shares in `rows`.
void mix_rows(HostBatch& rows, HostBatch partners, const Augmentation& augmentation, const RowStreams& streams);

}  // namespace gw
