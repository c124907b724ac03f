#pragma once
#include <memory>

#include "data/batch_source.h"

namespace gw {

/// The same batches, the next of which is made by a thread of its own while the caller works with the last: pictures
/// that are changed on their way cost the loop nothing where a processor is free. What comes next is taken to follow as
/// the last followed the one before; any other request is answered at once by the caller's thread. An exception of the
/// source is thrown to whoever asks for that batch. One caller at a time.
std::unique_ptr<BatchSource> ahead_source(std::unique_ptr<BatchSource> source);

}  // namespace gw
