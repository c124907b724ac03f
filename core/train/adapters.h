#pragma once
#include "util/files.h"

namespace gw {

/// Writes a checkpoint whose adapters are added to the weights that they stand beside: it needs none any more. Errors: it has no adapters.
Status merge_checkpoint(const fs::path& checkpoint, const fs::path& into);

/// Writes the adapters alone as safetensors, with rank, alpha and projections among the metadata. Errors: it has no adapters.
Status export_adapters(const fs::path& checkpoint, const fs::path& file);

}  // namespace gw
