#pragma once
#include "data/prepare.h"

namespace gw {

/// Whether what a backbone was made for (`wanted`) and data go together; if so, the data is seen as the backbone was
/// trained to: pictures of its size, windows of its lengths and rows of its columns, measured from its own training
/// part. Errors name what differs. `captions` as in PrepareRequest.
Status settle_input(const InputFacts& wanted, bool captions, PreparedData& data);

}  // namespace gw
